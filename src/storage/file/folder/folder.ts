import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseId } from '../../../domain/id.js';
import { nextTurn } from '../../../util/async.js';
import type { AnySpec } from '../../shared/spec.js';
import type { Write, WriteResult } from '../../shared/writes.js';
import { createCache, openCache } from '../cache/cache.js';
import { beginLog, findLost, findStore, isThere } from '../cache/rebuild.js';
import { isDraft, replaceFile } from '../disk/atomic-file.js';
import { findPlainFile, makePlainFolder, namesInPlain, removePlain } from '../disk/plain-file.js';
import { createIndexKeeper } from '../documents/index-keeper.js';
import { type Layout, layoutOf } from '../documents/layout.js';
import { isBeingMoved, isTakingEdits } from '../edits/edit-examiner.js';
import type { Difference } from '../edits/folder-scan.js';
import { watchFolders } from '../edits/watch.js';
import { noSuchFolder } from '../errors.js';
import { findHead } from '../log/head-file.js';
import { createLogFile, type LogFile } from '../log/log-file.js';
import { createVerifier } from '../log/verify.js';
import { createLock, type Lock } from './lock.js';
import { type Access, createAccess } from './locked-folder.js';
import { makeFolderSync } from './make-folder.js';
import { requireOwnPaths } from './own-paths.js';
import { createProblems } from './problems.js';
import { createParts, type State, tellUnreadable } from './state.js';

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
  /** How often all files are looked at, in milliseconds, for what no watch told of. Left out: 30 s. */
  readonly lookInterval?: number | undefined;
}

const LOOK_INTERVAL = 30_000;
/** The least time between two of these looks, as a multiple of what one takes. */
const LOOK_REST = 100;
/** How long a file that was being written may lie about, in milliseconds. */
const DRAFT_AGE = 60_000;

/**
 * @throws StoreError when there is no project and none is to be made, or something else than a plain file or folder is where
 * one of ours belongs; what the file system throws
 */
export async function openFolder(options: FolderOptions): Promise<Folder> {
  const layout = layoutOf(options.folder);
  if (!options.create && !isThere(layout)) throw noSuchFolder(options.folder);
  const collections = options.specs.map(({ name }) => name);
  requireOwnPaths(layout, collections);
  makeFolderSync(layout.folder);
  makePlainFolder(layout.folder, layout.temporary);
  const lock = createLock(layout.lock);
  try {
    const release = await lock.acquire();
    try {
      const log = createLogFile(layout);
      try {
        return await openLocked(options, lock, log);
      } catch (error) {
        log.close();
        throw error;
      }
    } finally {
      release();
    }
  } catch (error) {
    lock.close();
    throw error;
  }
}

async function openLocked(options: FolderOptions, lock: Lock, log: LogFile): Promise<Folder> {
  const { state, isNew } = openState(options, log);
  const index = createIndexKeeper(state);
  try {
    const access = createAccess(state, lock, index, options.shared);
    await access.begin(isNew);
    removeDrafts(state.layout);
    return createFolder(options, state, access, async () => {
      await index.close();
      state.parts.cache.close();
      log.close();
      lock.close();
    });
  } catch (error) {
    index.giveUp();
    // Without a seal: the next opening looks at it more closely.
    state.parts.cache.db.close();
    throw error;
  }
}

/** Opens what is there, or begins it. `isNew`: the cache knows nothing yet. */
function openState({ folder, cache: cachePath, specs, projectId, create }: FolderOptions, log: LogFile) {
  const layout = layoutOf(folder);
  const isEmpty = !isThere(layout);
  const isBegun = !isEmpty && (log.look().size > 0 || log.parts().length > 1 || findHead(layout) !== null);
  if (!isBegun && create) replaceFile(layout, layout.gitignore, '.lock/\n.tmp/\n', false);
  const store = (!isBegun && create ? beginLog(log, create.epoch) : findStore(layout, log)) ?? randomUUID();
  const projectKey = projectId === null ? null : (parseId(projectId)?.projectKey ?? null);
  const problems = createProblems();
  const base = { layout, specs, cachePath, log, store, problems, projectKey, isLogCut: false, heardAt: 0 };
  const found = openCache({ path: cachePath, specs, store });
  const cache = found ?? createCache({ path: cachePath, specs, store });
  const state: State = { ...base, parts: createParts(base, cache) };
  return { state, isNew: !found };
}

function createFolder(
  { lookInterval = LOOK_INTERVAL }: FolderOptions,
  state: State,
  access: Access,
  letGo: () => Promise<void>,
): Folder {
  const { layout, specs, problems } = state;
  const { commit, hands } = access;
  const verify = createVerifier(layout, state.log);
  let isClosed = false;
  let isTaking = isTakingEdits(state.parts.cache);

  async function locked<T>(work: () => Promise<T> | T): Promise<T> {
    const result = await access.locked(work);
    void lookOnceTaking().catch(() => undefined);
    return result;
  }

  // — committing: what waits when the lock is there goes together —

  const waiting: { write: Write; resolve: (result: WriteResult) => void; reject: (error: unknown) => void }[] = [];

  function write(asked: Write): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      waiting.push({ write: asked, resolve, reject });
      if (waiting.length > 1) return;
      let group: typeof waiting | null = null;
      locked(async () => {
        // What comes from here on waits for the next lock. When the work is repeated, the group is the same.
        group ??= waiting.splice(0);
        for (const { write: each } of group) await hands.takeBefore(each);
        const results = await commit(group);
        for (const [index, each] of group.entries()) each.resolve(results[index]!);
      }).catch((error: unknown) => {
        for (const each of group ?? waiting.splice(0)) each.reject(error);
      });
    });
  }

  // — what people write: as soon as it is heard of, and now and then without having heard —

  async function take(changed: readonly Difference[]): Promise<void> {
    const found = isClosed ? [] : hands.differing(changed);
    if (found.length > 0) await locked(() => hands.take(found, false));
  }

  /**
   * While the project is moved here, what changes is what the move writes, and nothing else is taken: the look that is taken
   * now and then tells of what people write meanwhile, and takes it once the project lives here.
   */
  const isDeaf = (): boolean => isClosed || isBeingMoved(state.parts.cache);

  async function hear(changed: readonly Difference[]): Promise<void> {
    if (!isDeaf()) await take(changed);
  }

  /** Only what differs needs the lock. */
  async function lookAround(): Promise<void> {
    for (const found of hands.steps()) {
      if (isClosed) return;
      if (found.length > 0) await take(found);
      await nextTurn();
    }
  }

  /** What was refused while the project was being moved, or routed elsewhere, is taken once it lives here, whichever process moved it. */
  async function lookOnceTaking(): Promise<void> {
    if (isClosed) return;
    const before = isTaking;
    isTaking = isTakingEdits(state.parts.cache);
    if (isTaking && !before) await lookAround();
  }

  async function lookAgain(): Promise<void> {
    watching.watchAll();
    await lookAround();
  }

  let timer: NodeJS.Timeout | null = null;
  function lookLater(rest: number): void {
    timer = setTimeout(async () => {
      const start = performance.now();
      // What can't be looked at now is looked at the next time.
      await lookAgain().catch(() => undefined);
      if (!isClosed) lookLater(Math.max(lookInterval, (performance.now() - start) * LOOK_REST));
    }, rest).unref();
  }

  const names = specs.map(({ name }) => name);
  const watching = watchFolders(
    layout.folder,
    names,
    (changed) => void hear(changed).catch(() => undefined),
    (collection, dir) => (isDeaf() ? [] : state.parts.look.below(collection, dir)),
    tellUnreadable(problems),
    () => {
      state.heardAt = performance.now();
    },
  );
  lookLater(lookInterval);

  // — health and closing —

  async function health(): Promise<readonly string[]> {
    await lookAround();
    await locked(() => {
      if (problems.clearAll((about) => about.startsWith('lost '))) findLost(state);
    });
    return [...(await verify()), ...problems.list()];
  }

  async function close(): Promise<void> {
    isClosed = true;
    watching.close();
    if (timer) clearTimeout(timer);
    await access.inTurn(letGo);
  }

  return { write, refresh: () => locked(() => undefined), renew: () => locked(() => access.renew()), health, close };
}

/** Removes what processes that ended were writing. */
function removeDrafts({ folder, temporary }: Layout): void {
  for (const name of namesInPlain(folder, temporary)) {
    if (!isDraft(name)) continue;
    const path = join(temporary, name);
    const stats = findPlainFile(folder, path);
    if (stats && Date.now() - stats.mtimeMs > DRAFT_AGE) removePlain(folder, path);
  }
}
