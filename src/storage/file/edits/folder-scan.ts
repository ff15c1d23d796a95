import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { Cache } from '../cache/cache.js';
import { type Fingerprint, findFingerprint, isSame } from '../disk/atomic-file.js';
import { findPlainFolder, requirePlain } from '../disk/plain-file.js';
import { dayOf, EDITED, fileName, idOfFile } from '../documents/layout.js';

/** A document's file that differs from what is known of it: changed, new, or missing. */
export interface ChangedFile {
  readonly collection: string;
  /** Its folder inside its collection's, with `/`. */
  readonly dir: string;
  readonly id: string;
}

export interface FolderScan {
  /** One step per folder, so that other work may come between two: the files that differ there. */
  steps(): Generator<readonly ChangedFile[]>;
  /** The same at once for one folder and those below it, also for missing ones. */
  below(collection: string, dir: string): readonly ChangedFile[];
}

/** Compares the folder with the files that the cache knows, without reading any. */
export function createFolderScan(
  folder: string,
  cache: Cache,
  specs: readonly AnySpec[],
  /** Called with every text that was kept next to a record. */
  onKept: (path: string) => void,
  onUnreadable: OnUnreadable,
): FolderScan {
  function* steps(): Generator<readonly ChangedFile[]> {
    for (const { name: collection } of specs) {
      const seen = new Set<string>();
      const closed: string[] = [];
      const home = join(folder, collection);
      const hear: OnUnreadable = (path, error) => {
        closed.push(relative(home, path).split(sep).join('/'));
        onUnreadable(path, error);
      };
      for (const dir of foldersIn(home, hear)) {
        seen.add(dir);
        yield compare(collection, dir);
      }
      // Files below a folder that can't be read aren't missing.
      const isClosed = (dir: string) => closed.some((each) => each === '' || `${dir}/`.startsWith(`${each}/`));
      for (const dir of cache.files.folders(collection)) {
        if (!seen.has(dir) && !isClosed(dir))
          yield [...cache.files.inFolder(collection, dir).keys()].map((id) => ({ collection, dir, id }));
      }
      yield withoutFile(collection);
    }
  }

  function below(collection: string, dir: string): ChangedFile[] {
    const dirs = new Set(cache.files.folders(collection, dir));
    // An index that was just written, or somebody's notes: neither a folder nor one that existed.
    if (dirs.size === 0 && lstatSync(join(folder, collection, dir), { throwIfNoEntry: false })?.isFile()) return [];
    for (const each of foldersIn(join(folder, collection, dir), onUnreadable)) dirs.add(joinDirs(dir, each));
    return [...dirs].flatMap((each) => compare(collection, each));
  }

  function compare(collection: string, dir: string): ChangedFile[] {
    const entries = findEntries(join(folder, collection), dir, onUnreadable);
    if (!entries) return [];
    const known = cache.files.inFolder(collection, dir);
    const found: ChangedFile[] = [];
    for (const entry of entries) {
      if (entry.isDirectory()) continue;
      const path = join(folder, collection, dir, entry.name);
      if (!entry.isFile()) {
        // Some editors put a link next to an open file: its name begins with a dot.
        if (!entry.name.startsWith('.')) tellUnlessPlain(path);
        continue;
      }
      if (entry.name.includes(EDITED)) onKept(path);
      const id = idOfFile(entry.name);
      if (id === null || fileName(id) !== entry.name) continue;
      const before = known.get(id);
      known.delete(id);
      if (!before || !isUnchanged(path, before)) found.push({ collection, dir, id });
    }
    return [...found, ...[...known.keys()].map((id) => ({ collection, dir, id }))];
  }

  function tellUnlessPlain(path: string): void {
    try {
      requirePlain(folder, path);
    } catch (error) {
      onUnreadable(path, error);
    }
  }

  /** Records whose file was never written, or couldn't be. */
  function withoutFile(collection: string): ChangedFile[] {
    const rows = cache
      .statement(
        `select id, doc ->> '$.createdAt' as createdAt from ${collection} where id not in (select id from files where collection = ?)`,
      )
      .all(collection) as { readonly id: string; readonly createdAt: string }[];
    // A text that wasn't taken over may be in the file's place.
    return rows.map(({ id, createdAt }) => ({ collection, dir: dayOf(createdAt), id }));
  }

  return { steps, below };
}

function isUnchanged(path: string, before: Fingerprint): boolean {
  try {
    const now = findFingerprint(path);
    return now !== null && isSame(before, now);
  } catch {
    // Examining it reports why it can't be read.
    return false;
  }
}

/** Called with an entry that can't be scanned, and why: also one that is no plain file or folder. */
export type OnUnreadable = (path: string, error: unknown) => void;

/** A folder below another, both inside their collection's. */
export const joinDirs = (dir: string, below: string): string => [dir, below].filter((each) => each !== '').join('/');

/**
 * All folders below one, itself as the empty text, one at a time, the newest days first. Links aren't followed. Each is
 * yielded before it is read: a folder made in it meanwhile is found, or noticed by a watch that was begun.
 */
export function* foldersIn(home: string, onUnreadable: OnUnreadable): Generator<string> {
  const waiting = [''];
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    yield dir;
    const entries = findEntries(home, dir, onUnreadable) ?? [];
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (entry.isDirectory() && !entry.name.startsWith('.')) waiting.push(joinDirs(dir, entry.name));
  }
}

/** A folder's entries, none when it doesn't exist; null when it can't be read. */
function findEntries(home: string, dir: string, onUnreadable: OnUnreadable): readonly Dirent[] | null {
  const path = join(home, dir);
  try {
    return findPlainFolder(home, path) ? readdirSync(path, { withFileTypes: true }) : [];
  } catch (error) {
    onUnreadable(path, error);
    return null;
  }
}
