import type { JsonObject } from './json.js';

export const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'REVERT', 'PURGE'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One line of a store's log: what one commit did to one record. */
export interface LogEntry {
  /** Sequence number in its store's log: counts up, is never used twice. */
  readonly seq: number;
  readonly at: string;
  /** Who wrote, as the client named itself. */
  readonly actor: string;
  /** The request that wrote. */
  readonly requestId: string;
  readonly collection: string;
  readonly recordId: string;
  /** The record's version after the write; of a purge, the last one it had. */
  readonly version: number;
  readonly operation: Operation;
  /** The record before the write: null for a creation, and when the image was erased. */
  readonly before: JsonObject | null;
  /** Whether the image was erased, by a purge or because it was older than the log's retention. */
  readonly isErased: boolean;
}
