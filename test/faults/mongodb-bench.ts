import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { StoreError } from '../../src/domain/errors.js';
import type { Memory } from '../../src/domain/memory.js';
import { PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createMongoConnection, type MongoConnection } from '../../src/storage/mongodb/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import type { Store } from '../../src/storage/store.js';
import { aMemory, context, EPOCH, put } from '../contract/store.js';
import { freshDatabase, type MongoServer, startMongo } from '../support/mongodb.js';
import { mongoSettings } from '../support/mongodb-stores.js';

/** How long a store is waited for after a fault is over: only one that never works again misses it. In milliseconds. */
const RECOVERY = 60_000;
export const PROJECT = 'prj_faults';

/** A MongoDB server of a file's own, for faults that others shouldn't have, and a database for each test. */
export interface FaultyMongo {
  readonly server: MongoServer;
  /** Of this test. */
  readonly database: string;
  /** Looks at the database beside Mooring. */
  readonly outside: MongoClient;
  /** Closes something at the end of the test: what is opened later, before. */
  atEnd(close: () => Promise<unknown>): void;
  /** Opens the store of the test's project, which is closed with the test. */
  open(uri?: string): Promise<{ readonly store: Store; readonly connection: MongoConnection }>;
}

/** Starts the server before the tests of the file, and ends it after them. */
export function faultyMongo(): FaultyMongo {
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
  const closing: (() => Promise<unknown>)[] = [];
  const atEnd = (close: () => Promise<unknown>) => void closing.push(close);
  beforeEach(() => {
    database = freshDatabase();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

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
    atEnd,
    async open(uri = server.uri) {
      const connection = createMongoConnection({ settings: mongoSettings(uri, database) });
      atEnd(() => connection.close());
      const options = { connection, projectId: PROJECT, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
      const store = await createMongoStore(options);
      atEnd(() => store.close());
      return { store, connection };
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
