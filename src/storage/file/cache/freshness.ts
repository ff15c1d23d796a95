import type { Stats } from 'node:fs';
import type { LogStat } from './log-stat.js';

/**
 * Numbers that readers in other threads see, by index: the log's current segment when the cache last reached its end,
 * whether the writer has the lock and is committing, how often it published, and which cache it is.
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

/** The writer's side: under the folder's lock. */
export interface Publisher {
  /** The cache is complete, and until the next `publish` every change of the log is ours. */
  begin(): void;
  /** The cache reaches the end of this log; null: it doesn't, or that isn't known. */
  publish(log: Stats | null, cacheIno: number): void;
  /** The cache was rebuilt: it must be reopened. */
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

/** Whether the cache has all that any process committed: one stat of the log for every read. */
export interface Freshness {
  /** Resolves when the cache has what was committed before the call. */
  ensure(): Promise<void>;
  /** Which cache it is: it was rebuilt, and must be reopened, when the number changes. */
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
    // The publisher has held the lock since its stat: nobody committed in between.
    if (seen[SHARED.isCommitting] === 1 || seen[SHARED.published] !== before) return true;
    return now !== null && isAsPublished(now);
  }

  /** By the time of its change, too: a rewritten log may have the same inode and size. */
  function isAsPublished({ ino, size, ctimeMs }: Stats): boolean {
    return ino === seen[SHARED.ino] && size === seen[SHARED.size] && ctimeMs === seen[SHARED.changed];
  }

  async function ensure(): Promise<void> {
    if (await isFresh()) return;
    if (refreshing) {
      // It may have begun before what this call must see.
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
