import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import type { JsonObject } from '../../util/json/json.js';

/** A change, as followers of a log receive it. */
export interface ChangeEvent {
  /** Resumes after this change. */
  readonly cursor: string;
  readonly entry: LogEntry;
  /** The record as it is now, at least as new as the entry; null when it was purged. */
  readonly record: RecordBase | null;
  /** The record as the entry left it; null when it was purged or its image isn't kept. */
  after(): Promise<JsonObject | null>;
}
