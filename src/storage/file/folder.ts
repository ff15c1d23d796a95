import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseId } from '../../domain/id.js';
import type { AnySpec } from '../sqlite/schema.js';
import type { Write, WriteResult } from '../sqlite/writes.js';
import { createCache, openCache } from './cache.js';
import { catchUp, writeCopies } from './catch-up.js';
import { commitTogether, type Item, refusalOf } from './commit.js';
import { findTrace, isSame, replaceFile } from './durable.js';
import { codeOf, noSuchFolder } from './errors.js';
import { findHead } from './head-file.js';
import { createIndexKeeper } from './index-keeper.js';
import { layoutOf } from './layout.js';
import { createLock, type Lock } from './lock.js';
import { createLogFile } from './log-file.js';
import type { Difference } from './look.js';
import { createProblems } from './problems.js';
import { beginLog, findLost, findStore, isThere, rebuild } from './rebuild.js';
import { createParts, type State } from './state.js';
import { createVerifier } from './verify.js';
import { watchFolders } from './watch.js';

/** A project's folder, open in this process's writer thread. */
export interface Folder {
  /** Resolves when the write is durable, or refused. Writes that wait share one sync. @throws when none of them was done */
  write(write: Write): Promise<WriteResult>;
  /** Brings the cache up to what any process has committed. */
  refresh(): Promise<void>;
  /** Makes the cache anew from the files. */
  renew(): Promise<void>;
  /** What is the matter; empty when all is well. */
  health(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface FolderOptions {
  readonly folder: string;
  /** Path of the cache. */
  readonly cache: string;
  readonly specs: readonly AnySpec[];
  readonly projectId: string | null;
  /** Makes the store, under this epoch, when there is none. */
  readonly create: { readonly epoch: number } | null;
  /** Where readers in other threads see how far the cache is. */
  readonly shared: SharedArrayBuffer;
}

/** What readers in other threads look at, by its place: the current part of the log, and which cache goes up to it. */
export const SHARED = { ino: 0, size: 1, generation: 2, cacheIno: 3, length: 4 } as const;

/** How often all files are looked at, in milliseconds, for what no watch told of; at least so many times what it takes. */
const LOOK_INTERVAL = 30_000;
const LOOK_REST = 100;
/** How many files are examined in one transaction. */
const EXAMINED = 200;
/** How long a file that was being written may lie about, in milliseconds. */
const DRAFT_AGE = 60_000;

/** @throws StoreError when there is no project and none is to be made; what the file system throws */
export async function openFolder(options: FolderOptions): Promise<Folder> {
  const layout = layoutOf(options.folder);
  if (!options.create && !isThere(layout)) throw noSuchFolder(options.folder);
  mkdirSync(layout.temporary, { recursive: true });
  const lock = createLock(layout.lock);
  try {
    const release = await lock.acquire();
    try {
      const { state, isNew } = openState(options);
      return await run(options, state, lock, isNew);
    } finally {
      release();
    }
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Opens what is there, or begins it. `isNew`: the cache knows nothing yet. */
function openState({ folder, cache: cachePath, specs, projectId, create }: FolderOptions) {
  const layout = layoutOf(folder);
  const log = createLogFile(layout);
  const isEmpty = !isThere(layout) || (log.look().size === 0 && log.parts().length === 1 && findHead(layout) === null);
  if (isEmpty && create) replaceFile(layout.gitignore, '.lock/\n.tmp/\n', layout.temporary, false);
  const store = (isEmpty && create ? beginLog(log, create.epoch) : findStore(layout, log)) ?? '';
  const base = {
    layout,
    specs,
    cachePath,
    log,
    store: store || crypto.randomUUID(),
    problems: createProblems(),
    projectKey: projectId === null ? null : (parseId(projectId)?.projectKey ?? null),
    isLogCut: false,
  };
  const found = openCache({ path: cachePath, specs, store: base.store });
  const cache = found ?? createCache({ path: cachePath, specs, store: base.store });
  const state: State = { ...base, parts: createParts(base, cache) };
  return { state, isNew: !found };
}

/** Brings an open folder up to date and keeps it so. Under the lock until it resolves. */
async function run(
  { shared, folder, cache: cachePath, specs }: FolderOptions,
  state: State,
  lock: Lock,
  isNew: boolean,
): Promise<Folder> {
  const seen = new Float64Array(shared);
  const index = createIndexKeeper(state);
  const verify = createVerifier(state.layout, state.log);
  const waiting: {
    readonly item: Item;
    readonly resolve: (result: WriteResult) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  // — one thing at a time —

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  /** Works on a cache that is up to date, under the lock. A damaged cache is made anew. */
  const locked = <T>(work: () => Promise<T> | T): Promise<T> =>
    inTurn(async () => {
      const release = await lock.acquire();
      try {
        try {
          await bringUp();
          return await work();
        } catch (error) {
          if (!/^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))) throw error;
          await renewNow();
          return await work();
        }
      } finally {
        publish();
        release();
      }
    });

  function publish(): void {
    const { cache } = state.parts;
    const { ino, offset } = cache.db.open ? cache.position() : { ino: 0, offset: 0 };
    seen[SHARED.size] = 0;
    seen[SHARED.ino] = ino;
    seen[SHARED.cacheIno] = cache.ino;
    seen[SHARED.size] = offset;
  }

  async function bringUp(): Promise<void> {
    if (findTrace(cachePath)?.ino !== state.parts.cache.ino) reopenCache();
    const changed = await catchUp(state);
    if (changed) index.mark(changed);
    else await renewNow(state.parts.cache.position().n);
  }

  /** Another process made the cache anew, or somebody removed it. */
  function reopenCache(): void {
    const { store } = state;
    state.parts.cache.db.close();
    const found = openCache({ path: cachePath, specs, store });
    state.parts = createParts(state, found ?? createCache({ path: cachePath, specs, store }));
    seen[SHARED.generation]! += 1;
  }

  async function renewNow(knownCommit = 0): Promise<void> {
    await rebuild(state, knownCommit);
    seen[SHARED.generation]! += 1;
    await lookAround(true);
    findLost(state);
    index.mark(specs.map(({ name }) => name));
  }

  // — committing —

  function write(item: Write): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      waiting.push({ item: { write: item }, resolve, reject });
      if (waiting.length === 1) void locked(() => commitWaiting()).catch(refuseWaiting);
    });
  }

  function commitWaiting(): void {
    const group = [...waiting];
    const results = commit(group.map(({ item }) => item));
    waiting.splice(0, group.length);
    group.forEach(({ resolve }, index) => void resolve(results[index]!));
  }

  function refuseWaiting(error: unknown): void {
    for (const { reject } of waiting.splice(0)) reject(error);
  }

  function commit(items: readonly Item[]): readonly WriteResult[] {
    // Under the lock, whatever the log becomes is ours: readers need not wait for it.
    seen[SHARED.size] = Number.POSITIVE_INFINITY;
    const { results, changed } = commitTogether(state, items);
    index.mark(changed);
    return results;
  }

  // — what people do —

  async function lookAround(isOpening: boolean): Promise<void> {
    for (const found of state.parts.look.steps()) {
      await take(found, isOpening);
      await nextTurn();
    }
  }

  async function take(found: readonly Difference[], isOpening: boolean): Promise<void> {
    const { cache, examine } = state.parts;
    for (let start = 0; start < found.length; start += EXAMINED) {
      const part = found.slice(start, start + EXAMINED);
      const edits = cache
        .transaction(() => part.map((each) => examine(each, { isOpening, isLogCut: isOpening && state.isLogCut })))
        .filter((edit) => edit !== null);
      const results = edits.length === 0 ? [] : commit(edits.map((edit) => ({ write: edit.write, edit })));
      for (const [number, result] of results.entries()) {
        const { path } = edits[number]!;
        if (!result.ok) state.problems.set(path, `${path} wasn't taken over: ${refusalOf(result.failure)}.`);
      }
      await nextTurn();
    }
  }

  /** Files that may have changed; most were written by ourselves. */
  function onChange(changed: readonly Difference[]): void {
    if (isClosed) return;
    const { files } = state.parts.cache;
    const other = changed.filter(({ collection, dir, id }) => {
      const known = files.find(collection, id);
      const now = findTrace(state.parts.documents.pathOf(collection, dir, id));
      return !(known && now && known.dir === dir && isSame(known, now));
    });
    if (other.length > 0) void locked(() => take(other, false)).catch(() => undefined);
  }

  let looking: NodeJS.Timeout | null = null;
  function lookLater(rest: number): void {
    looking = setTimeout(async () => {
      const start = performance.now();
      await lookFromOutside().catch(() => undefined);
      if (!isClosed) lookLater(Math.max(LOOK_INTERVAL, (performance.now() - start) * LOOK_REST));
    }, rest).unref();
  }

  /** Looks without the lock, which is only taken when something differs. */
  async function lookFromOutside(): Promise<void> {
    for (const found of state.parts.look.steps()) {
      if (isClosed) return;
      if (found.length > 0) onChange(found);
      await nextTurn();
    }
  }

  // — opening, health and closing —

  async function health(): Promise<readonly string[]> {
    await locked(async () => {
      await lookAround(false);
      for (const { name } of specs) findLostAgain(name);
    });
    return [...(await verify()), ...state.problems.list()];
  }

  function findLostAgain(_collection: string): void {}

  async function close(): Promise<void> {
    isClosed = true;
    stopWatching();
    if (looking) clearTimeout(looking);
    await inTurn(async () => {
      await index.close();
      state.parts.cache.close();
      state.log.close();
      lock.close();
    });
  }

  const changed = isNew ? null : await catchUp(state);
  if (changed) index.mark(changed);
  if (changed) await lookAround(true);
  else await renewNow(isNew ? 0 : state.parts.cache.position().n);
  writeCopies(state);
  removeDrafts(state.layout.temporary);
  publish();
  const stopWatching = watchFolders(
    folder,
    specs.map(({ name }) => name),
    onChange,
  );
  lookLater(LOOK_INTERVAL);
  return { write, refresh: () => locked(() => undefined), renew: () => locked(() => renewNow()), health, close };
}

/** Removes what processes that ended were writing. */
function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > DRAFT_AGE) rmSync(path, { force: true, recursive: true });
  }
}
