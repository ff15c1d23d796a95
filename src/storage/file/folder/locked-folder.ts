import { type Stats, statSync } from 'node:fs';
import { codeOf } from '../../../util/errors.js';
import { createMutex } from '../../../util/mutex.js';
import type { WriteResult } from '../../shared/writes.js';
import { createCache, openCache } from '../cache/cache.js';
import { catchUp, writeCopies } from '../cache/catch-up.js';
import { createPublisher } from '../cache/freshness.js';
import { findLost, rebuild } from '../cache/rebuild.js';
import { findIndexHead } from '../documents/index-file.js';
import type { IndexWriter } from '../documents/index-writer.js';
import { createManualEdits, type ManualEdits } from '../edits/manual-edits.js';
import { commitTogether, type PendingWrite } from './commit.js';
import type { Lock } from './lock.js';
import { waitForFiles, waitForLog } from './restore-wait.js';
import { createCacheParts, type FolderState } from './state.js';

/** The one way to work on a folder: under its lock, with a cache that is up to date. */
export interface LockedFolder {
  /** One piece of work at a time, also in this process. It is repeated when the cache turns out to be damaged. */
  locked<T>(work: () => Promise<T> | T): Promise<T>;
  /** Runs work after all that was asked for before. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Commits. Under the lock. */
  commit(items: readonly PendingWrite[]): Promise<readonly WriteResult[]>;
  /** Rebuilds the cache from the log and the files. Under the lock. */
  renew(knownCommit?: number): Promise<void>;
  /** Brings a folder that is being opened up to date. Under the lock. `isNew`: its cache is empty. */
  begin(isNew: boolean): Promise<void>;
  readonly edits: ManualEdits;
}

export function createLockedFolder(
  state: FolderState,
  lock: Lock,
  index: IndexWriter,
  shared: SharedArrayBuffer,
): LockedFolder {
  const { cachePath: path, specs, store, layout } = state;
  const names = specs.map(({ name }) => name);
  const publisher = createPublisher(shared);
  const edits = createManualEdits(state, commit);
  const inTurn = createMutex();
  let isRenewing = false;

  const locked = <T>(work: () => Promise<T> | T): Promise<T> =>
    inTurn(async () => {
      const release = await lock.acquire();
      try {
        return await onSoundCache(async () => {
          await bringUp();
          return work();
        });
      } finally {
        publish();
        release();
      }
    });

  /** A cache that turns out to be damaged is rebuilt, and the work repeated. */
  async function onSoundCache<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) throw error;
      await renew();
      return work();
    }
  }

  async function bringUp(): Promise<void> {
    const { cache } = state.parts;
    const position = cache.db.open ? cache.position() : null;
    if (position && position.n > 0) await waitForLog(layout, position.ino);
    const isThere = position !== null && statSync(path, { throwIfNoEntry: false })?.ino === cache.ino;
    const changed = isThere || reopenCache() ? await catchUp(state) : null;
    if (changed) return index.mark(changed);
    if (isThere && position.n > 0) await waitForFiles(() => state.lastChangeAt);
    await renew(state.parts.cache.position().n);
  }

  /** Another process rebuilt the cache, or somebody removed it: then it is empty. @returns whether it isn't */
  function reopenCache(): boolean {
    state.parts.cache.db.close();
    const found = openCache({ path, specs, store });
    state.parts = createCacheParts(state, found ?? createCache({ path, specs, store }));
    if (found) publisher.renewed();
    return found !== null;
  }

  async function renew(knownCommit = 0): Promise<void> {
    isRenewing = true;
    try {
      await rebuild(state, knownCommit);
      await edits.scan(true);
    } finally {
      isRenewing = false;
    }
    findLost(state);
    publisher.renewed();
    index.mark(names);
  }

  async function commit(items: readonly PendingWrite[]): Promise<readonly WriteResult[]> {
    // Readers have the previous cache until the new one is complete: they wait for that.
    if (!isRenewing) publisher.begin();
    try {
      const { results, changed } = await commitTogether(state, items);
      index.mark(changed);
      return results;
    } finally {
      if (!isRenewing) publish();
    }
  }

  function publish(): void {
    publisher.publish(findEnd(), state.parts.cache.ino);
  }

  /**
   * The stat of the log's current segment when the cache reaches its end; null when it doesn't, or that can't be seen.
   */
  function findEnd(): Stats | null {
    try {
      const position = state.parts.cache.position();
      const now = statSync(layout.current);
      return now.size === position.offset && state.log.isAsAt(position) ? now : null;
    } catch {
      return null;
    }
  }

  async function begin(isNew: boolean): Promise<void> {
    if (isNew) await renew();
    else
      await onSoundCache(async () => {
        await bringUp();
        await edits.scan(true);
        index.mark(names.filter((name) => findIndexHead(layout.folder, name) === null));
      });
    writeCopies(state);
    publish();
  }

  return { locked, inTurn, commit, renew, begin, edits };
}
