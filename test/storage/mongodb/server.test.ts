import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  freshDatabase,
  type MongoServer,
  type MongoServerOptions,
  mongoUnavailable,
  sharedMongo,
  startMongo,
} from '../../support/mongodb/mongodb.js';

/** A server that ends with the test, however that ends. */
async function started(options?: MongoServerOptions): Promise<MongoServer> {
  const server = await startMongo(options);
  onTestFinished(() => server.stop());
  return server;
}

describe.skipIf(mongoUnavailable)('the MongoDB server of the tests', () => {
  it('is a replica set that takes writes', async () => {
    const client = await MongoClient.connect(sharedMongo());
    const { setName, isWritablePrimary } = await client.db('admin').command({ hello: 1 });
    expect(setName).toEqual(expect.any(String));
    expect(isWritablePrimary).toBe(true);
    await client.close();
  });

  it('keeps what was acknowledged when it is killed and restarted', async () => {
    const server = await started();
    const client = await MongoClient.connect(server.uri);
    const things = client.db(freshDatabase()).collection('things');
    await things.insertOne({ a: 1 }, { writeConcern: { w: 'majority', j: true } });
    await server.kill();
    await server.restart();
    expect(await things.countDocuments()).toBe(1);
    await client.close();
  });

  it('asks for a password, and can be no replica set, when configured so', async () => {
    const guarded = await started({ auth: true });
    const stranger = new MongoClient(guarded.uri.replace(/\/\/.*@/, '//'));
    await expect(stranger.db('x').collection('y').findOne()).rejects.toThrow();
    const administrator = new MongoClient(guarded.uri);
    expect(await administrator.db('x').collection('y').findOne()).toBeNull();
    const alone = await started({ standalone: true });
    const client = new MongoClient(alone.uri);
    expect((await client.db('admin').command({ hello: 1 })).setName).toBeUndefined();
    for (const each of [stranger, administrator, client]) await each.close();
  });
});
