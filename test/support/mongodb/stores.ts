import { randomBytes } from 'node:crypto';
import type { MongoSettings } from '../../../src/domain/storage-settings.js';
import {
  createMongoConnection,
  type MongoConnectionOptions,
} from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore, type MongoStoreOptions } from '../../../src/storage/mongodb/store.js';
import { STORE_COLLECTIONS, type StoreFactory } from '../../contract/store.js';
import { trackStores } from '../track-stores.js';

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
  const { isOld, ...hooks } = options;
  const { open, cleanUp } = trackStores();
  return {
    place: async () => `prj_${randomBytes(8).toString('hex')}`,
    async open(projectId, epoch) {
      const connection = createMongoConnection({ settings: mongoSettings(uri, database), ...(isOld && { isOld }) });
      const create = epoch === undefined ? undefined : { epoch };
      const parts = { connection, projectId, collections: STORE_COLLECTIONS, create };
      return open([connection], () => createMongoStore({ ...parts, ...hooks }));
    },
    cleanUp,
  };
}
