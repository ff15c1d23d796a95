import { basename, dirname, join } from 'node:path';
import { namesInPlain, removePlain, renamePlain } from '../disk/plain-file.js';
import { EDITED } from './layout.js';

/** Texts of persons that are kept next to the files of records. For one batch of files: a folder is listed at most once. */
export interface KeptTexts {
  /** Moves a file's text next to it. @returns its new path */
  keep(path: string): string;
  /** Removes what is kept next to a record's file. */
  removeOf(path: string): void;
}

/**
 * @param folder the project's
 * @param list the names in a folder. Left out: as the file system has them
 */
export function createKeptTexts(folder: string, list = (dir: string) => namesInPlain(folder, dir)): KeptTexts {
  /** Their names by the file, by the folder. */
  const listed = new Map<string, ReadonlyMap<string, readonly string[]>>();

  function findIn(dir: string): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const name of list(dir)) {
      const end = name.indexOf(EDITED);
      if (end === -1) continue;
      const file = name.slice(0, end);
      const others = found.get(file);
      if (others) others.push(name);
      else found.set(file, [name]);
    }
    listed.set(dir, found);
    return found;
  }

  return {
    keep(path) {
      const kept = `${path}${EDITED}${new Date().toISOString().replace(/[:.]/g, '-')}`;
      renamePlain(folder, path, kept);
      listed.delete(dirname(path));
      return kept;
    },
    removeOf(path) {
      const dir = dirname(path);
      const names = (listed.get(dir) ?? findIn(dir)).get(basename(path)) ?? [];
      for (const name of names) removePlain(folder, join(dir, name));
    },
  };
}
