import { BusyError, ReadTooMuchError } from '../domain/errors.js';
import type { Share, TurnOwner, Turns } from '../domain/turn.js';
import { createGauge } from './gauge.js';
import { LIMITS } from './limits.js';

/** A share of the server for each request. */
export interface Shares {
  of(owner: TurnOwner): RunningShare;
}

export interface RunningShare extends Share {
  /** Gives back what was held. */
  end(): void;
}

export function createShares(turns: Turns): Shares {
  const records = createGauge(LIMITS.recordBytesOfAll);
  return {
    of(owner) {
      let held = 0;
      return {
        turn: turns.of(owner),
        hold(bytes) {
          if (held + bytes > LIMITS.recordBytes) throw new ReadTooMuchError(LIMITS.recordBytes);
          if (!records.hold(bytes)) throw new BusyError();
          held += bytes;
        },
        end() {
          records.release(held);
          held = 0;
        },
      };
    },
  };
}
