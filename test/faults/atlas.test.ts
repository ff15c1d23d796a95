import { describe, expect, it, onTestFinished } from 'vitest';
import { SEARCH_MS } from '../../src/search/atlas/deadline.js';
import type { IndexedMemory } from '../../src/search/vectors/vector-index.js';
import { DIMENSIONS } from '../contract/vector-index.js';
import { amount } from '../support/extent.js';
import { freshDatabase, mongoUnavailable, sharedMongo, startMongo } from '../support/mongodb/mongodb.js';
import { type AtlasProcess, openAtlas, passagesOf, whenReady } from '../support/search/atlas.js';
import { Refusal, type SearchProxy, startSearchProxy } from '../support/search/search-proxy.js';

const QUERY = new Float32Array(DIMENSIONS).fill(1 / Math.sqrt(DIMENSIONS));
const PASSAGES = 5;
const ROUNDS = amount({ quick: 1, all: 2 });
const KILLS = amount({ quick: 1, all: 5 });
/** How often the index disappears and comes back. */
const FLICKERS = amount({ quick: 10, all: 30 });
/** Time for a search that gets no answer, in ms. */
const SHORT_MS = 1_000;
const RECOVERY = { timeout: 60_000, interval: 50 };

function memory(id: string): IndexedMemory {
  const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
  const vectors = Array.from({ length: PASSAGES }, (_, n) => ({ passage: { start: n, end: n + 1 }, vector: QUERY }));
  return { id, hash: `hash of ${id}`, ...fields, metadata: {}, vectors };
}

describe.skipIf(mongoUnavailable)('vector search in MongoDB', () => {
  let proxy: SearchProxy;
  let atlas: AtlasProcess;

  /** An index of two memories. `searchMs`: left out, the default of a search. */
  async function open(uri: string, searchMs = SEARCH_MS): Promise<void> {
    proxy = await startSearchProxy(uri);
    onTestFinished(() => proxy.stop());
    // Nothing is recent, so that only the index answers.
    atlas = openAtlas(proxy.uri, freshDatabase(), { forgetsRecent: true, searchMs });
    onTestFinished(() => atlas.close());
    await whenReady(atlas);
    await atlas.index.add(['a', 'b'].map(memory));
  }
  const ids = async () => (await atlas.index.search(QUERY, {}, 10)).map(({ id }) => id).sort();

  it.each<[string, SearchProxy['trouble'], string]>([
    ['hangs', 'HANG', 'STORE_TIMEOUT'],
    ['is slower than its time limit', 60_000, 'STORE_TIMEOUT'],
    ['is cut off', 'CUT', 'STORE_UNAVAILABLE'],
    ['fails', new Refusal(8, 'UnknownError', 'PlanExecutor error during aggregation'), 'STORE_UNAVAILABLE'],
  ])('that %s fails with a hint, and recovers once the server works', async (_, trouble, code) => {
    await open(sharedMongo(), code === 'STORE_TIMEOUT' ? SHORT_MS : SEARCH_MS);
    for (let round = 0; round < ROUNDS; round += 1) {
      proxy.trouble = trouble;
      await expect(ids()).rejects.toMatchObject({ code, hint: expect.any(String) });
      proxy.trouble = null;
      await expect.poll(() => ids().catch(() => null), RECOVERY).toEqual(['a', 'b']);
    }
  });

  it('whose index comes and goes is never taken for an empty one', async () => {
    await open(sharedMongo());
    for (let round = 0; round < FLICKERS; round += 1) {
      proxy.mongot.isBuilding = round % 2 === 0;
      proxy.mongot.dropAll();
      const found = await Promise.all([ids(), ids(), ids()]);
      expect(found).toEqual([
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ]);
      proxy.mongot.finishBuilding();
    }
    await whenReady(atlas);
    expect(await ids()).toEqual(['a', 'b']);
  });

  it('loses nothing that was added, and keeps nothing half-written, when the server is killed again and again', async () => {
    const server = await startMongo();
    onTestFinished(() => server.stop());
    await open(server.uri);
    const added = ['a', 'b'];
    for (let round = 0; round < KILLS; round += 1) {
      let isKilled = false;
      let next = 0;
      const writing = Promise.all(
        [1, 2, 3, 4].map(async () => {
          while (!isKilled) {
            const id = `${round} ${next++}`;
            await atlas.index.add([memory(id)]).then(
              () => added.push(id),
              () => {},
            );
          }
        }),
      );
      const before = added.length;
      await expect.poll(() => added.length - before).toBeGreaterThan(20);
      await server.kill();
      isKilled = true;
      await writing;
      await expect(ids()).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_/) });
      await server.restart();
      await expect.poll(() => atlas.index.held().catch(() => null), RECOVERY).not.toBeNull();
      const held = await atlas.index.held();
      expect(added.filter((id) => !held.has(id))).toEqual([]);
      const passages = await passagesOf(atlas)
        .find({}, { projection: { memory: 1 } })
        .toArray();
      const counts = new Map<string, number>();
      for (const { memory: id } of passages) counts.set(id, (counts.get(id) ?? 0) + 1);
      expect([...counts].filter(([, count]) => count !== PASSAGES)).toEqual([]);
    }
  });
});
