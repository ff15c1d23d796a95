import type { Duplex } from 'node:stream';
import { createHolding, type Gauge } from '../execution/gauge.js';

/** What has arrived of a client's next message. It is in memory from its first byte on, also when the rest never comes. */
export interface SocketInbox {
  /** The message is whole. @returns how to give back the room that it takes */
  take(): () => void;
}

/** @param onFull called when there is no room for what arrives; the connection has to be ended then */
export function createSocketInbox(connection: Duplex, room: Gauge, onFull: () => void): SocketInbox {
  let bytes = 0;
  let holding = createHolding(room);
  // Before the listener that makes messages of it.
  connection.prependListener('data', ({ length }: Buffer) => {
    bytes += length;
    if (!holding.growTo(bytes)) onFull();
  });
  connection.once('close', () => holding.release());
  return {
    take() {
      const { release } = holding;
      bytes = 0;
      holding = createHolding(room);
      return release;
    },
  };
}
