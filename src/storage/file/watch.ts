import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { join } from 'node:path';
import { idOfFile } from './layout.js';
import { type Difference, foldersIn, type OnUnreadable } from './look.js';
import { makePlainFolder } from './plain.js';

/** How long nothing may happen before what happened is looked at, in milliseconds: editors write in several steps. */
const QUIET = 60;
/** The most folders that are watched; the newest. Others are seen by the look that is taken now and then. */
const MAX_FOLDERS = 4_096;

export interface FolderWatch {
  /** Watches all folders anew: those that were moved or removed meanwhile aren't watched any more. */
  watchAll(): void;
  close(): void;
}

/**
 * Hears of files that change in the collections' folders, soon after. One watch for each folder: watching recursively
 * costs one for each file on some systems.
 */
export function watchFolders(
  folder: string,
  collections: readonly string[],
  onChange: (changed: readonly Difference[]) => void,
  /** What differs in a folder: asked for one that is new, since things may have happened there before it was watched. */
  lookInto: (collection: string, dir: string) => readonly Difference[],
  onUnreadable: OnUnreadable,
): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Map<string, Difference>();
  let timer: NodeJS.Timeout | null = null;

  function report(): void {
    timer = null;
    const all = [...changed.values()];
    changed.clear();
    onChange(all);
  }

  function note(difference: Difference): void {
    changed.set(`${difference.collection}/${difference.dir}/${difference.id}`, difference);
    timer ??= setTimeout(report, QUIET).unref();
  }

  /** Nobody catches what is thrown here: it would end the thread, and with it every project's writing. */
  function hear(collection: string, dir: string, name: string | null): void {
    if (name === null) return;
    try {
      const id = idOfFile(name);
      if (id !== null) note({ collection, dir, id });
      else if (!/[._]/.test(name)) hearOfFolder(collection, dir === '' ? name : `${dir}/${name}`);
    } catch (error) {
      onUnreadable(join(folder, collection, dir, name), error);
    }
  }

  function hearOfFolder(collection: string, dir: string): void {
    const home = join(folder, collection, dir);
    const stats = lstatSync(home, { throwIfNoEntry: false });
    // It may be another folder of the same name.
    forget(collection, dir);
    if (!stats?.isDirectory()) {
      for (const difference of lookInto(collection, dir)) note(difference);
      return;
    }
    for (const below of foldersIn(home, onUnreadable)) {
      const each = below === '' ? dir : `${dir}/${below}`;
      forget(collection, each);
      add(collection, each);
      for (const difference of lookInto(collection, each)) note(difference);
    }
  }

  function add(collection: string, dir: string): void {
    const key = `${collection}/${dir}`;
    if (watchers.has(key) || watchers.size >= MAX_FOLDERS) return;
    try {
      const watcher = watch(join(folder, collection, dir), { persistent: false }, (_, name) =>
        hear(collection, dir, name),
      );
      watcher.on('error', () => forget(collection, dir));
      watchers.set(key, watcher);
    } catch {
      // Without a watch (limits, file systems) the look that is taken now and then sees it.
    }
  }

  function forget(collection: string, dir: string): void {
    watchers.get(`${collection}/${dir}`)?.close();
    watchers.delete(`${collection}/${dir}`);
  }

  function watchAll(): void {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
    for (const collection of collections) {
      const home = join(folder, collection);
      try {
        makePlainFolder(folder, home);
      } catch (error) {
        onUnreadable(home, error);
        continue;
      }
      // The folders above the days first, then the newest days.
      const dirs = [...foldersIn(home, onUnreadable)];
      dirs.sort((a, b) => Number(depth(a) > 2) - Number(depth(b) > 2) || (a < b ? 1 : -1));
      for (const dir of dirs) add(collection, dir);
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

const depth = (dir: string): number => (dir === '' ? 0 : dir.split('/').length);
