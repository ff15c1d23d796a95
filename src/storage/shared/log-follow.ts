import type { LogEntry } from '../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import { delay } from '../../util/async.js';
import type { Log } from '../store.js';
import type { LogTail } from './log-tail.js';

export interface LogFollowOptions {
  readonly tail: LogTail;
  /** @throws LogReplacedError when the log doesn't hold the position */
  readonly readAfter: (position: LogPosition, limit: number) => readonly LogEntry[] | Promise<readonly LogEntry[]>;
  readonly isClosed: () => boolean;
  /** Whether the error is a server's outage, which followers wait out. Left out: there is no server. */
  readonly isOutage?: (error: unknown) => boolean;
}

/** Most entries a follower receives at once. */
const BATCH = 200;
/** How long a follower waits before it retries a server that can't be reached, in milliseconds. */
const RETRY_AFTER = 500;
/** How long a follower waits for entries that were announced and can't be read yet, in milliseconds. */
const LAG = 100;

/** A log's `follow`: entries that the tail has come from memory, older ones from the store. */
export function createLogFollow({
  tail,
  readAfter,
  isClosed,
  isOutage = () => false,
}: LogFollowOptions): Log['follow'] {
  /** Entries after a position. An outage is waited out: the cursor misses nothing. */
  async function next(position: LogPosition, signal: AbortSignal): Promise<readonly LogEntry[]> {
    for (;;) {
      try {
        const kept = await tail.since(position);
        // It may have been closed meanwhile: then nothing is read any more.
        if (!kept && isClosed()) return [];
        return (kept ?? (await readAfter(position, BATCH))).slice(0, BATCH);
      } catch (error) {
        if (!isOutage(error) || isClosed() || signal.aborted) throw error;
        await delay(RETRY_AFTER, { signal, ref: false });
        if (signal.aborted || isClosed()) return [];
      }
    }
  }

  return async function* follow(after, signal) {
    const leave = tail.join();
    try {
      let position = after;
      while (!signal.aborted && !isClosed()) {
        const isAwaited = tail.isBeyond(position);
        const entries = await next(position, signal);
        if (entries.length === 0) {
          // The end was announced before a majority had it, or by a primary that knows more of the majority than this one.
          if (isAwaited) await delay(LAG, { signal, ref: false });
          else await tail.next(signal);
          continue;
        }
        position = positionAfter(entries.at(-1)!);
        yield entries;
      }
    } finally {
      leave();
    }
  };
}
