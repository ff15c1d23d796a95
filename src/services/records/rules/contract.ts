import type { RecordKind } from '../../../domain/id.js';
import type { Operation } from '../../../domain/log-entry.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Change, CollectionSpec } from '../../../storage/store.js';
import type { StoreRoute } from '../store-router.js';

/** A write of one record, before the rules of its kind are applied. */
export interface RecordDraft<T extends RecordBase> {
  readonly operation: Exclude<Operation, 'PURGE'>;
  /** The record as it is; null when it is created. */
  readonly before: T | null;
  /** The record as the author wants it, with its next version. */
  readonly after: T;
  /** Where in the input it came from, for errors: empty, or such as `tasks.2.` */
  readonly field: string;
}

/** Drafts that keep the rules. */
export interface AppliedRules<T extends RecordBase> {
  /** The documents to write, in the order of the drafts. */
  readonly documents: readonly T[];
  /** What must be written or checked with them, in the same commit. */
  readonly also: readonly Change[];
}

/** What holds for one kind of record however it is written: created, updated, deleted, restored or reverted. */
export interface Rules<T extends RecordBase> {
  readonly kind: RecordKind;
  readonly spec: CollectionSpec<T>;
  /** Makes drafts keep the rules. @throws InvalidInputError, AlreadyExistsError when they can't */
  apply(route: StoreRoute, drafts: readonly RecordDraft<T>[], at: string): Promise<AppliedRules<T>>;
}

/** Whether a draft makes a record live that wasn't. */
export function comesAlive<T extends RecordBase>({ before, after }: RecordDraft<T>): boolean {
  return !after.deletedAt && (before === null || before.deletedAt !== null);
}

/** Whether a draft deletes a record that was live. */
export function isDeletion<T extends RecordBase>({ before, after }: RecordDraft<T>): boolean {
  return after.deletedAt !== null && before !== null && before.deletedAt === null;
}
