import { setImmediate as turn } from 'node:timers/promises';
import type { Document } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOG_START } from '../../../src/domain/log-position.js';
import { memories } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, put } from '../../contract/store.js';
import { createMongoBench } from '../../support/mongodb/bench.js';
import { mongoUnavailable } from '../../support/mongodb/mongodb.js';
import { aMemory } from '../../support/records.js';

describe.skipIf(mongoUnavailable)('a reader of what others write to MongoDB', () => {
  const mongo = createMongoBench();

  /** The first entries that a follower is given. */
  function follow(store: Store): Promise<readonly string[]> {
    const stop = new AbortController();
    onTestFinished(async () => stop.abort());
    return (async () => {
      for await (const entries of store.log.follow(LOG_START, stop.signal))
        return entries.map(({ recordId }) => recordId);
      return [];
    })();
  }

  const failReads = (times: number) =>
    mongo.outside.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { times },
      data: { failCommands: ['find'], errorCode: 50 },
    });

  /** Records the commands that the server gets. */
  function watched() {
    const connection = mongo.connect(`${mongo.server.uri}&monitorCommands=true`);
    const commands: Document[] = [];
    connection.client.on('commandStarted', ({ command }) => commands.push(command));
    return { connection, commands };
  }

  it('gets existing entries though the heads can’t be read when it begins to listen', async () => {
    const memory = aMemory();
    await (await mongo.open(mongo.connect(), 'prj_a')).commit([put(memory)], context());
    const store = await mongo.open(mongo.connect(), 'prj_a');
    await failReads(2);
    expect(await follow(store)).toEqual([memory.id]);
  });

  it('gets existing entries though the heads can’t be read when it joins others', async () => {
    const memory = aMemory();
    await (await mongo.open(mongo.connect(), 'prj_b')).commit([put(memory)], context());
    const connection = mongo.connect();
    const [first, second] = [await mongo.open(connection, 'prj_a'), await mongo.open(connection, 'prj_b')];
    void follow(first);
    while (!connection.heads.isLive) await turn();
    await failReads(1);
    expect(await follow(second)).toEqual([memory.id]);
  });

  it('polls at intervals for entries that the head announces and that can’t be read yet', async () => {
    const { connection, commands } = watched();
    const store = await mongo.open(connection, 'prj_a');
    const following = follow(store);
    await mongo.outside
      .db(mongo.database)
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
    await (await mongo.open(mongo.connect(), 'prj_b')).commit([put(memory)], context());
    const log = mongo.outside.db(mongo.database).collection<Document>('log');
    const { _id, ...entry } = (await log.findOne({ project: 'prj_b' }))!;
    await log.insertOne({ ...entry, project: 'prj_a' });
    expect(await following).toEqual([memory.id]);
  });

  it('reads nothing older than what its own process was acknowledged', async () => {
    const { connection, commands } = watched();
    const store = await mongo.open(connection, 'prj_a');
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
