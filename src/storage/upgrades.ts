import { LOG_START, type LogPosition } from '../domain/log-position.js';
import type { Checkpoint, Migration, MigrationAction } from '../domain/migration.js';
import type { RecordBase } from '../domain/record.js';

/** A checkpoint of earlier versions: its log positions are bare sequence numbers. */
interface NumberCheckpoint {
  readonly copiedFrom: number;
  readonly replayed: number;
  readonly movedSeq: number | null;
}

/**
 * By collection: brings a document that an earlier version wrote into this one's shape. A collection's `get` and lists do it;
 * images of the log, and `scan`, are as they were written.
 */
export const UPGRADES: ReadonlyMap<string, (stored: RecordBase) => RecordBase> = new Map([
  ['migrations', (stored) => upgradeMigration(stored as Migration)],
]);

/** A migration's record, written by any version, in the shape of this one. */
export function upgradeMigration(stored: Migration): Migration {
  return withPositions(withRequestedAction(stored));
}

/** Earlier versions stored the requested action as `wish`. */
function withRequestedAction(stored: Migration & { readonly wish?: MigrationAction | null }): Migration {
  if (stored.wish === undefined) return stored;
  const { wish, ...rest } = stored;
  return { ...rest, requestedAction: wish };
}

function withPositions(stored: Migration): Migration {
  const { copiedFrom, replayed, movedSeq, ...rest } = stored.checkpoint as unknown as Checkpoint & NumberCheckpoint;
  if (typeof replayed !== 'number') return stored;
  const moved = movedSeq === null ? null : unmarked(movedSeq);
  return { ...stored, checkpoint: { ...rest, copiedFrom: unmarked(copiedFrom), replayed: unmarked(replayed), moved } };
}

const unmarked = (seq: number): LogPosition => ({ ...LOG_START, seq });
