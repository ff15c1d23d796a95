import { join } from 'node:path';
import { createFileStore, type FileStoreOptions } from '../../../src/storage/file/store.js';
import type { Store } from '../../../src/storage/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../../contract/store.js';
import { borrowFileWriter } from '../machine/threads.js';
import { trackStores } from '../track-stores.js';

/** Where the cache of a place is. */
export const cacheOf = (place: string): string => `${place}.cache/files.db`;

/** Options of a store that checks its files only after a watch or a write. */
export const NEVER_SCANNING = { scanInterval: 2 ** 31 - 1 } as const;

export interface FileFactory extends StoreFactory {
  /** `cache`: its path, when it isn't `cacheOf` the place. */
  open(place: string, epoch?: number, cache?: string): Promise<Store>;
}

/** File stores in temporary folders. Each has a writer thread of its own, as stores of different processes have. */
export function fileFactory(
  options: Partial<
    Pick<FileStoreOptions, 'onStatement' | 'projectId' | 'scanInterval' | 'repairQuiet' | 'secrets'>
  > = {},
): FileFactory {
  const { folder, open, cleanUp } = trackStores();
  return {
    place: async () => join(await folder('mooring-files-'), 'project'),
    async open(place, epoch, cache = cacheOf(place)) {
      const writer = borrowFileWriter();
      const create = epoch === undefined ? undefined : { epoch };
      const parts = { folder: place, cache, collections: STORE_COLLECTIONS, writer, create };
      return open([writer], () => createFileStore({ ...parts, ...options }));
    },
    cleanUp,
  };
}

/** Resolves with the first result of `find` that isn't null; fails when that takes too long. */
export async function eventually<T>(find: () => Promise<T | null> | T | null, what: string): Promise<T> {
  const deadline = performance.now() + 75_000;
  for (;;) {
    const found = await find();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`It never happened that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
