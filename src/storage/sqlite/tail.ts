import type { LogEntry } from '../../domain/log-entry.js';
import { isSamePosition, type LogPosition } from '../../domain/log-position.js';
import {
  EMPTY_STRETCH,
  endOfStretch,
  entriesSince,
  KEPT,
  lengthened,
  type SizedEntry,
  type Stretch,
} from '../stretch.js';

/**
 * The end of a log, shared by all who follow it: each new entry is read once however many wait for it, and none is kept
 * for a follower that is slow.
 */
export interface Tail {
  /** This process appended to the log up to this number. */
  advance(seq: number): void;
  /** Entries after a position, when the tail has them; null when the store must be asked, also whether it holds the position. */
  since(after: LogPosition): readonly LogEntry[] | null;
  /** Resolves when the log's end is another than when it was read last, the signal aborts or the tail is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts followers: the tail hears of other processes' commits only while somebody follows. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface TailOptions {
  readonly read: (after: number, limit: number) => readonly SizedEntry[];
  readonly head: () => LogPosition;
  readonly holds: (position: LogPosition) => boolean;
  /** Starts to listen for other processes; returns how to stop. */
  readonly listen: (onRing: () => void) => () => void;
}

export function createTail({ read, head, holds, listen }: TailOptions): Tail {
  const waiters = new Set<() => void>();
  let kept: Stretch = EMPTY_STRETCH;
  let hasNews = true;
  let followers = 0;
  let stop: (() => void) | null = null;

  function tell(): void {
    hasNews = true;
    for (const wake of waiters) wake();
  }

  function look(): void {
    try {
      if (!isSamePosition(head(), endOfStretch(kept))) tell();
    } catch {
      // The store is being closed or can't be read now; who reads next is told.
    }
  }

  /** Takes in what was appended since. When the log doesn't go on from where it ended, nothing of it is kept. */
  function fill(): void {
    hasNews = false;
    const now = head();
    const end = endOfStretch(kept);
    if (isSamePosition(now, end)) return;
    const isNear = now.seq > end.seq && now.seq - end.seq <= KEPT;
    const added = isNear ? read(end.seq, KEPT) : [];
    kept = isNear && holds(end) ? lengthened(kept, added) : { start: now, entries: [] };
  }

  return {
    advance(seq) {
      if (seq > endOfStretch(kept).seq) tell();
    },
    since(after) {
      if (hasNews) fill();
      return entriesSince(kept, after);
    },
    next(signal) {
      if (hasNews || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiters.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    join() {
      if (followers++ === 0) {
        stop = listen(look);
        look();
      }
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (--followers > 0) return;
        stop?.();
        kept = EMPTY_STRETCH;
        hasNews = true;
      };
    },
    close() {
      stop?.();
      for (const wake of waiters) wake();
    },
  };
}
