import type { JsonObject } from '../util/json/json.js';

export const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'RESTORE', 'REVERT', 'REDACT', 'PURGE'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One line of a store's log: what one commit did to one record. */
export interface LogEntry {
  /** Sequence number in its store's log: increasing, never reused. */
  readonly seq: number;
  /**
   * Time of the commit: never before the record's own last time, nor before the entries that its server had written or
   * found, even when its clock steps back. Servers' clocks may differ, so a log is ordered by its sequence numbers.
   */
  readonly at: string;
  /** The writer, as the client named itself. */
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

/** Whether what the record was before the write must not be kept anywhere. */
export function erasesTexts({ operation }: Pick<LogEntry, 'operation'>): boolean {
  return operation === 'PURGE' || operation === 'REDACT';
}

/** What an entry says, without the record's image. */
export type LogHeader = Omit<LogEntry, 'before' | 'isErased'>;

/**
 * Entries as a log may keep them: no image up to its floor, and none of a record from before its purge, as if they had been
 * in the log when it was purged or trimmed. `purges`: by record, the sequence number of the last purge in the log; those
 * among the entries count too. Entries that need no erasing are returned as they are.
 */
export function withoutErased(
  entries: readonly LogEntry[],
  floor: number,
  purges: ReadonlyMap<string, number> = new Map(),
): readonly LogEntry[] {
  const last = new Map(purges);
  for (const { operation, recordId, seq } of entries)
    if (operation === 'PURGE') last.set(recordId, Math.max(seq, last.get(recordId) ?? 0));
  return entries.map((entry) => {
    const isPurged = entry.seq <= (last.get(entry.recordId) ?? 0) && !entry.isErased;
    const isErasable = isPurged || (entry.before !== null && (entry.seq <= floor || entry.isErased));
    return isErasable ? { ...entry, before: null, isErased: true } : entry;
  });
}
