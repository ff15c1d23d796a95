import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { LOG_START } from '../../src/domain/log-position.js';
import { memories } from '../../src/storage/collections.js';
import type { MongoConnection } from '../../src/storage/mongodb/connection/connection.js';
import type { Store } from '../../src/storage/store.js';
import { context, put } from '../contract/store.js';
import { amount, cases } from '../support/extent.js';
import { type Fault, type FaultProxy, startProxy } from '../support/machine/proxy.js';
import { createMongoBench, errorOf, PROJECT, recovered, save } from '../support/mongodb/bench.js';
import { mongoUnavailable } from '../support/mongodb/mongodb.js';
import { findFaults } from '../support/mongodb/proof.js';
import { aMemory } from '../support/records.js';

const CUTS = amount({ quick: 15, all: 40 });

describe.skipIf(mongoUnavailable)('MongoDB', () => {
  const mongo = createMongoBench();

  describe('behind a network that fails', () => {
    let proxy: FaultProxy;
    let store: Store;
    let connection: MongoConnection;
    beforeEach(async () => {
      proxy = await startProxy({ port: mongo.server.port });
      onTestFinished(() => proxy.close());
      connection = mongo.connect(mongo.server.uri.replace(String(mongo.server.port), String(proxy.port)));
      store = await mongo.open(connection);
    });

    const faults = cases<readonly [Fault, RegExp]>(
      [
        [{ kind: 'hang' }, /STORE_(TIMEOUT|UNAVAILABLE)/],
        [{ kind: 'cut', after: 20 }, /STORE_(TIMEOUT|UNAVAILABLE)/],
      ],
      [
        [{ kind: 'refuse' }, /STORE_UNAVAILABLE/],
        [{ kind: 'garbage' }, /STORE_(TIMEOUT|UNAVAILABLE)/],
      ],
    );
    it.each(faults)('reports %j, keeps what it acknowledged, and recovers without a restart', async (fault, code) => {
      const kept = [await save(store)];
      const other = await mongo.open();
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
      onTestFinished(async () => {
        isOver = true;
        await writing;
      });
      for (let cuts = 0; cuts < CUTS; cuts += 1) {
        const before = acknowledged.length;
        while (acknowledged.length < before + 3) await delay(5);
        proxy.cut();
      }
      isOver = true;
      await writing;
      expect((await store.collection(memories).get(acknowledged)).every((found) => found !== null)).toBe(true);
      expect(await findFaults(mongo.outside.db(mongo.database), PROJECT, { pairs: new Set(), counts: 0 })).toEqual(
        expect.not.arrayContaining([expect.stringMatching(/log|twice|head/)]),
      );
      expect(await store.collection(memories).count()).toBeLessThanOrEqual(attempted.length);
    });

    it('finds a commit in the log whose response was lost', async () => {
      const first = await save(store);
      await proxy.set({ kind: 'lose', text: 'commitTransaction' });
      const commits = Array.from({ length: 5 }, () => save(store));
      const update = store.commit([put({ ...first, version: 2 })], context());
      while ((await mongo.outside.db(mongo.database).collection('log').countDocuments()) < 7) await delay(5);
      await proxy.set({ kind: 'none' });
      const written = await Promise.all(commits);
      await update;
      expect(await store.collection(memories).get(written.map(({ id }) => id))).toEqual(written);
      expect((await store.log.read(0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it('fails a write whose acknowledgement is lost, saying that it may have been done', async () => {
      await proxy.set({ kind: 'lose', text: 'commitTransaction' });
      const error = await errorOf(save(store));
      expect(error).toMatchObject({ code: 'STORE_TIMEOUT', message: expect.stringMatching(/may have been done/) });
      expect(await mongo.outside.db(mongo.database).collection('log').countDocuments()).toBe(1);
      await proxy.set({ kind: 'none' });
      await recovered(store);
    });

    it('keeps a follower waiting until it is back, and the follower misses nothing', async () => {
      const seen: string[] = [];
      const stop = new AbortController();
      const following = (async () => {
        for await (const entries of store.log.follow(LOG_START, stop.signal)) {
          seen.push(...entries.map(({ recordId }) => recordId));
          if (seen.length === 3) stop.abort();
        }
      })();
      const other = await mongo.open();
      const written = [(await save(other)).id];
      while (seen.length < 1) await delay(5);
      await proxy.set({ kind: 'refuse' });
      written.push((await save(other)).id);
      await errorOf(store.collection(memories).count());
      await proxy.set({ kind: 'none' });
      written.push((await save(other)).id);
      await following;
      expect(seen).toEqual(written);
    });
  });
});
