import type { RecordBase } from './record.js';

/** What a project's embeddings used on one day with one paid model. Kept in the catalog. */
export interface Usage extends RecordBase {
  readonly projectId: string;
  /** UTC, `2026-01-31`. */
  readonly day: string;
  readonly model: string;
  readonly requests: number;
  /** As the provider counted them. */
  readonly tokens: number;
  /** Tokens at the model's list price; null when that isn't known. */
  readonly dollars: number | null;
}
