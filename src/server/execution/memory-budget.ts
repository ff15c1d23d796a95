import { LIMITS } from './limits.js';

/** Bounds the bytes that are held at a time, whatever is requested. */
export interface MemoryBudget {
  /** Reserves bytes. False, with nothing reserved, when they would exceed the budget. */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
}

/** The budgets that all connections share. */
export interface MemoryBudgets {
  /** Bodies and messages being received. */
  readonly bodies: MemoryBudget;
  /** Answers waiting to be sent. */
  readonly answers: MemoryBudget;
}

/** @param limit in bytes */
export function createMemoryBudget(limit: number): MemoryBudget {
  let reserved = 0;
  return {
    reserve(bytes) {
      if (reserved + bytes > limit) return false;
      reserved += bytes;
      return true;
    },
    release(bytes) {
      reserved -= bytes;
    },
  };
}

/** One sender's part of a budget while its bytes arrive. Small ones need none, so that they are always accepted. */
export interface Reservation {
  /** @param bytes received so far. False when the budget has no room for them. */
  growTo(bytes: number): boolean;
  /** Releases all of it. Calling it again does nothing. */
  release(): void;
}

export function createReservation(budget: MemoryBudget): Reservation {
  let reserved = 0;
  return {
    growTo(bytes) {
      if (bytes <= LIMITS.smallBytes) return true;
      const hasRoom = budget.reserve(bytes - reserved);
      if (hasRoom) reserved = bytes;
      return hasRoom;
    },
    release() {
      budget.release(reserved);
      reserved = 0;
    },
  };
}
