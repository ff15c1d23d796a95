import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnySpec } from '../sqlite/schema.js';
import type { Cache } from './cache.js';
import { findTrace, isSame } from './durable.js';
import { codeOf } from './errors.js';
import { EDITED, fileName, idOfFile } from './layout.js';

/** A document's file that isn't as it was last known: changed, new, or gone. */
export interface Difference {
  readonly collection: string;
  /** Its folder inside its collection's, with `/`. */
  readonly dir: string;
  readonly id: string;
}

export interface Look {
  /** One step for each folder, so that whoever looks may do something else between two: what differs there. */
  steps(): Generator<readonly Difference[]>;
  /** The same for one folder. */
  into(collection: string, dir: string): readonly Difference[];
}

/** Compares what lies in the folder with the files that the cache knows, without reading any. */
export function createLook(
  folder: string,
  cache: Cache,
  specs: readonly AnySpec[],
  /** Hears of every text that was kept beside a record. */
  onKeptBeside: (path: string) => void,
): Look {
  function* steps(): Generator<readonly Difference[]> {
    for (const { name: collection } of specs) {
      const seen = new Set<string>();
      for (const dir of foldersIn(folder, collection)) {
        seen.add(dir);
        yield compare(collection, dir);
      }
      for (const dir of cache.files.folders(collection)) {
        if (!seen.has(dir))
          yield [...cache.files.inFolder(collection, dir).keys()].map((id) => ({ collection, dir, id }));
      }
      yield withoutFile(collection);
    }
  }

  function compare(collection: string, dir: string): Difference[] {
    const known = cache.files.inFolder(collection, dir);
    const found: Difference[] = [];
    for (const entry of entriesIn(join(folder, collection, dir))) {
      if (!entry.isFile()) continue;
      const path = join(folder, collection, dir, entry.name);
      if (entry.name.includes(EDITED)) onKeptBeside(path);
      const id = idOfFile(entry.name);
      if (id === null || fileName(id) !== entry.name) continue;
      const trace = findTrace(path);
      const before = known.get(id);
      known.delete(id);
      if (!trace || !before || !isSame(before, trace)) found.push({ collection, dir, id });
    }
    return [...found, ...[...known.keys()].map((id) => ({ collection, dir, id }))];
  }

  /** Records whose file was never written, or couldn't be. */
  function withoutFile(collection: string): Difference[] {
    const ids = cache
      .statement(`select id from ${collection} where id not in (select id from files where collection = ?)`)
      .pluck()
      .all(collection) as string[];
    return ids.map((id) => ({ collection, dir: '', id }));
  }

  return { steps, into: compare };
}

/** All folders below a collection's, itself as the empty text, one at a time. */
export function* foldersIn(folder: string, collection: string): Generator<string> {
  const waiting = [''];
  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    yield dir;
    for (const entry of entriesIn(join(folder, collection, dir)))
      if (entry.isDirectory() && !entry.name.startsWith('.'))
        waiting.push(dir === '' ? entry.name : `${dir}/${entry.name}`);
  }
}

function entriesIn(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
