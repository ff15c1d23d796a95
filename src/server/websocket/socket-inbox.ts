import type { Duplex } from 'node:stream';
import { createReservation, type MemoryBudget } from '../execution/budgets.js';

/** The part of a client's next message that has arrived. It takes memory from its first byte on, even if the rest never comes. */
export interface SocketInbox {
  /** Takes the complete message. @returns how to release the memory reserved for it */
  take(): () => void;
}

/** @param onFull called when the budget has no room for what arrives; the connection must be closed then */
export function createSocketInbox(connection: Duplex, budget: MemoryBudget, onFull: () => void): SocketInbox {
  let bytes = 0;
  let reservation = createReservation(budget);
  // Runs before the listener that parses messages.
  connection.prependListener('data', ({ length }: Buffer) => {
    bytes += length;
    if (!reservation.growTo(bytes)) onFull();
  });
  connection.once('close', () => reservation.release());
  return {
    take() {
      const { release } = reservation;
      bytes = 0;
      reservation = createReservation(budget);
      return release;
    },
  };
}
