import type { RecordKind } from '../../../domain/id.js';
import type { Operation } from '../../../domain/log-entry.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Change, CollectionSpec } from '../../../storage/store.js';
import type { Home } from '../routing.js';

/** A write of one record, before the rules of its kind were applied. */
export interface Draft<T extends RecordBase> {
  readonly operation: Exclude<Operation, 'PURGE'>;
  /** The record as it is; null when it is made. */
  readonly before: T | null;
  /** The record as the author wants it, its version counted up. */
  readonly after: T;
  /** Where in the input it came from, for errors: empty, or such as `tasks.2.` */
  readonly field: string;
}

/** What the rules made of drafts. */
export interface Settled<T extends RecordBase> {
  /** The documents to write, in the order of the drafts. */
  readonly documents: readonly T[];
  /** What must be written or checked with them, in the same commit. */
  readonly also: readonly Change[];
}

/** What holds of one kind of record however it is written: made, changed, deleted, restored or reverted. */
export interface Rules<T extends RecordBase> {
  readonly kind: RecordKind;
  readonly spec: CollectionSpec<T>;
  /** Makes drafts keep the rules. @throws InvalidInputError, AlreadyExistsError when they can't */
  settle(home: Home, drafts: readonly Draft<T>[], at: string): Promise<Settled<T>>;
}

/** The change that writes a document. */
export function put<T extends RecordBase>(
  spec: CollectionSpec<T>,
  operation: Draft<T>['operation'],
  document: T,
): Change {
  return { kind: 'put', collection: spec.name, operation, document };
}

/** The change that makes a commit fail if the record moves on meanwhile. */
export function check<T extends RecordBase>(spec: CollectionSpec<T>, { id, version }: T): Change {
  return { kind: 'check', collection: spec.name, id, version };
}

/** Whether a draft makes a record live that wasn't. */
export function comesAlive<T extends RecordBase>({ before, after }: Draft<T>): boolean {
  return !after.deletedAt && (before === null || before.deletedAt !== null);
}

/** Whether a draft deletes a record that was live. */
export function isDeletion<T extends RecordBase>({ before, after }: Draft<T>): boolean {
  return after.deletedAt !== null && before !== null && before.deletedAt === null;
}
