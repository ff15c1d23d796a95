import { defaultsOf } from '../domain/fields/derive.js';
import { LOG_START, type LogPosition } from '../domain/log-position.js';
import { memoryFields } from '../domain/memory.js';
import type { Checkpoint, Migration, MigrationAction } from '../domain/migration.js';
import { PROJECT_DEFAULTS } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import { sessionFields } from '../domain/session.js';
import { taskFields } from '../domain/task.js';

/** A checkpoint of earlier versions: its log positions are bare sequence numbers. */
interface NumberCheckpoint {
  readonly copiedFrom: number;
  readonly replayed: number;
  readonly movedSeq: number | null;
}

/** By collection: brings a document that an earlier version wrote into this one's shape. */
const UPGRADES: { readonly [collection: string]: ((stored: never) => RecordBase) | undefined } = {
  migrations: upgradeMigration,
  projects: withDefaults(PROJECT_DEFAULTS),
  tasks: withDefaults(defaultsOf(taskFields)),
  memories: withDefaults(defaultsOf(memoryFields)),
  sessions: withDefaults(defaultsOf(sessionFields)),
};

/**
 * How documents of a collection are brought into this version's shape; null when all versions write the same. A collection's
 * `get` and lists do it; images of the log, and `scan`, are as they were written.
 */
export function upgradeOf<T extends RecordBase>(collection: string): ((stored: T) => T) | null {
  return (UPGRADES[collection] as ((stored: T) => T) | undefined) ?? null;
}

/** Gives a document the defaults of the fields that its version didn't have. One that has all is returned as it is. */
function withDefaults(defaults: object): (stored: RecordBase) => RecordBase {
  const fields = Object.entries(defaults);
  return (stored) => {
    const missing = fields.filter(([field]) => Reflect.get(stored, field) === undefined);
    return missing.length === 0 ? stored : { ...stored, ...Object.fromEntries(missing) };
  };
}

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
