import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import { MigrationFailure } from '../errors.js';

/** The sides of a move, as subjects of a sentence. */
export const SOURCE = 'What is being moved';
export const TARGET = 'What was copied';

/** Where a store's log ends. */
export async function endOf({ log }: Store): Promise<LogPosition> {
  const { seq, mark } = await log.head();
  return { seq, mark };
}

/**
 * A position that a checkpoint names, with its mark, as it is in a log; null when the log doesn't hold it. Of one that was
 * noted without a mark, the entry of its number is taken for it.
 */
export async function findHeld({ log }: Store, position: LogPosition): Promise<LogPosition | null> {
  if (position.mark !== '' || position.seq === 0) return (await log.holds(position)) ? position : null;
  const [entry] = await log.read(position.seq - 1, 1);
  return entry?.seq === position.seq ? positionAfter(entry) : null;
}

/**
 * Makes sure that a log is still the one that was read, or written, up to a position: what was copied of another would be
 * mixed with what is in this one.
 * @param whose as the subject of a sentence
 * @returns the position with its mark, also when it was noted without one
 * @throws MigrationFailure
 */
export async function requireHeld(store: Store, position: LogPosition, whose: string): Promise<LogPosition> {
  const held = await findHeld(store, position);
  if (held) return held;
  throw new MigrationFailure({
    code: 'LOG_REPLACED',
    message: `${whose} was put back to an older state, as from a backup: its log doesn't have entry ${position.seq} as it was.`,
    hint: 'The project works where it is. See that it is as it should be, then start again: everything is copied from the start.',
  });
}
