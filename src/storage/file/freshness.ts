import { statSync } from 'node:fs';

/** What readers in other threads look at, by its place: the current part of the log, and which cache goes up to it. */
export const SHARED = { ino: 0, size: 1, generation: 2, cacheIno: 3, length: 4 } as const;

/** Whether the cache has all that any process committed: a look at the log's size, for every read. */
export interface Freshness {
  /** Resolves when the cache has what was committed before the call. */
  ensure(): Promise<void>;
  /** Which cache it is: another number says that it was made anew and must be opened again. */
  generation(): number;
  /** The inode of the cache that the writer works on. */
  cacheIno(): number;
}

export function createFreshness(current: string, shared: SharedArrayBuffer, refresh: () => Promise<void>): Freshness {
  const seen = new Float64Array(shared);
  let refreshing: Promise<void> | null = null;

  function isFresh(): boolean {
    const now = look();
    return now !== undefined && now.ino === seen[SHARED.ino] && now.size <= seen[SHARED.size]!;
  }

  /** What goes wrong here goes wrong in the writer, too, which says it in our words. */
  function look() {
    try {
      return statSync(current, { throwIfNoEntry: false });
    } catch {
      return undefined;
    }
  }

  async function ensure(): Promise<void> {
    if (isFresh()) return;
    // One that is under way may have looked before what this call must see.
    await refreshing?.catch(() => undefined);
    if (isFresh()) return;
    refreshing ??= refresh().finally(() => {
      refreshing = null;
    });
    await refreshing;
  }

  return { ensure, generation: () => seen[SHARED.generation]!, cacheIno: () => seen[SHARED.cacheIno]! };
}
