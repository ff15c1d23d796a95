import { setImmediate as turn } from 'node:timers/promises';
import { type Document, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConflictError, RouteChangedError } from '../../../src/domain/errors.js';
import { memories, PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { checkMongo } from '../../../src/storage/mongodb/connection/checks.js';
import { createMongoConnection, type MongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { mongoHealth, repairMongo } from '../../../src/storage/mongodb/health.js';
import { destroyProject, listProjects } from '../../../src/storage/mongodb/projects.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import type { Store } from '../../../src/storage/store.js';
import type { Json, JsonObject } from '../../../src/util/json/json.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { anEntry, batch, MOVING, of } from '../../contract/store-moving.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { aMemory } from '../../support/records.js';

const PROJECT = 'prj_01jxxxxxxxxxxxxxxxabcdefgh';

describe.skipIf(mongoUnavailable)('a project in MongoDB', () => {
  let database: string;
  let connection: MongoConnection;
  let store: Store;
  /** Another program, as a person's mongosh is. */
  let outside: MongoClient;
  const open = (projectId = PROJECT) =>
    createMongoStore({
      connection,
      projectId,
      collections: PROJECT_COLLECTIONS,
      create: { epoch: EPOCH },
    });
  beforeEach(async () => {
    database = freshDatabase();
    connection = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    store = await open();
    outside = await MongoClient.connect(sharedMongo());
  });
  afterEach(async () => {
    await store.close();
    await connection.close();
    await dropDatabase(database);
    await outside.close();
  });
  const raw = (name: string) => outside.db(database).collection<Document & { _id: string }>(name);
  const stored = async (id: string) => (await store.collection(memories).get([id]))[0];
  const save = async (...documents: ReturnType<typeof aMemory>[]) => {
    await store.commit(
      documents.map((document) => put(document)),
      context(),
    );
    return documents;
  };

  it('is stored as documents that a person can read', async () => {
    const memory = aMemory({ content: 'hello', metadata: { tags: ['a'], 'dotted.key': 1 } });
    await save(memory);
    const { id, ...fields } = memory;
    expect(await raw('memories').findOne({ _id: id })).toEqual({ _id: id, project: PROJECT, ...fields });
    expect(await raw('heads').findOne({ _id: PROJECT })).toMatchObject({ epoch: EPOCH, seq: 1 });
    expect(await raw('log').findOne({ project: PROJECT })).toMatchObject({ seq: 1, record: id, operation: 'CREATE' });
  });

  it('returns exactly what was put in, whatever its keys and values', async () => {
    let deep: Json = 'bottom';
    for (let level = 0; level < 150; level += 1) deep = level % 2 ? [deep] : { deeper: deep };
    const keys = ['$a', '$ref', '$id', '$db', 'a.b', '', ' ', 'a"b', '＄', '＄x', '_bsontype', 'toBSON', 'constructor'];
    const metadata = JSON.parse(
      JSON.stringify(
        Object.fromEntries(
          [...keys, 'nul\0key', 'half\ud800key', '9', '10'].map((key, index) => [key, { [key]: index }]),
        ),
      ).replace(/^\{/, '{"__proto__": {"__proto__": 1},'),
    ) as JsonObject;
    const memory = aMemory({
      content: 'nul \0, half a pair \ud83d, 🦑',
      metadata: {
        ...metadata,
        deep,
        numbers: [0, -0, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, 1e300, 5e-324],
        bson: { _bsontype: 'ObjectId', id: 'x' },
        reference: { $ref: 'tasks', $id: 1, $db: 'x' },
        empty: [{}, [], '', null, false],
      },
    });
    await save(memory);
    const found = await stored(memory.id);
    expect(JSON.stringify(found)).toBe(JSON.stringify(memory));
    expect(Object.is((found!.metadata.numbers as number[])[1], -0)).toBe(true);
    await save({ ...memory, version: 2 });
    const [, entry] = await store.log.read(0, 2);
    expect(entry?.before).toEqual(found);
    const list = async (path: string[], equals: Json) =>
      (
        await store.collection(memories).list({
          where: [{ path, equals }],
          order: { field: 'createdAt', direction: 'ASC' },
          limit: 1,
        })
      ).items.length;
    for (const [index, key] of keys.entries())
      expect([key, await list(['metadata', key, key], index)]).toEqual([key, 1]);
    expect(await list(['metadata', 'nul\0key'], { 'nul\0key': keys.length })).toBe(1);
    expect(await list(['metadata', 'empty'], [{}, [], '', null, false])).toBe(1);
    expect(await list(['metadata', 'nothing'], null)).toBe(0);
    expect(await list(['metadata', 'numbers', '0'], 0)).toBe(0);
  });

  it('refuses a commit that exceeds a document’s size, and no other commit with it', async () => {
    const large = aMemory({ metadata: { text: 'x'.repeat(17_000_000) } });
    const small = aMemory();
    const [refused, taken] = await Promise.allSettled([save(large), save(small)]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'RECORD_TOO_LARGE' } });
    expect(taken.status).toBe('fulfilled');
    expect(await stored(small.id)).toEqual(small);
    expect((await store.log.head()).seq).toBe(1);
  });

  it('doesn’t read a record again that it has just read or written, to change it', async () => {
    const [memory] = await save(aMemory());
    const commands = await watching(async (watched) => {
      await watched.collection(memories).get([memory!.id]);
      for (const version of [2, 3]) await watched.commit([put({ ...memory!, version })], context());
    });
    expect(commands.filter(({ find }) => find === 'memories')).toHaveLength(1);
    expect((await store.log.read(1, 2)).map(({ before }) => before)).toEqual([memory, { ...memory, version: 2 }]);
  });

  it('reads its head once for concurrent callers', async () => {
    await save(aMemory());
    const commands = await watching(async (watched) => {
      const heads = await Promise.all(Array.from({ length: 100 }, () => watched.log.head()));
      expect(new Set(heads.map(({ seq }) => seq))).toEqual(new Set([1]));
      await save(aMemory());
      expect((await watched.log.head()).seq).toBe(2);
    });
    expect(commands.filter(({ find }) => find === 'heads').length).toBeLessThan(10);
  });

  it('answers a checked record that moves on meanwhile with a conflict, whichever commits first', async () => {
    const second = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    const other = await createMongoStore({ connection: second, projectId: PROJECT, collections: PROJECT_COLLECTIONS });
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = await save(aMemory(), aMemory());
      const crossing = (by: Store, checked: string, written: typeof a) =>
        by.commit(
          [{ kind: 'check', collection: memories.name, id: checked, version: 1 }, put({ ...written!, version: 2 })],
          context(),
        );
      // Each checks what the other writes: only one of them may go through.
      const outcomes = await Promise.allSettled([crossing(store, a!.id, b), crossing(other, b!.id, a)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(ConflictError) });
    }
    await other.close();
    await second.close();
  });

  it('reads each page from an index, however deep it is', async () => {
    await save(...Array.from({ length: 40 }, (_, n) => aMemory({ occurredAt: `2026-01-01T00:00:${n + 10}.000Z` })));
    const commands = await watching(async (watched) => {
      for (const direction of ['ASC', 'DESC'] as const) {
        const order = { field: 'occurredAt', direction } as const;
        const first = await watched.collection(memories).list({ order, limit: 5 });
        const last = first.items.at(-1)!;
        await watched.collection(memories).list({ order, limit: 5, after: { value: last.occurredAt, id: last.id } });
      }
    });
    const filters = commands.flatMap(({ filter, pipeline }) =>
      pipeline ? filtersOf(pipeline) : filter ? [filter] : [],
    );
    expect(filters).toHaveLength(7);
    for (const filter of filters) {
      const found = raw('memories').find(filter).sort({ occurredAt: 1, _id: 1 }).limit(6);
      const { queryPlanner, executionStats } = await found.explain('executionStats');
      const plan = JSON.stringify(queryPlanner.winningPlan);
      console.log(`${executionStats.totalDocsExamined} documents examined for ${JSON.stringify(filter)}`);
      expect(plan).toMatch(/IXSCAN/);
      expect(plan).not.toMatch(/COLLSCAN/);
      // A server whose plans stop after a page examines no more than a page; the tests' own one continues to the end.
      if (process.env.MONGODB_TEST_URI) expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(6);
    }
  });

  const filtersOf = (stages: readonly Document[]): Document[] =>
    stages.flatMap(({ $match, $unionWith }) => [
      ...($match ? [$match as Document] : []),
      ...($unionWith ? filtersOf($unionWith.pipeline) : []),
    ]);

  /** The reads that the work sends to the server. */
  async function watching(work: (store: Store) => Promise<void>): Promise<readonly Document[]> {
    const client = new MongoClient(sharedMongo(), { monitorCommands: true });
    const commands: Document[] = [];
    client.on('commandStarted', ({ command }) => commands.push(command));
    const watched = await createMongoStore({
      connection: { ...connection, reads: client.db(database) },
      projectId: PROJECT,
      collections: PROJECT_COLLECTIONS,
    });
    commands.length = 0;
    await work(watched);
    await watched.close();
    await client.close();
    return commands;
  }

  it('trims its log by numbers, which have an index, in steps', async () => {
    const old = { ...context(), at: '2026-01-01T00:00:00.000Z' };
    const documents = Array.from({ length: 1_100 }, () => aMemory());
    for (let n = 0; n < documents.length; n += 275) {
      await store.commit(
        documents.slice(n, n + 275).map((document) => put(document)),
        old,
      );
    }
    await store.commit([put({ ...documents[0]!, version: 2 })], old);
    await store.commit([put({ ...documents[0]!, version: 3 })], { ...old, at: '2026-01-02T00:00:00.000Z' });
    const commands = await watching(async (watched) => {
      expect(await watched.trimLog('2026-01-02T00:00:00.000Z')).toBe(1);
    });
    expect(await store.log.head()).toMatchObject({ seq: 1_102, floor: 1_101 });
    const filters = commands.flatMap(({ find, filter }) => (find === 'log' ? [Object.keys(filter)] : []));
    expect(filters.length).toBeGreaterThan(1);
    for (const filter of filters) expect(filter).toEqual(['project', 'seq']);
  });

  it('lists the projects in the database, and removes one entirely', async () => {
    const other = await open('prj_01jxxxxxxxxxxxxxxxother000');
    await store.writeManifest({ name: 'first', odd: { $key: 1 } });
    await save(aMemory(), aMemory());
    const kept = aMemory();
    await other.commit([put(kept)], context());
    await raw('memory_embeddings').insertMany([
      { _id: 'a', project: PROJECT },
      { _id: 'b', project: 'prj_01jxxxxxxxxxxxxxxxother000' },
    ]);
    expect(await listProjects(connection)).toEqual([
      { projectId: PROJECT, manifest: { name: 'first', odd: { $key: 1 } }, epoch: EPOCH },
      { projectId: 'prj_01jxxxxxxxxxxxxxxxother000', manifest: null, epoch: EPOCH },
    ]);
    await store.close();
    for (let n = 0; n < 2; n += 1) await destroyProject(connection, PROJECT);
    const left = await Promise.all(
      ['heads', 'log', 'memories', 'memory_embeddings', 'writers'].map((name) =>
        raw(name).countDocuments({ $or: [{ project: PROJECT }, { _id: PROJECT }] }),
      ),
    );
    expect(left).toEqual([0, 0, 0, 0, 0]);
    expect(await other.collection(memories).get([kept.id])).toEqual([kept]);
    expect(await raw('memory_embeddings').countDocuments()).toBe(1);
    expect(await listProjects(connection)).toHaveLength(1);
    await other.close();
    await expect(
      createMongoStore({ connection, projectId: PROJECT, collections: PROJECT_COLLECTIONS }),
    ).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('accepts no writes while it is being removed', async () => {
    const second = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    const other = await createMongoStore({ connection: second, projectId: PROJECT, collections: PROJECT_COLLECTIONS });
    const attempts: PromiseSettledResult<unknown>[] = [];
    const watched: MongoConnection = {
      ...connection,
      async run(work) {
        const done = await connection.run(work);
        attempts.push(...(await Promise.allSettled([other.commit([put(aMemory())], context())])));
        return done;
      },
    };
    await destroyProject(watched, PROJECT);
    expect(attempts.length).toBeGreaterThan(2);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE' } });
    expect(await raw('memories').countDocuments({ project: PROJECT })).toBe(0);
    await other.close();
    await second.close();
  });

  it('removes nothing of one that was created again while its removal stalled', async () => {
    await save(aMemory());
    let isFirst = true;
    const kept = aMemory();
    const asleep: MongoConnection = {
      ...connection,
      async run(work) {
        const done = await connection.run(work);
        if (!isFirst) return done;
        isFirst = false;
        // Another process finishes it, and the project comes back.
        await destroyProject(connection, PROJECT, Number.NEGATIVE_INFINITY);
        const options = { connection, projectId: PROJECT, collections: PROJECT_COLLECTIONS, create: { epoch: 7 } };
        const made = await createMongoStore(options);
        await made.commit([put(kept)], context({ epoch: 7 }));
        await made.close();
        return done;
      },
    };
    await destroyProject(asleep, PROJECT, EPOCH);
    expect(await listProjects(connection)).toMatchObject([{ projectId: PROJECT, epoch: 7 }]);
    expect(await raw('memories').countDocuments({ project: PROJECT })).toBe(1);
    expect(await raw('log').countDocuments({ project: PROJECT })).toBe(1);
  });

  it('imports nothing once its epoch is another, though the two meet and nothing is added to the log', async () => {
    await store.setEpoch(EPOCH, -1);
    const memory = aMemory();
    const runner = outside.startSession();
    runner.startTransaction();
    await raw('heads').updateOne({ _id: PROJECT }, { $set: { epoch: EPOCH + 2 } }, { session: runner });
    let turnedAway = 0;
    let isSettled = false;
    connection.client.on('connectionCheckedOut', () => {
      turnedAway += 1;
    });
    const batch = { documents: [{ collection: memories.name, document: memory }], entries: [], removed: [] };
    const importing = store.import(batch, -1).finally(() => {
      isSettled = true;
    });
    const outcome = expect(importing).rejects.toBeInstanceOf(RouteChangedError);
    while (!isSettled && turnedAway < 10) await turn();
    await runner.commitTransaction();
    await runner.endSession();
    await outcome;
    expect(await raw('memories').findOne({ _id: memory.id })).toBeNull();
  });

  it.each(['document', 'image in the log'])(
    'refuses an import with a record that is too large as a %s, and names it',
    async (what) => {
      await store.setEpoch(EPOCH, MOVING);
      // As an entry's image a record is larger than alone, and a letter may take three bytes.
      const text = '€'.repeat((16_777_216 - (what === 'document' ? 100 : 400)) / 3);
      const large = aMemory({ content: text });
      const image = { ...anEntry(2, large, 'UPDATE'), before: { ...large } };
      const part = what === 'document' ? { documents: of('memories', aMemory(), large) } : { entries: [image] };
      await expect(store.import(batch(part), MOVING)).rejects.toMatchObject({
        code: 'RECORD_TOO_LARGE',
        message: expect.stringContaining(large.id),
      });
      expect(await raw('memories').countDocuments()).toBe(0);
      expect(await store.log.head()).toMatchObject({ seq: 0 });
    },
  );

  it('accepts a record that is as large as a document may be', async () => {
    await store.setEpoch(EPOCH, MOVING);
    const large = aMemory({ content: 'x'.repeat(16_777_216 - 1_000) });
    await store.import(batch({ documents: of('memories', large) }), MOVING);
    expect(await store.collection(memories).get([large.id])).toEqual([large]);
  });

  it('reads nothing for an import that comes next, and sends a message for each collection', async () => {
    await store.setEpoch(EPOCH, MOVING);
    const record = aMemory({ version: 2 });
    const sent: string[] = [];
    const settings = mongoSettings(`${sharedMongo()}&monitorCommands=true`, database);
    const watched = createMongoConnection({ settings });
    watched.client.on('commandStarted', ({ command, commandName }) => {
      // Long work renews its heartbeat.
      if (command.update !== 'writers') sent.push(commandName);
    });
    const other = await createMongoStore({ connection: watched, projectId: PROJECT, collections: PROJECT_COLLECTIONS });
    const take = async (seq: number) => {
      const entries = [anEntry(seq, record, 'UPDATE', 'before'), anEntry(seq + 1, aMemory(), 'PURGE')];
      await other.import(batch({ documents: of('memories', record, aMemory()), entries }), MOVING);
    };
    await take(2);
    sent.length = 0;
    await take(4);
    expect(sent).toEqual(['update', 'update', 'insert', 'update', 'commitTransaction']);
    await other.close();
    await watched.close();
  });

  it('isn’t opened when a newer version wrote it', async () => {
    await raw('heads').updateOne({ _id: PROJECT }, { $set: { format: 2 } });
    await expect(open()).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
  });

  it('names the indexes that are missing, and recreates them', async () => {
    await raw('memories').dropIndex('sessionId_occurredAt');
    const problem = 'The index memories.sessionId_occurredAt is missing, so reads are slow.';
    expect(await mongoHealth(connection, PROJECT_COLLECTIONS)).toMatchObject({
      ok: true,
      isReachable: true,
      place: expect.stringMatching(new RegExp(`/${database}$`)),
      latencyMs: expect.any(Number),
      collections: expect.arrayContaining([{ name: 'memories', count: 0 }]),
      indexes: { missing: ['memories.sessionId_occurredAt'] },
      pool: { max: 10 },
      problems: [problem],
    });
    expect(await store.health()).toMatchObject({ ok: false });
    expect(await repairMongo(connection, PROJECT_COLLECTIONS)).toEqual(['memories.sessionId_occurredAt']);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
    expect(connection.pool.inUse).toBeLessThanOrEqual(1);
  });

  it('ends the transaction of a process that died in it', async () => {
    const dead = outside.startSession();
    const id = dead.id!.id.toString('hex');
    await raw('writers').insertOne({ _id: id, project: PROJECT, beats: 0, at: new Date() });
    dead.startTransaction();
    await raw('heads').updateOne({ _id: PROJECT }, { $inc: { seq: 1 } }, { session: dead });
    const memory = aMemory();
    await save(memory);
    expect(await stored(memory.id)).toEqual(memory);
    expect((await store.log.head()).seq).toBe(1);
    await expect(dead.commitTransaction()).rejects.toThrow();
    await dead.endSession();
  });

  it('passes every check, and leaves nothing behind', async () => {
    const fresh = freshDatabase();
    const checks = await checkMongo(mongoSettings(sharedMongo(), fresh));
    expect(checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['ADDRESS', 'PASSED'],
      ['DNS', 'SKIPPED'],
      ['TLS', 'SKIPPED'],
      ['CONNECT', 'PASSED'],
      ['AUTHENTICATION', 'WARNING'],
      ['REPLICA_SET', 'PASSED'],
      ['WRITABLE', 'PASSED'],
      ['COLLECTIONS', 'PASSED'],
      ['INDEXES', 'PASSED'],
    ]);
    const collections = await outside.db(fresh).listCollections().toArray();
    expect(collections).toEqual([]);
  });
});
