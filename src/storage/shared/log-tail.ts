import type { LogEntry } from '../../domain/log-entry.js';
import { type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import { createLogFollowers } from './log-followers.js';
import {
  EMPTY_RANGE,
  emptyRangeAt,
  entriesSince,
  extended,
  type LogRange,
  MAX_KEPT,
  type SizedEntry,
} from './log-range.js';

/**
 * The end of a log, shared by its followers: each new entry is read once however many wait for it, and none is kept for a
 * slow follower.
 */
export interface LogTail {
  /** The log reaches at least this number: somebody appended to it. */
  advance(seq: number): void;
  /** The log was found to end at this number, so it may be shorter than before, or another log. */
  found(seq: number): void;
  /** Where the log ended when it was last read. */
  end(): LogPosition;
  /** Whether the log is known to reach beyond a position. */
  isBeyond(position: LogPosition): boolean;
  /** Entries after a position if the tail has them; null when only the store can say, also whether it holds the position. */
  since(position: LogPosition): Promise<readonly LogEntry[] | null>;
  /** Resolves when the log may end elsewhere than when it was last read, the signal aborts or the tail is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts a follower; other processes' commits are listened for while there is one. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface LogTailOptions {
  readonly readEnd: () => LogPosition | Promise<LogPosition>;
  /** @throws LogReplacedError when the log doesn't hold the position */
  readonly readAfter: (position: LogPosition, limit: number) => readonly SizedEntry[] | Promise<readonly SizedEntry[]>;
  /** Starts listening for other processes' commits, which it reports to the tail. Returns how to stop. */
  readonly listen: (tail: LogTail) => () => void;
  /** Whether an entry may be announced before it can be read; left out, what can't be read doesn't exist. */
  readonly canLag?: boolean;
}

export function createLogTail({ readEnd, readAfter, listen, canLag = false }: LogTailOptions): LogTail {
  let kept: LogRange = EMPTY_RANGE;
  /** How far the log is said to reach. */
  let announced = 0;
  let filling: Promise<void> | null = null;
  const followers = createLogFollowers({
    listen: () => listen(tail),
    onIdle() {
      kept = EMPTY_RANGE;
    },
  });

  function found(seq: number): void {
    announced = seq;
    followers.notify();
  }

  /** Reads what was appended since. When the log doesn't continue from where it ended, nothing is kept of it. */
  async function fill(): Promise<void> {
    followers.caughtUp();
    const { end } = kept;
    try {
      if (kept === EMPTY_RANGE || announced - end.seq > MAX_KEPT) await startOver();
      else kept = extended(kept, await readAfter(end, MAX_KEPT));
    } catch (error) {
      if (!(error instanceof LogReplacedError)) {
        followers.notify();
        throw error;
      }
      await startOver();
    }
    if (announced <= kept.end.seq) return;
    if (canLag) followers.notify();
    else announced = kept.end.seq;
  }

  async function startOver(): Promise<void> {
    kept = EMPTY_RANGE;
    kept = emptyRangeAt(await readEnd());
  }

  const tail: LogTail = {
    advance(seq) {
      if (seq > announced) found(seq);
    },
    found,
    end: () => kept.end,
    isBeyond: ({ seq }) => seq < announced,
    async since(position) {
      if (followers.hasNews()) {
        filling ??= fill().finally(() => {
          filling = null;
        });
      }
      await filling;
      return entriesSince(kept, position);
    },
    next: followers.next,
    join: followers.join,
    close: followers.close,
  };
  return tail;
}
