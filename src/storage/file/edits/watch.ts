import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { join } from 'node:path';
import { makePlainFolder } from '../disk/plain-file.js';
import { idOfFile } from '../documents/layout.js';
import { type ChangedFile, foldersIn, joinDirs, type OnUnreadable } from './folder-scan.js';

/** Debounce of changes, in milliseconds: editors write in several steps. */
const QUIET = 60;
/** The most folders that are watched: the newest. A scan notices changes in others. */
const MAX_FOLDERS = 4_096;

export interface FolderWatch {
  /** Renews the watches of all folders: those that were moved or removed meanwhile are no longer watched. */
  watchAll(): void;
  close(): void;
}

/**
 * Watches the collections' folders for changed files. One watch per folder: on some systems a recursive one costs one
 * per file.
 */
export function watchFolders(
  folder: string,
  collections: readonly string[],
  onChange: (changed: readonly ChangedFile[]) => void,
  /** Files that differ in a folder and below, for one that appeared or disappeared: no watch reported its contents. */
  scanBelow: (collection: string, dir: string) => readonly ChangedFile[],
  onUnreadable: OnUnreadable,
  /** Called at once with every change, also of files that are no record's. */
  onEvent: () => void,
): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Map<string, ChangedFile>();
  let timer: NodeJS.Timeout | null = null;

  function report(): void {
    timer = null;
    const all = [...changed.values()];
    changed.clear();
    onChange(all);
  }

  function note(difference: ChangedFile): void {
    changed.set(`${difference.collection}/${difference.dir}/${difference.id}`, difference);
    timer ??= setTimeout(report, QUIET).unref();
  }

  function onEntry(collection: string, dir: string, name: string | null): void {
    if (name === null) return;
    const id = idOfFile(name);
    if (id !== null) note({ collection, dir, id });
    else if (!name.startsWith('.')) onFolder(collection, joinDirs(dir, name));
  }

  /** A collection's whole folder may be replaced by another. */
  function onHomeEntry(name: string | null): void {
    if (name !== null && collections.includes(name)) onFolder(name, '');
  }

  /** Nobody catches what is thrown here: it would end the thread, and with it every project's writing. */
  function onFolder(collection: string, dir: string): void {
    const home = join(folder, collection, dir);
    try {
      enter(collection, dir, home);
    } catch (error) {
      try {
        onUnreadable(home, error);
      } catch {
        // No file descriptor is left: the next scan notices the change.
      }
    }
  }

  function enter(collection: string, dir: string, home: string): void {
    const stats = lstatSync(home, { throwIfNoEntry: false });
    // It may be another folder of the same name.
    forget(collection, dir);
    if (stats?.isDirectory()) {
      for (const below of foldersIn(home, onUnreadable)) {
        const each = joinDirs(dir, below);
        forget(collection, each);
        add(collection, each);
      }
    }
    for (const difference of scanBelow(collection, dir)) note(difference);
  }

  const add = (collection: string, dir: string): void =>
    addAt(`${collection}/${dir}`, join(folder, collection, dir), (name) => onEntry(collection, dir, name));

  function addAt(key: string, path: string, onName: (name: string | null) => void): void {
    if (watchers.has(key) || watchers.size >= MAX_FOLDERS) return;
    try {
      const watcher = watch(path, { persistent: false }, (_, name) => {
        onEvent();
        onName(name);
      });
      watcher.on('error', () => forgetAt(key));
      watchers.set(key, watcher);
    } catch {
      // Without a watch (limits, file systems) the scans notice changes.
    }
  }

  const forget = (collection: string, dir: string): void => forgetAt(`${collection}/${dir}`);

  function forgetAt(key: string): void {
    watchers.get(key)?.close();
    watchers.delete(key);
  }

  function watchAll(): void {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
    addAt('', folder, onHomeEntry);
    for (const collection of collections) {
      const home = join(folder, collection);
      try {
        makePlainFolder(folder, home);
      } catch (error) {
        onUnreadable(home, error);
        continue;
      }
      for (const dir of foldersIn(home, onUnreadable)) add(collection, dir);
    }
  }

  watchAll();
  return {
    watchAll,
    close() {
      if (timer) clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
