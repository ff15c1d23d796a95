import type { Duplex } from 'node:stream';
import type { Gauge } from './gauge.js';
import { LIMITS } from './limits.js';

/** What has arrived of a client's next message. It is in memory from its first byte on, also when the rest never comes. */
export interface SocketInbox {
  /** The message is whole. @returns how to give back the room that it takes */
  take(): () => void;
}

/** @param onFull called when there is no room for what arrives; the connection has to be ended then */
export function createSocketInbox(connection: Duplex, room: Gauge, onFull: () => void): SocketInbox {
  let bytes = 0;
  let held = 0;
  // Before the listener that makes messages of it.
  connection.prependListener('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= LIMITS.smallBytes) return;
    if (room.hold(bytes - held)) held = bytes;
    else onFull();
  });
  connection.once('close', () => {
    room.release(held);
    held = 0;
  });
  return {
    take() {
      const amount = held;
      bytes = 0;
      held = 0;
      return () => room.release(amount);
    },
  };
}
