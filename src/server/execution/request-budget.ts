import { BusyError, ReadTooMuchError } from '../../domain/errors.js';
import { GoneError, type Share, type TurnOwner, type Turns } from '../../util/turn.js';
import { LIMITS } from './limits.js';
import { createMemoryBudget } from './memory-budget.js';

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
