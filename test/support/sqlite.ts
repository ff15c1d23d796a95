import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore, type SqliteStoreOptions } from '../../src/storage/sqlite/store.js';
import { createWriter, type Writer } from '../../src/storage/sqlite/writer.js';
import type { Store } from '../../src/storage/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../contract/store.js';

/** SQLite stores in temporary folders. Each has a writer thread of its own, as stores of different processes have. */
export function sqliteFactory(options: Pick<SqliteStoreOptions, 'onStatement'> = {}): StoreFactory {
  const opened: { store: Store; writer: Writer }[] = [];
  const folders: string[] = [];
  return {
    async place() {
      const folder = await mkdtemp(join(tmpdir(), 'mooring-sqlite-'));
      folders.push(folder);
      return join(folder, 'store.db');
    },
    async open(path, epoch) {
      const writer = createWriter();
      const create = epoch === undefined ? undefined : { epoch };
      try {
        const store = await createSqliteStore({ path, collections: STORE_COLLECTIONS, writer, create, ...options });
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
