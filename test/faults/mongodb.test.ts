import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.js';
import { memories, PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createMongoConnection, type MongoConnection } from '../../src/storage/mongodb/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import type { Store } from '../../src/storage/store.js';
import { aMemory, context, EPOCH, put } from '../contract/store.js';
import { amount } from '../support/extent.js';
import { freshDatabase, type MongoServer, mongoUnavailable, startMongo } from '../support/mongodb.js';
import { type Acknowledged, findFaults, startWriters } from '../support/mongodb-proof.js';
import { mongoSettings } from '../support/mongodb-stores.js';
import { makeShared } from '../support/mongodb-writer.js';
import { type Fault, type FaultProxy, startProxy } from '../support/proxy.js';

const SERVER_KILLS = amount({ quick: 3, all: 20 });
const CLIENT_KILLS = amount({ quick: 5, all: 30 });
/** How long a store is waited for after a fault is over: only one that never works again misses it. In milliseconds. */
const RECOVERY = 60_000;
const PROJECT = 'prj_faults';

describe.skipIf(mongoUnavailable)('MongoDB', () => {
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
  beforeEach(() => {
    database = freshDatabase();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open(uri = server.uri): Promise<{ readonly store: Store; readonly connection: MongoConnection }> {
    const connection = createMongoConnection({ settings: mongoSettings(uri, database) });
    closing.push(() => connection.close());
    const options = { connection, projectId: PROJECT, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
    const store = await createMongoStore(options);
    closing.push(() => store.close());
    return { store, connection };
  }
  const save = async (store: Store) => {
    const memory = aMemory();
    await store.commit([put(memory)], context());
    return memory;
  };
  const errorOf = async (work: Promise<unknown>): Promise<StoreError | null> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error !== null) expect(error).toBeInstanceOf(StoreError);
    return error as StoreError | null;
  };
  /** Resolves when a write goes through; fails when none ever does. */
  const recovered = async (store: Store, since = performance.now()) => {
    for (;;) {
      try {
        return await save(store);
      } catch (error) {
        if (performance.now() - since > RECOVERY) throw error;
      }
    }
  };

  describe('behind a network that fails', () => {
    let proxy: FaultProxy;
    let store: Store;
    let connection: MongoConnection;
    beforeEach(async () => {
      proxy = await startProxy({ port: server.port });
      closing.push(() => proxy.close());
      ({ store, connection } = await open(server.uri.replace(String(server.port), String(proxy.port))));
    });

    it.each<[Fault, RegExp]>([
      [{ kind: 'refuse' }, /STORE_UNAVAILABLE/],
      [{ kind: 'hang' }, /STORE_(TIMEOUT|UNAVAILABLE)/],
      [{ kind: 'cut', after: 20 }, /STORE_(TIMEOUT|UNAVAILABLE)/],
      [{ kind: 'garbage' }, /STORE_(TIMEOUT|UNAVAILABLE)/],
    ])('says so in time for %j, keeps what it acknowledged, and works again by itself', async (fault, code) => {
      const kept = [await save(store)];
      const { store: other } = await open();
      await proxy.set(fault);
      const [written, read, alive] = await Promise.all([
        errorOf(save(store)),
        errorOf(store.collection(memories).count()),
        errorOf(save(other)),
      ]);
      expect(written?.code).toMatch(code);
      expect(read?.code).toMatch(code);
      expect(alive).toBeNull();
      expect(connection.lastError).not.toBeNull();
      await proxy.set({ kind: 'none' });
      kept.push(await recovered(store));
      expect(await store.collection(memories).get(kept.map(({ id }) => id))).toEqual(kept);
    });

    it('is only slow when the network is', async () => {
      await proxy.set({ kind: 'slow', ms: 150 });
      const memory = await save(store);
      expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
    });

    it('acknowledges each write once while connections are cut all the time', async () => {
      const acknowledged: string[] = [];
      const attempted: string[] = [];
      let isOver = false;
      const writing = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (!isOver) {
            const memory = aMemory();
            attempted.push(memory.id);
            const error = await errorOf(store.commit([put(memory)], context()));
            if (!error) acknowledged.push(memory.id);
          }
        }),
      );
      closing.push(async () => {
        isOver = true;
        await writing;
      });
      for (let cuts = 0; cuts < 40; cuts += 1) {
        const before = acknowledged.length;
        while (acknowledged.length < before + 3) await new Promise(setImmediate);
        proxy.cut();
      }
      isOver = true;
      await writing;
      expect((await store.collection(memories).get(acknowledged)).every((found) => found !== null)).toBe(true);
      expect(await findFaults(outside.db(database), PROJECT, { pairs: new Set(), counts: 0 })).toEqual(
        expect.not.arrayContaining([expect.stringMatching(/log|twice|head/)]),
      );
      expect(await store.collection(memories).count()).toBeLessThanOrEqual(attempted.length);
    });

    it('finds a commit in the log whose answer never came', async () => {
      const first = await save(store);
      await proxy.set({ kind: 'lose', text: 'commitTransaction' });
      const commits = Array.from({ length: 5 }, () => save(store));
      const update = store.commit([put({ ...first, version: 2 })], context());
      while ((await outside.db(database).collection('log').countDocuments()) < 7) await new Promise(setImmediate);
      await proxy.set({ kind: 'none' });
      const written = await Promise.all(commits);
      await update;
      expect(await store.collection(memories).get(written.map(({ id }) => id))).toEqual(written);
      expect((await store.log.read(0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it('acknowledges nothing for which no acknowledgement comes, and says that it may have been done', async () => {
      await proxy.set({ kind: 'lose', text: 'commitTransaction' });
      const error = await errorOf(save(store));
      expect(error).toMatchObject({ code: 'STORE_TIMEOUT', message: expect.stringMatching(/may have been done/) });
      expect(await outside.db(database).collection('log').countDocuments()).toBe(1);
      await proxy.set({ kind: 'none' });
      await recovered(store);
    });

    it('lets a follower wait for it, and miss nothing', async () => {
      const seen: string[] = [];
      const stop = new AbortController();
      const following = (async () => {
        for await (const entries of store.log.follow(0, stop.signal)) {
          seen.push(...entries.map(({ recordId }) => recordId));
          if (seen.length === 3) stop.abort();
        }
      })();
      const { store: other } = await open();
      const written = [(await save(other)).id];
      while (seen.length < 1) await new Promise(setImmediate);
      await proxy.set({ kind: 'refuse' });
      written.push((await save(other)).id);
      await errorOf(store.collection(memories).count());
      await proxy.set({ kind: 'none' });
      written.push((await save(other)).id);
      await following;
      expect(seen).toEqual(written);
    });
  });

  describe('that steps down', () => {
    const failPoint = (data: object, times: number) =>
      outside.db('admin').command({ configureFailPoint: 'failCommand', mode: { times }, data });

    it.each([
      [{ failCommands: ['commitTransaction'], errorCode: 10107, errorLabels: ['RetryableWriteError'] }, 1],
      [{ failCommands: ['commitTransaction'], errorCode: 91, errorLabels: ['UnknownTransactionCommitResult'] }, 3],
      [{ failCommands: ['commitTransaction'], closeConnection: true }, 3],
      [{ failCommands: ['bulkWrite'], errorCode: 189, errorLabels: ['TransientTransactionError'] }, 2],
      [{ failCommands: ['bulkWrite', 'update', 'insert'], errorCode: 10107 }, 2],
      [{ failCommands: ['bulkWrite', 'findAndModify'], closeConnection: true }, 2],
      [{ failCommands: ['find', 'aggregate'], errorCode: 11602 }, 2],
    ])('writes what it acknowledges once, though %j', async (data, times) => {
      const { store } = await open();
      const first = await save(store);
      await failPoint(data, times);
      const memory = await save(store);
      await store.commit([put({ ...first, version: 2 })], context());
      expect(await store.collection(memories).get([memory.id, first.id])).toEqual([memory, { ...first, version: 2 }]);
      expect((await store.log.read(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
      await outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    });
  });

  it('opens projects while an index of many documents takes longer than anybody may wait, and says so', async () => {
    const { store: first } = await open();
    await save(first);
    await outside.db(database).collection('memories').dropIndex('sessionId_occurredAt');
    const data = { failCommands: ['createIndexes'], blockConnection: true, blockTimeMS: 20_000 };
    await outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
    const settings = mongoSettings(`${server.uri}&monitorCommands=true`, database);
    const connection = createMongoConnection({ settings });
    closing.push(() => connection.close());
    const sent: unknown[] = [];
    connection.client.on('commandStarted', ({ command }) => {
      if (command.createIndexes === 'memories') sent.push(command);
    });
    const options = { connection, projectId: PROJECT, collections: [memories] };
    const store = await createMongoStore(options);
    closing.push(() => store.close());
    expect((await store.health()).problems).toEqual([
      expect.stringMatching(/^The index memories.sessionId_occurredAt is missing/),
    ]);
    await save(store);
    await (await createMongoStore(options)).close();
    expect(sent).toHaveLength(1);
    await outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  });

  describe('under 8 writers', () => {
    const acknowledged: Acknowledged = { pairs: new Set(), counts: 0 };
    const start = () => startWriters({ uri: server.uri, database, project: PROJECT, counted: 5 }, acknowledged);
    const faults = () => findFaults(outside.db(database), PROJECT, acknowledged);
    beforeEach(async () => {
      acknowledged.pairs.clear();
      acknowledged.counts = 0;
      const { store } = await open();
      await makeShared(store);
    });

    it(`loses, halves and doubles nothing in ${SERVER_KILLS} kills of the server`, async () => {
      const writers = await start();
      for (let round = 0; round < SERVER_KILLS; round += 1) {
        await writers.until(writers.total + 5 + ((round * 7) % 40));
        await server.kill();
        await server.restart();
        await writers.until(writers.total + 1);
      }
      await writers.stop();
      console.log(`${acknowledged.pairs.size + acknowledged.counts} acknowledged; meanwhile:`, [...writers.failures]);
      expect(await faults()).toEqual([]);
    });

    it(`loses, halves and doubles nothing in ${CLIENT_KILLS} kills of the writers, and isn't held up by them`, async () => {
      const { store } = await open();
      for (let round = 0; round < CLIENT_KILLS; round += 1) {
        const writers = await start();
        await writers.until(5 + ((round * 7) % 40));
        await writers.kill();
        const { id, sessionId } = await recovered(store);
        await outside
          .db(database)
          .collection('memories')
          .updateOne({ _id: id as never }, { $set: { sessionId: 'shared' } });
        expect(sessionId).toBeNull();
      }
      expect(await faults()).toEqual([]);
    });

    it('loses and doubles nothing when two processes write at once', async () => {
      const both = await Promise.all([start(), start()]);
      await Promise.all(both.map((writers) => writers.until(400)));
      await Promise.all(both.map((writers) => writers.stop()));
      expect(both.flatMap(({ failures }) => [...failures])).toEqual([]);
      expect(await faults()).toEqual([]);
    });
  });
});
