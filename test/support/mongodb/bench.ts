import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import type { Memory } from '../../../src/domain/memory.js';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { createMongoConnection, type MongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { aMemory } from '../records.js';
import { freshDatabase, type MongoServer, startMongo } from './mongodb.js';
import { mongoSettings } from './stores.js';

/** How long a store is waited for after a fault is over: only one that never recovers misses it. In milliseconds. */
const RECOVERY = 60_000;
export const PROJECT = 'prj_faults';

/** A MongoDB server for one test file, for faults that others shouldn't see, and a database for each test. */
export interface MongoBench {
  readonly server: MongoServer;
  /** Of this test. */
  readonly database: string;
  /** Reads the database directly, without Mooring. */
  readonly outside: MongoClient;
  /** A connection of Mooring to the test's database, closed with the test. Default: straight to the server. */
  connect(uri?: string): MongoConnection;
  /** Opens the store of a project over a connection; it is closed with the test. Default: one of its own, and `PROJECT`. */
  open(connection?: MongoConnection, projectId?: string): Promise<Store>;
}

/** Starts the server before the tests of the file, and ends it after them. Configured failures end with each test. */
export function createMongoBench(): MongoBench {
  let server: MongoServer;
  let database: string;
  let outside: MongoClient;
  beforeAll(async () => {
    server = await startMongo({ testCommands: true });
    outside = await MongoClient.connect(server.uri);
  });
  afterAll(async () => {
    await outside?.close();
    await server?.stop();
  });
  beforeEach(() => {
    database = freshDatabase();
  });
  afterEach(() => outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' }));

  function connect(uri = server.uri): MongoConnection {
    const connection = createMongoConnection({ settings: mongoSettings(uri, database) });
    onTestFinished(() => connection.close());
    return connection;
  }

  return {
    get server() {
      return server;
    },
    get database() {
      return database;
    },
    get outside() {
      return outside;
    },
    connect,
    async open(connection = connect(), projectId = PROJECT) {
      const options = { connection, projectId, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
      const store = await createMongoStore(options);
      onTestFinished(() => store.close());
      return store;
    },
  };
}

/** Saves a memory. @returns it */
export async function save(store: Store): Promise<Memory> {
  const memory = aMemory();
  await store.commit([put(memory)], context());
  return memory;
}

/** What a piece of work failed with; null when it didn't. */
export async function errorOf(work: Promise<unknown>): Promise<StoreError | null> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error !== null) expect(error).toBeInstanceOf(StoreError);
  return error as StoreError | null;
}

/** Resolves with a memory when a write goes through; fails when none ever does. */
export async function recovered(store: Store): Promise<Memory> {
  const since = performance.now();
  for (;;) {
    try {
      return await save(store);
    } catch (error) {
      if (performance.now() - since > RECOVERY) throw error;
      await delay(50);
    }
  }
}
