import { setImmediate as turn } from 'node:timers/promises';
import { ClientSession, type Document, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { createMongoConnection, type MongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { aMemory } from '../../support/records.js';

const PROJECT = 'prj_majority';

describe.skipIf(mongoUnavailable)('a majority of MongoDB servers', () => {
  let connection: MongoConnection;
  let store: Store;
  /** Another program, as a person's mongosh is. */
  let outside: MongoClient;
  let database: string;
  beforeEach(async () => {
    database = freshDatabase();
    connection = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    const options = { connection, projectId: PROJECT, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
    store = await createMongoStore(options);
    outside = await MongoClient.connect(sharedMongo());
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await store.close();
    await connection.close();
    await dropDatabase(database);
    await outside.close();
  });
  const raw = (name: string) => outside.db(database).collection<Document & { _id: string }>(name);

  /** Commits are done where they are sent to, as on a primary whose secondaries are late, and not answered before they are released. */
  function withLateMajority() {
    const commit = ClientSession.prototype.commitTransaction;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const late = { held: 0, release };
    vi.spyOn(ClientSession.prototype, 'commitTransaction').mockImplementation(async function (this: ClientSession) {
      await commit.call(this);
      late.held += 1;
      await released;
    });
    return late;
  }

  it('has a commit before it is acknowledged, however late it is', async () => {
    const majority = withLateMajority();
    const memory = aMemory();
    let isAcknowledged = false;
    const saving = store.commit([put(memory)], context()).finally(() => {
      isAcknowledged = true;
    });
    // Its own commit, and that of the check why it takes long.
    while (majority.held < 2 && !isAcknowledged) await turn();
    expect(await raw('memories').findOne({ _id: memory.id })).not.toBeNull();
    expect(isAcknowledged).toBe(false);
    majority.release();
    await saving;
    expect((await store.log.read(0, 10)).map(({ recordId }) => recordId)).toEqual([memory.id]);
  });
});
