import { join } from 'node:path';
import { createSqliteStore, type SqliteStoreOptions } from '../../src/storage/sqlite/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../contract/store.js';
import { borrowReader, borrowWriter } from './machine/threads.js';
import { trackStores } from './track-stores.js';

export interface SqliteFactoryOptions extends Pick<SqliteStoreOptions, 'onStatement'> {
  /** Whether slow reads run in a reader thread. */
  readonly withReader?: boolean;
}

/** SQLite stores in temporary folders. Each has threads of its own, as stores of different processes have. */
export function sqliteFactory({ withReader = false, ...options }: SqliteFactoryOptions = {}): StoreFactory {
  const { folder, open, cleanUp } = trackStores();
  return {
    place: async () => join(await folder('mooring-sqlite-'), 'store.db'),
    async open(path, epoch) {
      const writer = borrowWriter();
      const reader = withReader ? borrowReader() : undefined;
      const create = epoch === undefined ? undefined : { epoch };
      const parts = { path, collections: STORE_COLLECTIONS, writer, reader, create };
      return open(reader ? [writer, reader] : [writer], () => createSqliteStore({ ...parts, ...options }));
    },
    cleanUp,
  };
}
