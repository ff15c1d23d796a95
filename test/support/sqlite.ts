import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reader } from '../../src/storage/sqlite/reader.js';
import { createSqliteStore, type SqliteStoreOptions } from '../../src/storage/sqlite/store.js';
import type { Writer } from '../../src/storage/sqlite/writer.js';
import type { Store } from '../../src/storage/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../contract/store.js';
import { borrowReader, borrowWriter } from './machine/threads.js';

export interface SqliteFactoryOptions extends Pick<SqliteStoreOptions, 'onStatement'> {
  /** Whether reads that take long are done in a reader thread. */
  readonly withReader?: boolean;
}

/** SQLite stores in temporary folders. Each has threads of its own, as stores of different processes have. */
export function sqliteFactory({ withReader = false, ...options }: SqliteFactoryOptions = {}): StoreFactory {
  const opened: { store: Store; writer: Writer; reader: Reader | undefined }[] = [];
  const folders: string[] = [];
  return {
    async place() {
      const folder = await mkdtemp(join(tmpdir(), 'mooring-sqlite-'));
      folders.push(folder);
      return join(folder, 'store.db');
    },
    async open(path, epoch) {
      const writer = borrowWriter();
      const reader = withReader ? borrowReader() : undefined;
      const create = epoch === undefined ? undefined : { epoch };
      const parts = { path, collections: STORE_COLLECTIONS, writer, reader, create };
      try {
        const store = await createSqliteStore({ ...parts, ...options });
        opened.push({ store, writer, reader });
        return store;
      } catch (error) {
        await Promise.all([writer.close(), reader?.close()]);
        throw error;
      }
    },
    async cleanUp() {
      for (const { store, writer, reader } of opened.splice(0)) {
        await store.close();
        await writer.close();
        await reader?.close();
      }
      for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
    },
  };
}
