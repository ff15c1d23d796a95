import { LOG_START, type LogPosition } from '../domain/log-position.js';
import type { Checkpoint, Migration } from '../domain/migration.js';
import type { Store } from '../storage/store.js';
import { MigrationFailure } from './failure.js';

/** Where logs were, as an earlier version noted it: by numbers alone. */
interface OldCheckpoint {
  readonly copiedFrom: number;
  readonly replayed: number;
  readonly movedSeq: number | null;
}

/** The sides of a move, as subjects of a sentence. */
export const SOURCE = 'What is being moved';
export const TARGET = 'What was copied';

/** Where a store's log ends. */
export async function endOf({ log }: Store): Promise<LogPosition> {
  const { seq, mark } = await log.head();
  return { seq, mark };
}

/** A migration's record as this version knows it. */
export function withPositions(stored: Migration): Migration {
  const { copiedFrom, replayed, movedSeq, ...rest } = stored.checkpoint as unknown as Checkpoint & OldCheckpoint;
  if (typeof replayed !== 'number') return stored;
  const moved = movedSeq === null ? null : unmarked(movedSeq);
  return { ...stored, checkpoint: { ...rest, copiedFrom: unmarked(copiedFrom), replayed: unmarked(replayed), moved } };
}

const unmarked = (seq: number): LogPosition => ({ ...LOG_START, seq });

/** Whether a log has the entry that a checkpoint names; of one without a mark, whether it has an entry of the number. */
export async function isHeld({ log }: Store, position: LogPosition): Promise<boolean> {
  if (position.mark !== '' || position.seq === 0) return log.holds(position);
  const [entry] = await log.read(position.seq - 1, 1);
  return entry?.seq === position.seq;
}

/**
 * Makes sure that a log is still the one that was read, or written, up to a position: what was copied of another would be
 * mixed with what is in this one.
 * @param whose as the subject of a sentence
 * @throws MigrationFailure
 */
export async function requireHeld(store: Store, position: LogPosition, whose: string): Promise<void> {
  if (await isHeld(store, position)) return;
  throw new MigrationFailure({
    code: 'LOG_REPLACED',
    message: `${whose} was put back to an older state, as from a backup: its log doesn't have entry ${position.seq} as it was.`,
    hint: 'The project works where it is. See that it is as it should be, then start again: everything is copied from the start.',
  });
}
