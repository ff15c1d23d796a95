import { hash } from 'node:crypto';
import { CursorError } from './errors.js';
import type { LogEntry } from './log-entry.js';

/**
 * A place in a log: after one of its entries. The number alone doesn't say which log it is of: one that was put back to an
 * older state gives the numbers that it lost to other entries. So the entry's mark goes with it.
 */
export interface LogPosition {
  /** Number of the entry; 0 before the first. */
  readonly seq: number;
  /** The entry's mark, as `markOf`; empty before the first. */
  readonly mark: string;
}

/** Before the first entry. Every log begins there. */
export const LOG_START: LogPosition = { seq: 0, mark: '' };

/** Characters of a mark, of 6 bits each: 72 bits, so that two entries don't have the same by chance. */
const MARK_LENGTH = 12;

/**
 * A short hash of what never changes in an entry: who wrote what, when and by which request. Neither a purge, nor a trim of
 * the log, nor a move to another store changes it.
 */
export function markOf(entry: Omit<LogEntry, 'seq' | 'before' | 'isErased'>): string {
  const { at, actor, requestId, collection, recordId, version, operation } = entry;
  const text = JSON.stringify([at, actor, requestId, collection, recordId, version, operation]);
  return hash('sha256', text, 'base64url').slice(0, MARK_LENGTH);
}

/** The place after an entry, whose image needn't be known. */
export function positionAfter(entry: Omit<LogEntry, 'before' | 'isErased'>): LogPosition {
  return { seq: entry.seq, mark: markOf(entry) };
}

export function isSamePosition(a: LogPosition, b: LogPosition): boolean {
  return a.seq === b.seq && a.mark === b.mark;
}

/** A log doesn't hold the entry that a place in it names. */
export class LogReplacedError extends CursorError {
  constructor() {
    super(
      'INVALID_CURSOR',
      "The log doesn't have the change that the cursor stands at: the data was put back to an older state, as from a backup, or was damaged.",
      'Take the `cursor` that is now, read the lists again, then follow from that cursor.',
    );
  }
}
