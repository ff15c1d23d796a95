import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../disk/atomic-file.js';
import { namesInPlain, removePlain, renamePlain } from '../disk/plain-file.js';
import { EDITED, type Layout } from './layout.js';

/** Texts of persons that are kept next to the files of records. For one batch of files: a folder is listed at most once. */
export interface KeptTexts {
  /** Moves a file's text next to it, without secrets. @returns its new path */
  keep(path: string, bytes: Buffer): string;
  /** Removes what is kept next to a record's file. */
  removeOf(path: string): void;
}

/**
 * @param folder the project's
 * @param redact removes secrets from a text
 * @param list the names in a folder. Left out: as the file system has them
 */
export function createKeptTexts(
  layout: Layout,
  redact: (text: string) => string,
  list = (dir: string) => namesInPlain(layout.folder, dir),
): KeptTexts {
  const { folder } = layout;
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
    keep(path, bytes) {
      const kept = `${path}${EDITED}${new Date().toISOString().replace(/[:.]/g, '-')}`;
      const text = bytes.toString();
      const redacted = redact(text);
      if (redacted === text) renamePlain(folder, path, kept);
      else {
        replaceFile(layout, kept, redacted, false);
        removePlain(folder, path);
      }
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
