import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type AtlasProcess, openAtlas, passagesOf, whenReady } from '../../support/search/atlas.js';
import { createBenches, createWordEmbedder, memory } from '../../support/search/search.js';
import { Refusal, type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';

const { model } = createWordEmbedder();

describe.skipIf(mongoUnavailable)("a project's vectors in MongoDB", () => {
  let proxy: SearchProxy;
  let database: string;
  const benches = createBenches();
  const opened: AtlasProcess[] = [];
  const open = (uri: string) => {
    const atlas = openAtlas(uri, database, { model });
    opened.push(atlas);
    return atlas;
  };
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(() => proxy.stop());
  beforeEach(() => {
    database = freshDatabase();
  });
  afterEach(async () => {
    proxy.trouble = null;
    proxy.mongot.catchUp();
    await benches.cleanUp();
    for (const each of opened.splice(0)) await each.close();
  });

  describe('where MongoDB searches', () => {
    const start = async () => {
      const atlas = open(proxy.uri);
      await whenReady(atlas);
      return { atlas, bench: await benches.open({ vectorIndex: atlas.index }) };
    };

    it('find what was just saved, though the index has not seen it', async () => {
      const { bench } = await start();
      await proxy.mongot.lag();
      const cat = memory('the cat sleeps');
      await bench.create(cat, memory('a dog barks'));
      await bench.search.settled();
      const answer = await bench.ask('cat sleeps', { mode: 'VECTOR' });
      expect(answer).toMatchObject({ answeredBy: 'VECTOR', hits: [{ id: cat.id }, {}], pending: 0 });
      expect(answer.hits[0]!.similarity).toBeGreaterThan(0.8);
    });

    it('follow an edit, a deletion, a restore and a purge', async () => {
      const { atlas, bench } = await start();
      const find = (text: string) => bench.find(text, { mode: 'VECTOR', minSimilarity: 0.5 });
      let cat = memory('the cat sleeps');
      await bench.create(cat);
      await bench.search.settled();
      expect(await find('cat sleeps')).toEqual([cat.id]);
      cat = await bench.update(cat, { content: 'a dog barks' });
      await bench.search.settled();
      expect([await find('cat sleeps'), await find('dog barks')]).toEqual([[], [cat.id]]);
      cat = await bench.delete(cat);
      expect(await find('dog barks')).toEqual([]);
      const asked = bench.embedder.asked.length;
      cat = await bench.restore(cat);
      await bench.search.settled();
      expect(await find('dog barks')).toEqual([cat.id]);
      expect(bench.embedder.asked.length).toBe(asked);
      await bench.purge(cat);
      await bench.search.catchUp();
      expect(await passagesOf(atlas).countDocuments()).toBe(0);
    });

    it('are replaced by words while they can’t be searched, and searched again afterwards', async () => {
      const { bench } = await start();
      const cat = memory('the cat sleeps');
      await bench.create(cat);
      await bench.search.settled();
      proxy.trouble = new Refusal(8, 'UnknownError', 'mongot is down');
      expect(await bench.ask('cat')).toMatchObject({ answeredBy: 'TEXT', hits: [{ id: cat.id }] });
      proxy.trouble = null;
      expect(await bench.ask('cat')).toMatchObject({ answeredBy: 'HYBRID', hits: [{ id: cat.id }] });
    });
  });

  describe('where MongoDB only keeps them', () => {
    it('are searched on this machine, and computed once for all machines', async () => {
      const bench = await benches.open({ archive: open(sharedMongo()).index });
      const cat = memory('the cat sleeps');
      await bench.create(cat, memory('a dog barks'));
      await bench.search.settled();
      expect(bench.embedder.asked).toHaveLength(2);
      expect(await passagesOf(opened[0]!).countDocuments()).toBe(2);
      // Another machine: the same store, no index file, and an embedder that fails.
      await bench.search.close();
      for (const suffix of ['', '-wal', '-shm']) await rm(`${bench.indexPath}${suffix}`, { force: true });
      await bench.reopen({ archive: open(sharedMongo()).index });
      await bench.search.settled();
      expect(bench.embedder.asked).toHaveLength(2);
      expect(await bench.find('cat sleeps', { mode: 'VECTOR', minSimilarity: 0.5 })).toEqual([cat.id]);
    });
  });
});
