import { LIMITS } from './limits.js';

/** Bytes that are held at a time, counted so that they stay bounded, whatever is asked for. */
export interface Gauge {
  /** Holds more; false, and then nothing more, when there is no room for that. */
  hold(bytes: number): boolean;
  release(bytes: number): void;
}

/** What all connections share. */
export interface Gauges {
  /** Bodies and messages that are received. */
  readonly bodies: Gauge;
  /** Answers that wait to be sent. */
  readonly answers: Gauge;
}

export function createGauge(most: number): Gauge {
  let held = 0;
  return {
    hold(bytes) {
      if (held + bytes > most) return false;
      held += bytes;
      return true;
    },
    release(bytes) {
      held -= bytes;
    },
  };
}

/** What one sender's bytes hold while they come in. What is small takes no room, so that it always has some. */
export interface Holding {
  /** How many have come so far. False when there is no room for them. */
  growTo(bytes: number): boolean;
  /** Gives back what is held. Calling it again does nothing. */
  release(): void;
}

export function createHolding(room: Gauge): Holding {
  let held = 0;
  return {
    growTo(bytes) {
      if (bytes <= LIMITS.smallBytes) return true;
      const hasRoom = room.hold(bytes - held);
      if (hasRoom) held = bytes;
      return hasRoom;
    },
    release() {
      room.release(held);
      held = 0;
    },
  };
}
