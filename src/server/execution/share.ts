import { BusyError, ReadTooMuchError } from '../../domain/errors.js';
import { GoneError, type Share, type TurnOwner, type Turns } from '../../util/turn.js';
import { createGauge } from './gauge.js';
import { LIMITS } from './limits.js';

/** A share of the server for each request. */
export interface Shares {
  of(owner: TurnOwner): RunningShare;
}

export interface RunningShare extends Share {
  /**
   * Gives back what was held. An answer may be known while parts of it are still read, such as after an error in a field
   * that can't be null: they get no more turns, and hold nothing.
   */
  end(): void;
}

export function createShares(turns: Turns): Shares {
  const records = createGauge(LIMITS.recordBytesOfAll);
  return {
    of(owner) {
      let held = 0;
      let isOver = false;
      return {
        turn: turns.of({ ...owner, isGone: () => isOver || owner.isGone?.() === true }),
        hold(bytes) {
          if (isOver) throw new GoneError();
          if (held + bytes > LIMITS.recordBytes) throw new ReadTooMuchError(LIMITS.recordBytes);
          if (!records.hold(bytes)) throw new BusyError();
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
