import { describe, expect, it, onTestFinished } from 'vitest';
import { memories } from '../../src/storage/collections.js';
import { createMongoConnection } from '../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import { context, put } from '../contract/store.js';
import { createMongoBench, PROJECT, save } from '../support/mongodb/bench.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { mongoSettings } from '../support/mongodb/stores.js';

describe.skipIf(mongoUnavailable)('MongoDB', () => {
  const mongo = createMongoBench();

  describe('that steps down', () => {
    const failPoint = (data: object, times: number) =>
      mongo.outside.db('admin').command({ configureFailPoint: 'failCommand', mode: { times }, data });

    it.each([
      [{ failCommands: ['commitTransaction'], errorCode: 10107, errorLabels: ['RetryableWriteError'] }, 1],
      [{ failCommands: ['commitTransaction'], errorCode: 91, errorLabels: ['UnknownTransactionCommitResult'] }, 3],
      [{ failCommands: ['commitTransaction'], closeConnection: true }, 3],
      [{ failCommands: ['bulkWrite'], errorCode: 189, errorLabels: ['TransientTransactionError'] }, 2],
      [{ failCommands: ['bulkWrite', 'update', 'insert'], errorCode: 10107 }, 2],
      [{ failCommands: ['bulkWrite', 'findAndModify'], closeConnection: true }, 2],
      [{ failCommands: ['find', 'aggregate'], errorCode: 11602 }, 2],
    ])('writes what it acknowledges once, though %j', async (data, times) => {
      const store = await mongo.open();
      const first = await save(store);
      await failPoint(data, times);
      const memory = await save(store);
      await store.commit([put({ ...first, version: 2 })], context());
      expect(await store.collection(memories).get([memory.id, first.id])).toEqual([memory, { ...first, version: 2 }]);
      expect((await store.log.read(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });
  });

  it('opens projects while building an index of many documents exceeds the timeout, and reports it', async () => {
    const first = await mongo.open();
    await save(first);
    await mongo.outside.db(mongo.database).collection('memories').dropIndex('sessionId_occurredAt');
    const data = { failCommands: ['createIndexes'], blockConnection: true, blockTimeMS: 20_000 };
    await mongo.outside.db('admin').command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
    const settings = mongoSettings(`${mongo.server.uri}&monitorCommands=true`, mongo.database);
    const connection = createMongoConnection({ settings });
    onTestFinished(() => connection.close());
    const sent: unknown[] = [];
    connection.client.on('commandStarted', ({ command }) => {
      if (command.createIndexes === 'memories') sent.push(command);
    });
    const options = { connection, projectId: PROJECT, collections: [memories] };
    const store = await createMongoStore(options);
    onTestFinished(() => store.close());
    expect((await store.health()).problems).toEqual([
      expect.stringMatching(/^The index memories.sessionId_occurredAt is missing/),
    ]);
    await save(store);
    await (await createMongoStore(options)).close();
    expect(sent).toHaveLength(1);
  });
});
