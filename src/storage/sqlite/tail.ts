import type { LogEntry } from '../../domain/log-entry.js';
import { isSamePosition, type LogPosition } from '../../domain/log-position.js';
import { createFollowers } from '../shared/followers.js';
import {
  EMPTY_STRETCH,
  entriesSince,
  KEPT,
  lengthened,
  type SizedEntry,
  type Stretch,
  stretchAt,
} from '../shared/log-range.js';

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
  let kept: Stretch = EMPTY_STRETCH;
  const followers = createFollowers({
    listen() {
      const stop = listen(look);
      look();
      return stop;
    },
    onIdle() {
      kept = EMPTY_STRETCH;
    },
  });

  function look(): void {
    try {
      if (!isSamePosition(head(), kept.end)) followers.tell();
    } catch {
      // The store is being closed or can't be read now; who reads next is told.
    }
  }

  /** Takes in what was appended since. When the log doesn't go on from where it ended, nothing of it is kept. */
  function fill(): void {
    followers.caughtUp();
    const now = head();
    const { end } = kept;
    if (isSamePosition(now, end)) return;
    const isNear = now.seq > end.seq && now.seq - end.seq <= KEPT;
    const added = isNear ? read(end.seq, KEPT) : [];
    kept = isNear && holds(end) ? lengthened(kept, added) : stretchAt(now);
  }

  return {
    advance(seq) {
      if (seq > kept.end.seq) followers.tell();
    },
    since(after) {
      if (followers.hasNews()) fill();
      return entriesSince(kept, after);
    },
    next: followers.next,
    join: followers.join,
    close: followers.close,
  };
}
