import { hash } from 'node:crypto';
import { CursorError } from './errors.js';
import type { LogEntry } from './log-entry.js';

/**
 * A position in a log: after one of its entries. The sequence number alone doesn't identify the log: one that was restored to
 * an older state assigns the numbers that it lost to other entries. So the position has the entry's mark too.
 */
export interface LogPosition {
  /** Sequence number of the entry; 0 before the first. */
  readonly seq: number;
  /** The entry's mark, as `markOf`; empty before the first. */
  readonly mark: string;
}

/** Before the first entry of any log. */
export const LOG_START: LogPosition = { seq: 0, mark: '' };

/** Characters of a mark, of 6 bits each: 72 bits, so that no two entries have the same by chance. */
const MARK_LENGTH = 12;

/**
 * A short hash of what never changes in an entry: who wrote what, when and in which request. It stays the same through a
 * purge, a trim of the log and a move to another store.
 */
export function markOf(entry: Omit<LogEntry, 'seq' | 'before' | 'isErased'>): string {
  const { at, actor, requestId, collection, recordId, version, operation } = entry;
  const text = JSON.stringify([at, actor, requestId, collection, recordId, version, operation]);
  return hash('sha256', text, 'base64url').slice(0, MARK_LENGTH);
}

/** The position after an entry; its image isn't needed. */
export function positionAfter(entry: Omit<LogEntry, 'before' | 'isErased'>): LogPosition {
  return { seq: entry.seq, mark: markOf(entry) };
}

export function isSamePosition(a: LogPosition, b: LogPosition): boolean {
  return a.seq === b.seq && a.mark === b.mark;
}

/** A log doesn't have the entry of a position: it was replaced. */
export class LogReplacedError extends CursorError {
  constructor() {
    super(
      'INVALID_CURSOR',
      "The log doesn't have the change that the cursor is at: the data was restored to an older state, as from a backup, or was damaged.",
      'Take the current `cursor`, read the lists again, then follow from that cursor.',
    );
  }
}
