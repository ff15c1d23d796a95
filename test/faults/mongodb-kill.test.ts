import { beforeEach, describe, expect, it } from 'vitest';
import { amount } from '../support/extent.js';
import { createMongoBench, PROJECT, recovered } from '../support/mongodb/bench.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { type Acknowledged, findFaults, startWriters } from '../support/mongodb/proof.js';
import { makeShared } from '../support/mongodb/writer.js';

const SERVER_KILLS = amount({ quick: 3, all: 20 });
const CLIENT_KILLS = amount({ quick: 5, all: 30 });

describe.skipIf(mongoUnavailable)('MongoDB', () => {
  const mongo = createMongoBench();

  describe('under 8 writers', () => {
    const acknowledged: Acknowledged = { pairs: new Set(), counts: 0 };
    const start = () =>
      startWriters({ uri: mongo.server.uri, database: mongo.database, project: PROJECT, counted: 5 }, acknowledged);
    const faults = () => findFaults(mongo.outside.db(mongo.database), PROJECT, acknowledged);
    beforeEach(async () => {
      acknowledged.pairs.clear();
      acknowledged.counts = 0;
      const store = await mongo.open();
      await makeShared(store);
    });

    it(`loses, tears and duplicates nothing in ${SERVER_KILLS} kills of the server`, async () => {
      const writers = await start();
      for (let round = 0; round < SERVER_KILLS; round += 1) {
        await writers.until(writers.total + 5 + ((round * 7) % 40));
        await mongo.server.kill();
        await mongo.server.restart();
        await writers.until(writers.total + 1);
      }
      await writers.stop();
      console.log(`${acknowledged.pairs.size + acknowledged.counts} acknowledged; meanwhile:`, [...writers.failures]);
      expect(await faults()).toEqual([]);
    });

    it(`loses, tears and duplicates nothing in ${CLIENT_KILLS} kills of the writers, and isn't held up by them`, async () => {
      const store = await mongo.open();
      for (let round = 0; round < CLIENT_KILLS; round += 1) {
        const writers = await start();
        await writers.until(5 + ((round * 7) % 40));
        await writers.kill();
        const { id, sessionId } = await recovered(store);
        await mongo.outside
          .db(mongo.database)
          .collection('memories')
          .updateOne({ _id: id as never }, { $set: { sessionId: 'shared' } });
        expect(sessionId).toBeNull();
      }
      expect(await faults()).toEqual([]);
    });

    it('loses and duplicates nothing when two processes write at once', async () => {
      const both = await Promise.all([start(), start()]);
      await Promise.all(both.map((writers) => writers.until(amount({ quick: 100, all: 400 }))));
      await Promise.all(both.map((writers) => writers.stop()));
      expect(both.flatMap(({ failures }) => [...failures])).toEqual([]);
      expect(await faults()).toEqual([]);
    });
  });
});
