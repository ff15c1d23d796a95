import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileStore, type FileStoreOptions } from '../../src/storage/file/store.js';
import { createFileWriter, type FileWriter } from '../../src/storage/file/writer.js';
import type { Store } from '../../src/storage/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../contract/store.js';

/** Where the cache of a place lies. */
export const cacheOf = (place: string): string => `${place}.cache/files.db`;

/** File stores in temporary folders. Each has a writer thread of its own, as stores of different processes have. */
export function fileFactory(options: Partial<Pick<FileStoreOptions, 'onStatement' | 'projectId'>> = {}): StoreFactory {
  const opened: { store: Store; writer: FileWriter }[] = [];
  const folders: string[] = [];
  return {
    async place() {
      const folder = await mkdtemp(join(tmpdir(), 'mooring-files-'));
      folders.push(folder);
      return join(folder, 'project');
    },
    async open(place, epoch) {
      const writer = createFileWriter();
      const create = epoch === undefined ? undefined : { epoch };
      const paths = { folder: place, cache: cacheOf(place) };
      try {
        const store = await createFileStore({ ...paths, collections: STORE_COLLECTIONS, writer, create, ...options });
        opened.push({ store, writer });
        return store;
      } catch (error) {
        await writer.close();
        throw error;
      }
    },
    async cleanUp() {
      for (const { store, writer } of opened.splice(0)) {
        await store.close();
        await writer.close();
      }
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
    },
  };
}
