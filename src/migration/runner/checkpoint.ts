import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import { MigrationFailure } from '../errors.js';

/** The sides of a move, as subjects of a sentence. */
export const SOURCE = 'The store that is being moved';
export const TARGET = 'The copy at the target';

/** The position at which a store's log ends. */
export async function endOf({ log }: Store): Promise<LogPosition> {
  const { seq, mark } = await log.head();
  return { seq, mark };
}

/**
 * A checkpoint's position with its mark, as the log has it; null when the log doesn't have it. A position stored without a
 * mark is taken to be the entry of its number.
 */
export async function findHeld({ log }: Store, position: LogPosition): Promise<LogPosition | null> {
  if (position.mark !== '' || position.seq === 0) return (await log.holds(position)) ? position : null;
  const [entry] = await log.read(position.seq - 1, 1);
  return entry?.seq === position.seq ? positionAfter(entry) : null;
}

/**
 * Requires that a log is still the one that was read or written up to a position: otherwise records of two different
 * histories would be mixed.
 * @param whose the subject of the error's sentence
 * @returns the position with its mark, also when it was stored without one
 * @throws MigrationFailure
 */
export async function requireHeld(store: Store, position: LogPosition, whose: string): Promise<LogPosition> {
  const held = await findHeld(store, position);
  if (held) return held;
  throw new MigrationFailure({
    code: 'LOG_REPLACED',
    message: `${whose} was reset to an older state, for example from a backup: its log no longer has entry ${position.seq} as it was.`,
    hint: 'The project works where it is. Check that it is as it should be, then start again: everything is copied from the beginning.',
  });
}
