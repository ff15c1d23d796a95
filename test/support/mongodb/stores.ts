import { randomBytes } from 'node:crypto';
import type { MongoSettings } from '../../../src/domain/storage-settings.js';
import {
  createMongoConnection,
  type MongoConnection,
  type MongoConnectionOptions,
} from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore, type MongoStoreOptions } from '../../../src/storage/mongodb/store.js';
import type { Store } from '../../../src/storage/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../../contract/store.js';

/** Settings for a database of a server of the tests. */
export function mongoSettings(uri: string, database: string, more: Partial<MongoSettings> = {}): MongoSettings {
  return { connectionString: uri, database, maxPoolSize: 10, allowPlaintext: [], isFromEnvironment: true, ...more };
}

/** Stores in one database, where a place is a project. Each has a connection of its own, as stores of different processes have. */
export function mongoFactory(
  uri: string,
  database: string,
  options: Pick<MongoStoreOptions, 'onStatement'> & Pick<MongoConnectionOptions, 'isOld'> = {},
): StoreFactory {
  const opened: { store: Store; connection: MongoConnection }[] = [];
  return {
    place: async () => `prj_${randomBytes(8).toString('hex')}`,
    async open(projectId, epoch) {
      const { isOld, ...hooks } = options;
      const connection = createMongoConnection({ settings: mongoSettings(uri, database), ...(isOld && { isOld }) });
      const create = epoch === undefined ? undefined : { epoch };
      try {
        const store = await createMongoStore({
          connection,
          projectId,
          collections: STORE_COLLECTIONS,
          create,
          ...hooks,
        });
        opened.push({ store, connection });
        return store;
      } catch (error) {
        await connection.close();
        throw error;
      }
    },
    async cleanUp() {
      for (const { store, connection } of opened.splice(0)) {
        await store.close();
        await connection.close();
      }
    },
  };
}
