/** Bytes that are held at a time, counted so that they stay bounded whoever asks for how much. */
export interface Gauge {
  /** Holds so many more; false, and then none, when that would be more than there is room for. */
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
