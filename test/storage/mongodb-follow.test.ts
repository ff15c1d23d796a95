import { setImmediate as turn } from 'node:timers/promises';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memories, PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createMongoConnection, type MongoConnection } from '../../src/storage/mongodb/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import type { Store } from '../../src/storage/store.js';
import { aMemory, context, EPOCH, put } from '../contract/store.js';
import { freshDatabase, type MongoServer, mongoUnavailable, startMongo } from '../support/mongodb.js';
import { mongoSettings } from '../support/mongodb-stores.js';

describe.skipIf(mongoUnavailable)('who reads what others write to MongoDB', () => {
  let server: MongoServer;
  let outside: MongoClient;
  let database: string;
  const closing: (() => Promise<unknown>)[] = [];
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
  afterEach(async () => {
    await outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    for (const close of closing.splice(0).reverse()) await close();
  });

  function connect(uri = server.uri): MongoConnection {
    const connection = createMongoConnection({ settings: mongoSettings(uri, database) });
    closing.push(() => connection.close());
    return connection;
  }

  async function open(connection: MongoConnection, projectId: string): Promise<Store> {
    const options = { connection, projectId, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
    const store = await createMongoStore(options);
    closing.push(() => store.close());
    return store;
  }

  /** The first entries that a follower is given. */
  function follow(store: Store): Promise<readonly string[]> {
    const stop = new AbortController();
    closing.push(async () => stop.abort());
    return (async () => {
      for await (const entries of store.log.follow(0, stop.signal)) return entries.map(({ recordId }) => recordId);
      return [];
    })();
  }

  const failReads = (times: number) =>
    outside.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { times },
      data: { failCommands: ['find'], errorCode: 50 },
    });

  /** Watches what is asked of the server. */
  function watched() {
    const connection = connect(`${server.uri}&monitorCommands=true`);
    const commands: Document[] = [];
    connection.client.on('commandStarted', ({ command }) => commands.push(command));
    return { connection, commands };
  }

  it('is given what there is though the heads can’t be read when it begins to listen', async () => {
    const memory = aMemory();
    await (await open(connect(), 'prj_a')).commit([put(memory)], context());
    const store = await open(connect(), 'prj_a');
    await failReads(2);
    expect(await follow(store)).toEqual([memory.id]);
  });

  it('is given what there is though the heads can’t be read when it joins others', async () => {
    const memory = aMemory();
    await (await open(connect(), 'prj_b')).commit([put(memory)], context());
    const connection = connect();
    const [first, second] = [await open(connection, 'prj_a'), await open(connection, 'prj_b')];
    void follow(first);
    while (!connection.heads.isLive) await turn();
    await failReads(1);
    expect(await follow(second)).toEqual([memory.id]);
  });

  it('asks now and then for entries that the head tells of and that can’t be read yet', async () => {
    const { connection, commands } = watched();
    const store = await open(connection, 'prj_a');
    const following = follow(store);
    await outside
      .db(database)
      .collection<Document>('heads')
      .updateOne({ _id: 'prj_a' as never }, { $inc: { seq: 1 } });
    const asked = () => commands.filter(({ find }) => find === 'log').length;
    while (asked() < 2) await turn();
    const before = asked();
    const start = performance.now();
    for (let reads = 0; reads < 100; reads += 1) await store.collection(memories).get(['mem_none']);
    // Every tenth of a second, by two requests.
    expect(asked() - before).toBeLessThanOrEqual(2 * ((performance.now() - start) / 100 + 2));

    const memory = aMemory();
    await (await open(connect(), 'prj_b')).commit([put(memory)], context());
    const log = outside.db(database).collection<Document>('log');
    const { _id, ...entry } = (await log.findOne({ project: 'prj_b' }))!;
    await log.insertOne({ ...entry, project: 'prj_a' });
    expect(await following).toEqual([memory.id]);
  });

  it('reads nothing older than what its own process was acknowledged', async () => {
    const { connection, commands } = watched();
    const store = await open(connection, 'prj_a');
    const memory = aMemory();
    let acknowledgedAt: unknown;
    connection.client.on('commandSucceeded', ({ commandName, reply }) => {
      if (commandName === 'commitTransaction') acknowledgedAt = (reply as Document).operationTime;
    });
    await store.commit([put(memory)], context());
    expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
    await store.collection(memories).count();
    const concerns = commands
      .slice(commands.findLastIndex(({ commitTransaction }) => commitTransaction))
      .flatMap(({ find, aggregate, readConcern }) => (find || aggregate ? [readConcern] : []));
    expect(acknowledgedAt).toBeDefined();
    expect(concerns).toHaveLength(2);
    for (const { level, afterClusterTime } of concerns) {
      expect(level).toBe('majority');
      expect(afterClusterTime.greaterThanOrEqual(acknowledgedAt)).toBe(true);
    }
  });
});
