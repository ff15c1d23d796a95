import { ConflictError, type MooringError, RouteChangedError, StoreError } from '../../domain/errors.js';
import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import type { CommitContext } from '../store.js';
import { alreadyExists } from '../store-errors.js';

/** Requests of the main thread to the writer thread, and its answers. Documents travel as JSON text. */

export type PutWrite = {
  readonly kind: 'put';
  readonly collection: string;
  readonly id: string;
  readonly version: number;
  readonly operation: string;
  readonly doc: string;
};
export type ChangeWrite =
  | PutWrite
  | { readonly kind: 'remove' | 'check'; readonly collection: string; readonly id: string; readonly version: number };

export type ImportWrite = {
  readonly kind: 'import';
  readonly documents: readonly {
    readonly collection: string;
    readonly id: string;
    readonly version: number;
    readonly doc: string;
  }[];
  readonly entries: readonly LogEntry[];
  readonly removed: readonly { readonly collection: string; readonly id: string }[];
  readonly floor?: number | undefined;
  readonly epoch: number;
};

/** Images to write over those of the same records at the same versions. */
export type ImagesWrite = {
  readonly kind: 'images';
  readonly images: readonly { readonly id: string; readonly version: number; readonly doc: string }[];
  readonly epoch: number;
};

/** One piece of work in a transaction. Each succeeds or fails alone, also when several share one. */
export type StoreWrite =
  | { readonly kind: 'commit'; readonly changes: readonly ChangeWrite[]; readonly context: CommitContext }
  | ImportWrite
  | { readonly kind: 'epoch'; readonly from: number; readonly to: number }
  | { readonly kind: 'manifest'; readonly doc: string }
  | { readonly kind: 'trim'; readonly before: string }
  | ImagesWrite;

/**
 * `value`: a commit's last sequence number, how many images a trim erased or were rewritten, 1 or 0 for an epoch that was
 * set or not.
 */
export type WriteResult =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly failure: WriteFailure };

/** Why a write failed, as plain data: error objects lose their class between threads. */
export type WriteFailure =
  | { readonly kind: 'conflict'; readonly collection: string; readonly id: string; readonly current: string | null }
  | {
      readonly kind: 'exists';
      readonly collection: string;
      readonly fields: readonly string[];
      readonly existingId: string | null;
    }
  | { readonly kind: 'route'; readonly epoch: number; readonly routedBy: number }
  | { readonly kind: 'store'; readonly code: StoreError['code']; readonly message: string; readonly hint: string };

/** A store's error as plain data. */
export function toFailure({ code, message, hint }: MooringError): WriteFailure {
  return { kind: 'store', code: code as StoreError['code'], message, hint };
}

/** The failure as the error that the store's contract names. */
export function toError(failure: WriteFailure): MooringError {
  switch (failure.kind) {
    case 'conflict':
      return new ConflictError(
        failure.id,
        failure.current === null ? null : (JSON.parse(failure.current) as RecordBase),
        failure.collection,
      );
    case 'exists':
      return alreadyExists(failure.collection, failure.fields, failure.existingId);
    case 'route':
      return new RouteChangedError(failure.epoch, failure.routedBy);
    case 'store':
      return new StoreError(failure.code, failure.message, failure.hint);
  }
}
