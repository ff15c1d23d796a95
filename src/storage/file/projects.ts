import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { StoreError } from '../../domain/errors.js';
import { parseId } from '../../domain/id.js';
import type { FileSettings } from '../../domain/storage-settings.js';
import { withoutTraces } from '../../files/without-traces.js';
import type { JsonObject } from '../../util/json/json.js';
import type { Check, CheckName } from '../health.js';
import { namesIn, trashOf, trashPathOf } from '../shared/trash.js';
import { removeCache } from './cache/cache.js';
import { findIndexHead } from './documents/index-file.js';
import { layoutOf } from './documents/layout.js';
import { noSuchFolder, toFileError } from './errors.js';
import { makeFolder } from './folder/make-folder.js';
import { moveFolderAside } from './folder/move-aside.js';
import { requireOwnPaths } from './folder/own-paths.js';
import { findHead, findManifest } from './log/head-file.js';

/** The folder of all projects' folders: what it holds, whether it can be used, and removing a project. */

/** A project's folder as it was found. */
export interface StoredFolder {
  readonly projectId: string;
  /** The copy of the project's record; null when it has none, or none that can be read. */
  readonly manifest: JsonObject | null;
  /** −∞ for what an interrupted removal left. */
  readonly epoch: number;
  /** Why it can't be used, whatever the rest says. */
  readonly fault?: StoreError;
}

/** The entries of a folder that are named like projects, whatever they are. @throws StoreError */
export function projectFoldersIn(root: string): readonly string[] {
  try {
    return namesIn(root)
      .filter((name) => parseId(name)?.kind === 'project')
      .map((name) => join(root, name));
  } catch (error) {
    throw toFileError(error, root);
  }
}

/**
 * What an unopened project's folder says of itself, with the fault that would keep it from being opened, as far as its
 * paths show it. One that can't be used hides no others.
 */
export function findWithFault(folder: string, collections: readonly string[]): StoredFolder | null {
  try {
    requireOwnPaths(layoutOf(folder), collections);
    return findIn(folder);
  } catch (error) {
    if (!(error instanceof StoreError)) throw toFileError(error, folder);
    return { projectId: basename(folder), manifest: null, epoch: 0, fault: error };
  }
}

/**
 * The same of one project's folder, or of what a removal left of it; null when it holds no project. @throws StoreError
 */
export function findFolder(folder: string): StoredFolder | null {
  try {
    const found = findIn(folder);
    if (found || trashOf(folder).length === 0) return found;
    return { projectId: basename(folder), manifest: null, epoch: Number.NEGATIVE_INFINITY };
  } catch (error) {
    throw toFileError(error, folder);
  }
}

function findIn(folder: string): StoredFolder | null {
  const projectId = basename(folder);
  const layout = layoutOf(folder);
  const head = findHead(layout);
  const manifest = findManifest(layout);
  const isItsOwn = manifest?.id === projectId;
  const epoch = head?.epoch ?? (isItsOwn ? manifest.epoch : null);
  return typeof epoch === 'number' ? { projectId, manifest: isItsOwn ? manifest : null, epoch } : null;
}

/** The project to remove. */
export interface RemovalTarget {
  readonly folder: string;
  /** Path of the cache on this machine. */
  readonly cache: string;
  /** Only the store under this epoch, −∞: only what a removal left; left out, any. */
  readonly epoch?: number | undefined;
}

/** Removes a closed project, as the writer's `destroy` says. */
export async function destroyFiles({ folder, cache, epoch }: RemovalTarget): Promise<void> {
  try {
    const isThere = existsSync(folder);
    const isBrokenOff = trashOf(folder).length > 0;
    if (!isThere && !isBrokenOff) throw noSuchFolder(folder);
    // After an interrupted removal, if nothing was completed since, a project may be being made: that isn't the one to
    // remove.
    if (isThere && !(isBrokenOff && epoch !== undefined && !findIn(folder)))
      await moveFolderAside({ folder, to: trashPathOf(folder), epoch: epoch ?? null });
    removeCache(cache);
    for (const aside of trashOf(folder)) await rm(aside, { recursive: true, force: true });
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/** Checks a folder for projects: a probe is written, synced, read, renamed and removed. Nothing stays behind. */
export async function checkFiles({ path }: FileSettings): Promise<readonly Check[]> {
  if (!isAbsolute(path)) {
    return [
      check('ADDRESS', 'FAILED', 0, `"${path}" isn't an absolute path.`, 'Give the whole path, from the root on.'),
      check('WRITABLE', 'SKIPPED', 0, "It isn't known which folder is meant.", null),
    ];
  }
  const address = check('ADDRESS', 'PASSED', 0, `Projects would lie in ${path}.`, null);
  const start = performance.now();
  try {
    await probe(path);
    const message = 'A probe was written, synced, read, renamed and removed.';
    return [address, check('WRITABLE', 'PASSED', performance.now() - start, message, null)];
  } catch (error) {
    const { message, hint } = toFileError(error, path);
    return [address, check('WRITABLE', 'FAILED', performance.now() - start, message, hint)];
  }
}

/** How many documents a project's collections have. */
export interface FolderCounts {
  readonly counts: readonly number[];
  /** The problems of those that can't be counted; they count as none. */
  readonly problems: readonly string[];
}

/** How many documents collections have, by their indexes. One that can't be used is reported, and hides no others. */
export function countsIn(folder: string, collections: readonly string[]): FolderCounts {
  const problems = new Set<string>();
  const counts = collections.map((collection) => {
    try {
      return findIndexHead(folder, collection)?.count ?? 0;
    } catch (error) {
      problems.add(toFileError(error, folder).message);
      return 0;
    }
  });
  return { counts, problems: [...problems] };
}

/**
 * Checks a folder that may not exist yet. Folders made for the check are removed with it, unless somebody uses them by
 * then.
 */
export function probe(root: string): Promise<void> {
  return withoutTraces(root, async () => {
    await makeFolder(root);
    await probeFolder(root);
  });
}

/** Writes, syncs, renames, reads and removes a file in a folder. @throws what the file system says */
export async function probeFolder(folder: string): Promise<void> {
  const draft = join(folder, `.probe-${randomUUID()}`);
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(draft);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, `${draft}.renamed`);
    if ((await readFile(`${draft}.renamed`, 'utf8')) !== draft)
      throw new Error('the file read back differs from what was written');
  } finally {
    for (const path of [draft, `${draft}.renamed`]) await rm(path, { force: true });
  }
}

function check(name: CheckName, outcome: Check['outcome'], ms: number, message: string, hint: string | null): Check {
  return { name, outcome, ms, message, hint };
}
