import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOG_START } from '../../../src/domain/log-position.js';
import { createMongoConnection, type MongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import type { Store } from '../../../src/storage/store.js';
import { context, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { aMemory } from '../../support/records.js';

describe.skipIf(mongoUnavailable)('a follower of projects in MongoDB', () => {
  function connect(database: string): MongoConnection {
    const connection = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    onTestFinished(connection.close);
    return connection;
  }

  async function open(connection: MongoConnection, projectId: string, isNew: boolean): Promise<Store> {
    const create = isNew ? { epoch: 1 } : undefined;
    const store = await createMongoStore({ connection, projectId, collections: STORE_COLLECTIONS, create });
    onTestFinished(store.close);
    return store;
  }

  /** Follows until the log has this length; fails with the test's timeout. */
  async function followTo(store: Store, seq: number): Promise<void> {
    const stop = new AbortController();
    for await (const entries of store.log.follow(LOG_START, stop.signal)) if (entries.at(-1)!.seq >= seq) stop.abort();
  }

  it('still notices others when the database was dropped under a stream that was open', async () => {
    const database = freshDatabase();
    const outside = await new MongoClient(sharedMongo()).connect();
    onTestFinished(async () => {
      await dropDatabase(database);
      await outside.close();
    });
    const here = connect(database);
    const first = await open(here, 'prj_first', true);
    const noticed = followTo(first, 1);
    await first.commit([put(aMemory())], context());
    await noticed;
    const lost = followTo(first, 2).catch(() => undefined);
    while (!here.heads.isLive) await delay(5);
    await outside.db(database).dropDatabase();
    // A dead stream that answers at once would starve everything else.
    await delay(1_000);

    const there = await open(connect(database), 'prj_second', true);
    const second = await open(here, 'prj_second', false);
    const again = followTo(second, 2);
    await there.commit([put(aMemory()), put(aMemory())], context());
    await again;
    expect((await second.log.head()).seq).toBe(2);
    await first.close();
    await lost;
  });
});
