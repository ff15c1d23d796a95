import type { LogEntry, Operation } from '../domain/log-entry.js';
import type { RecordBase } from '../domain/record.js';

/** What a store is asked to write. */

export type Change =
  /** Writes the document whole. Its version is one more than the one it expects to replace: 1 creates. */
  | {
      readonly kind: 'put';
      readonly collection: string;
      readonly operation: Exclude<Operation, 'PURGE'>;
      readonly document: RecordBase;
    }
  /** Purges: removes the document for good and erases its images from the log; an entry stays. */
  | { readonly kind: 'remove'; readonly collection: string; readonly id: string; readonly version: number }
  /** Writes nothing; the commit fails if the record isn't at this version. */
  | { readonly kind: 'check'; readonly collection: string; readonly id: string; readonly version: number };

export interface CommitContext {
  /** The epoch that the write was routed by. */
  readonly epoch: number;
  readonly actor: string;
  readonly requestId: string;
  /** Time of the commit. */
  readonly at: string;
}

export interface Committed {
  /** Sequence number of its last entry; the log's last one when it appended none. */
  readonly seq: number;
}

export interface ImportBatch {
  readonly documents: readonly { readonly collection: string; readonly document: RecordBase }[];
  readonly entries: readonly LogEntry[];
  /** Applied first: a document of the batch that is named here too exists afterwards. */
  readonly removed: readonly { readonly collection: string; readonly id: string }[];
  /** Raises the log's floor to this number and erases the images up to it, as `trimLog` does. Left out: it stays. */
  readonly floor?: number | undefined;
}
