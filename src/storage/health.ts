import type { StorageMode } from '../domain/project.js';

/** The result of checking a place for data, in the same terms for every storage mode. */

export const CHECK_NAMES = [
  'ADDRESS',
  'DNS',
  'TLS',
  'CONNECT',
  'AUTHENTICATION',
  'REPLICA_SET',
  'WRITABLE',
  'COLLECTIONS',
  'INDEXES',
  'VECTOR_SEARCH',
  'EMBEDDING',
] as const;
/** `ADDRESS`: the setting can be read. `WRITABLE`: a probe was written, read and removed. */
export type CheckName = (typeof CHECK_NAMES)[number];

export const CHECK_OUTCOMES = ['PASSED', 'WARNING', 'FAILED', 'SKIPPED'] as const;
/**
 * `WARNING`: it works, and the message says what could be better. `SKIPPED`: an earlier check failed, or it doesn't
 * apply.
 */
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** One step of checking whether data can be kept at a place. */
export interface Check {
  readonly name: CheckName;
  readonly outcome: CheckOutcome;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What was found. Never a secret. */
  readonly message: string;
  /** What to do next; null when there is nothing to do. */
  readonly hint: string | null;
}

export const VECTOR_SEARCHES = ['EMBEDDED', 'CHROMA', 'ATLAS'] as const;
/** What searches vectors. `ATLAS`: `$vectorSearch` of MongoDB. */
export type VectorSearchKind = (typeof VECTOR_SEARCHES)[number];

/** The health of a storage mode's place. */
export interface StorageHealth {
  readonly mode: StorageMode;
  /** Whether there is no problem: projects can be read and written, and memories are embedded. */
  readonly ok: boolean;
  readonly isReachable: boolean;
  /** Time of one small read, in milliseconds; null when it failed. */
  readonly latencyMs: number | null;
  /** Path of the folder, or `host[,host]/database`. Never a secret. */
  readonly place: string;
  readonly collections: readonly { readonly name: string; readonly count: number }[];
  /** Names of indexes, as `collection.index`. */
  readonly indexes: { readonly present: readonly string[]; readonly missing: readonly string[] };
  /** Connections of the pool; null where there is none. */
  readonly pool: { readonly inUse: number; readonly idle: number; readonly max: number } | null;
  /** The last error there, with its time; null when there was none. */
  readonly lastError: { readonly message: string; readonly at: string } | null;
  /** The problems found; empty when all is well. */
  readonly problems: readonly string[];
}
