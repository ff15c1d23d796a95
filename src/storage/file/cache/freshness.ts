import type { Stats } from 'node:fs';
import type { LogStat } from './log-stat.js';

/**
 * What readers in other threads look at, by its place: what the current part of the log was when the cache went up to its
 * end, whether the writer has the lock and is committing, how often it said so, and which cache it is.
 */
export const SHARED = {
  ino: 0,
  size: 1,
  changed: 2,
  isCommitting: 3,
  published: 4,
  generation: 5,
  cacheIno: 6,
  length: 7,
} as const;

/** The writer's end: under the folder's lock. */
export interface Publisher {
  /** The cache has all, and until the next `publish` whatever the log becomes is ours. */
  begin(): void;
  /** The cache goes up to the end of the log as it is; null: it doesn't, or nobody knows. */
  publish(log: Stats | null, cacheIno: number): void;
  /** The cache was made anew: it must be opened again. */
  renewed(): void;
}

export function createPublisher(shared: SharedArrayBuffer): Publisher {
  const seen = new Float64Array(shared);
  return {
    begin() {
      seen[SHARED.isCommitting] = 1;
    },
    publish(log, cacheIno) {
      seen[SHARED.size] = -1;
      seen[SHARED.isCommitting] = 0;
      seen[SHARED.cacheIno] = cacheIno;
      if (!log) return;
      seen[SHARED.ino] = log.ino;
      seen[SHARED.changed] = log.ctimeMs;
      seen[SHARED.size] = log.size;
      seen[SHARED.published]! += 1;
    },
    renewed() {
      seen[SHARED.generation]! += 1;
    },
  };
}

/** Whether the cache has all that any process committed: a look at the log, for every read. */
export interface Freshness {
  /** Resolves when the cache has what was committed before the call. */
  ensure(): Promise<void>;
  /** Which cache it is: another number says that it was made anew and must be opened again. */
  generation(): number;
  /** The inode of the cache that the writer works on. */
  cacheIno(): number;
}

export function createFreshness(logStat: LogStat, shared: SharedArrayBuffer, refresh: () => Promise<void>): Freshness {
  const seen = new Float64Array(shared);
  let refreshing: Promise<void> | null = null;

  async function isFresh(): Promise<boolean> {
    if (seen[SHARED.isCommitting] === 1) return true;
    const before = seen[SHARED.published];
    const now = await logStat();
    // Who publishes has the lock since it looked: nobody committed in between.
    if (seen[SHARED.isCommitting] === 1 || seen[SHARED.published] !== before) return true;
    return now !== null && isAsPublished(now);
  }

  /** By the time of its change, too: a log that was written anew may have the inode and the size that it had. */
  function isAsPublished({ ino, size, ctimeMs }: Stats): boolean {
    return ino === seen[SHARED.ino] && size === seen[SHARED.size] && ctimeMs === seen[SHARED.changed];
  }

  async function ensure(): Promise<void> {
    if (await isFresh()) return;
    if (refreshing) {
      // It may have looked before what this call must see.
      await refreshing.catch(() => undefined);
      if (await isFresh()) return;
    }
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    await refreshing;
  }

  return { ensure, generation: () => seen[SHARED.generation]!, cacheIno: () => seen[SHARED.cacheIno]! };
}
