import { BusyError, ReadTooMuchError } from '../../domain/errors.js';
import { GoneError, type Share, type TurnOwner, type Turns } from '../../util/turn.js';
import { LIMITS } from '../limits.js';

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

/** Gives each request its budget: turns on the thread, and memory for the records that it reads. */
export interface RequestBudgets {
  of(owner: TurnOwner): RequestBudget;
}

export interface RequestBudget extends Share {
  /**
   * Releases its memory. An answer may be complete while parts of it are still being read, such as after an error in a field
   * that can't be null: they get no more turns and no more memory.
   */
  end(): void;
}

export function createRequestBudgets(turns: Turns): RequestBudgets {
  const records = createMemoryBudget(LIMITS.recordBytesOfAll);
  return {
    of(owner) {
      let held = 0;
      let isOver = false;
      return {
        turn: turns.of({ ...owner, isGone: () => isOver || owner.isGone?.() === true }),
        hold(bytes) {
          if (isOver) throw new GoneError();
          if (held + bytes > LIMITS.recordBytes) throw new ReadTooMuchError(LIMITS.recordBytes);
          if (!records.reserve(bytes)) throw new BusyError();
          held += bytes;
        },
        end() {
          isOver = true;
          records.release(held);
          held = 0;
        },
      };
    },
  };
}
