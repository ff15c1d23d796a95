import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { SecretPolicy } from '../../../domain/fields/redaction.js';
import { parseId } from '../../../domain/id.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { StoreWrite, WriteResult } from '../../shared/writes.js';
import { createCache, openCache } from '../cache/cache.js';
import { beginLog, findLost, findStore, holdsProject } from '../cache/rebuild.js';
import { isDraft, replaceFile } from '../disk/atomic-file.js';
import { findPlainFile, makePlainFolder, namesInPlain, removePlain } from '../disk/plain-file.js';
import { createIndexWriter } from '../documents/index-writer.js';
import { type Layout, layoutOf } from '../documents/layout.js';
import { followEdits } from '../edits/follow-edits.js';
import { noSuchFolder } from '../errors.js';
import { findHead } from '../log/head-file.js';
import { createLogFile, type LogFile } from '../log/log-file.js';
import { createVerifier } from '../log/verify.js';
import { createLock, type Lock } from './lock.js';
import { createLockedFolder, type LockedFolder } from './locked-folder.js';
import { makeFolderSync } from './make-folder.js';
import { requireOwnPaths } from './own-paths.js';
import { createProblems } from './problems.js';
import { createCacheParts, type FolderState } from './state.js';

/** A project's folder, open in this process's writer thread. */
export interface Folder {
  /**
   * Resolves when the write is durable, or refused. Writes that wait share one sync. @throws when none of them was done
   */
  write(write: StoreWrite): Promise<WriteResult>;
  /** Brings the cache up to what any process has committed. */
  refresh(): Promise<void>;
  /** Rebuilds the cache from the files. */
  renew(): Promise<void>;
  /** The problems found; empty when all is well. */
  health(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface FolderOptions {
  readonly folder: string;
  /** Path of the cache. */
  readonly cache: string;
  readonly specs: readonly AnySpec[];
  readonly projectId: string | null;
  /** What is done about secrets in what people write, when the project has no policy of its own. */
  readonly secrets: SecretPolicy;
  /** Makes the store, under this epoch, when there is none. */
  readonly create: { readonly epoch: number } | null;
  /** Where readers in other threads see how far the cache is. */
  readonly shared: SharedArrayBuffer;
  /** How often all files are scanned, in milliseconds, for changes that no watch reported. Left out: 30 s. */
  readonly scanInterval?: number | undefined;
  /** How long no file may change before missing ones are written again, in milliseconds. Left out: a second. */
  readonly repairQuiet?: number | undefined;
}

/** How old a draft must be before it is removed, in milliseconds. */
const DRAFT_AGE = 60_000;

/**
 * @throws StoreError when there is no project and none is to be made, or something other than a plain file or folder is
 * in the place of one of ours; what the file system throws
 */
export async function openFolder(options: FolderOptions): Promise<Folder> {
  const layout = layoutOf(options.folder);
  if (!options.create && !holdsProject(layout)) throw noSuchFolder(options.folder);
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
  const index = createIndexWriter(state);
  try {
    const access = createLockedFolder(state, lock, index, options.shared);
    await access.begin(isNew);
    removeDrafts(state.layout);
    return createFolder(options, state, access, async () => {
      await index.close();
      state.parts.cache.close();
      log.close();
      lock.close();
    });
  } catch (error) {
    index.abandon();
    // Without a checksum: the next opening checks the cache.
    state.parts.cache.db.close();
    throw error;
  }
}

/** Opens the existing project, or begins one. `isNew`: the cache is empty. */
function openState({ folder, cache: cachePath, specs, projectId, secrets, create }: FolderOptions, log: LogFile) {
  const layout = layoutOf(folder);
  const isEmpty = !holdsProject(layout);
  const isBegun = !isEmpty && (log.currentStats().size > 0 || log.segments().length > 1 || findHead(layout) !== null);
  if (!isBegun && create) replaceFile(layout, layout.gitignore, '.lock/\n.tmp/\n', false);
  const store = (!isBegun && create ? beginLog(log, create.epoch) : findStore(layout, log)) ?? randomUUID();
  const projectKey = projectId === null ? null : (parseId(projectId)?.projectKey ?? null);
  const problems = createProblems();
  const base = {
    layout,
    specs,
    cachePath,
    log,
    store,
    problems,
    projectKey,
    secrets,
    isLogCut: false,
    lastChangeAt: 0,
  };
  const found = openCache({ path: cachePath, specs, store });
  const cache = found ?? createCache({ path: cachePath, specs, store });
  const state: FolderState = { ...base, parts: createCacheParts(base, cache) };
  return { state, isNew: !found };
}

function createFolder(
  { scanInterval, repairQuiet }: FolderOptions,
  state: FolderState,
  access: LockedFolder,
  release: () => Promise<void>,
): Folder {
  const { layout, problems } = state;
  const { commit, edits } = access;
  const verify = createVerifier(layout, state.log);
  const follower = followEdits({ state, edits, locked, scanInterval, repairQuiet });

  async function locked<T>(work: () => Promise<T> | T): Promise<T> {
    const result = await access.locked(work);
    follower.checkRoute();
    return result;
  }

  // — committing: writes that wait when the lock is acquired go together —

  const waiting: { write: StoreWrite; resolve: (result: WriteResult) => void; reject: (error: unknown) => void }[] = [];

  function write(asked: StoreWrite): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      waiting.push({ write: asked, resolve, reject });
      if (waiting.length > 1) return;
      let group: typeof waiting | null = null;
      locked(async () => {
        // Later writes wait for the next lock. When the work is repeated, the group is the same.
        group ??= waiting.splice(0);
        for (const { write: each } of group) await edits.takeBefore(each);
        const results = await commit(group);
        for (const [index, each] of group.entries()) each.resolve(results[index]!);
      }).catch((error: unknown) => {
        for (const each of group ?? waiting.splice(0)) each.reject(error);
      });
    });
  }

  // — health and closing —

  async function health(): Promise<readonly string[]> {
    await follower.scan();
    await locked(() => {
      if (problems.clearAll((about) => about.startsWith('lost '))) findLost(state);
    });
    return [...(await verify()), ...problems.list()];
  }

  async function close(): Promise<void> {
    follower.close();
    await access.inTurn(release);
  }

  return { write, refresh: () => locked(() => undefined), renew: () => locked(() => access.renew()), health, close };
}

/** Removes drafts of processes that ended. */
function removeDrafts({ folder, temporary }: Layout): void {
  for (const name of namesInPlain(folder, temporary)) {
    if (!isDraft(name)) continue;
    const path = join(temporary, name);
    const stats = findPlainFile(folder, path);
    if (stats && Date.now() - stats.mtimeMs > DRAFT_AGE) removePlain(folder, path);
  }
}
