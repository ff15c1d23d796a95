import { Binary, MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import type { PassageDocument } from '../../../src/search/atlas/passage-document.js';
import type { IndexedMemory } from '../../../src/search/vectors/vector-index.js';
import { DIMENSIONS } from '../../contract/vector-index.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import {
  type AtlasProcess,
  type AtlasProcessOptions,
  openAtlas,
  passagesOf,
  whenReady,
  writesOf,
} from '../../support/search/atlas.js';
import { Refusal, type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';

/** A vector whose cosine with the query is this one. */
function at(cosine: number): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = cosine;
  vector[1] = Math.sqrt(1 - cosine * cosine);
  return vector;
}
const QUERY = at(1);

function memory(id: string, cosine: number, own: Partial<IndexedMemory> = {}): IndexedMemory {
  const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
  const vectors = [{ passage: { start: 0, end: 9 }, vector: at(cosine) }];
  return { id, hash: `hash of ${id}`, ...fields, metadata: {}, vectors, ...own };
}

/** Documents that count but hold nothing that is found. */
const fillers = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    _id: `filler ${n}`,
    project: 'p',
    model: 'test',
    live: true,
    memory: `f${n}`,
  }));

describe.skipIf(mongoUnavailable)('an index of vectors in MongoDB', () => {
  let proxy: SearchProxy;
  let database: string;
  let atlas: AtlasProcess;
  const opened: AtlasProcess[] = [];
  const open = async (options: AtlasProcessOptions = {}) => {
    const one = openAtlas(proxy.uri, database, options);
    opened.push(one);
    if (!proxy.mongot.isBuilding) await whenReady(one);
    return one;
  };
  const ids = async ({ index }: AtlasProcess, limit = 10) => (await index.search(QUERY, {}, limit)).map(({ id }) => id);
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(() => proxy.stop());
  beforeEach(async () => {
    database = freshDatabase();
    atlas = await open();
  });
  afterEach(async () => {
    proxy.trouble = null;
    proxy.mongot.finishBuilding();
    proxy.mongot.catchUp();
    await dropDatabase(database);
    for (const each of opened.splice(0)) await each.close();
  });

  describe('what it keeps', () => {
    it('is a document a passage, its vector as packed float32', async () => {
      const fields = { sessionId: 's', taskId: 't', role: 'ASSISTANT' } as const;
      await atlas.index.add([memory('a', 0.5, fields)]);
      const other = await new MongoClient(sharedMongo()).connect();
      const [document, ...rest] = await other
        .db(database)
        .collection<PassageDocument>('memory_embeddings')
        .find()
        .toArray();
      await other.close();
      expect(rest).toEqual([]);
      expect(document).toMatchObject({ project: 'p', model: 'test', memory: 'a', session: 's', task: 't', live: true });
      expect(document!.occurredAt).toEqual(new Date('2026-01-01T00:00:00.000Z'));
      expect(document!.embedding.sub_type).toBe(Binary.SUBTYPE_VECTOR);
      expect(document!.embedding.toFloat32Array()).toEqual(at(0.5));
    });

    it('is left alone when it is added again as it is', async () => {
      await atlas.index.add([memory('a', 0.5), memory('b', 0.4)]);
      const writes = writesOf(atlas);
      await atlas.index.add([memory('a', 0.5), memory('b', 0.4)]);
      expect(writes).toEqual([]);
      await atlas.index.add([memory('a', 0.5), memory('b', 0.4, { sessionId: 's' })]);
      expect(writes).toEqual(['update']);
    });

    it('is kept of what is removed, and comes back without being written again', async () => {
      await atlas.index.add([memory('a', 0.5)]);
      await atlas.index.remove(['a']);
      expect((await atlas.index.read(['hash of a'])).get('hash of a')).toHaveLength(1);
      const writes = writesOf(atlas);
      await atlas.index.add([memory('a', 0.5)]);
      expect(writes).toEqual(['update']);
      expect(await ids(atlas)).toEqual(['a']);
    });

    it('is kept of the last contents that a memory had, and not of older ones', async () => {
      for (const n of [1, 2, 3, 4, 5, 6]) await atlas.index.add([memory('a', n / 10, { hash: `${n}` })]);
      const kept = await atlas.index.read(['1', '2', '3', '4', '5', '6']);
      expect([...kept.keys()].sort()).toEqual(['3', '4', '5', '6']);
      expect(await ids(atlas)).toEqual(['a']);
    });

    it('is each project and model its own, but a purge leaves nothing of any model', async () => {
      const project = await open({ projectId: 'q' });
      const model = await open({ model: { name: 'other', dimensions: DIMENSIONS } });
      for (const each of [atlas, project, model]) await each.index.add([memory('a', 0.5)]);
      await atlas.index.clear();
      expect([await ids(atlas), await ids(project), await ids(model)]).toEqual([[], ['a'], ['a']]);
      await atlas.index.erase(['a']);
      expect([await ids(project), await ids(model)]).toEqual([['a'], []]);
      expect(await passagesOf(atlas).countDocuments()).toBe(1);
    });

    it('is stored once when two processes add it at the same moment', async () => {
      const other = await open();
      const memories = Array.from({ length: 50 }, (_, n) => memory(`m${n}`, n / 100));
      await Promise.all([atlas, other, atlas, other].map(({ index }) => index.add(memories)));
      expect(await passagesOf(atlas).countDocuments()).toBe(50);
      expect((await atlas.index.held()).size).toBe(50);
    });
  });

  describe('one content of a memory', () => {
    it('is live when two processes add two at the same moment', async () => {
      const other = await open();
      const contents = (hash: string) => Array.from({ length: 30 }, (_, n) => memory(`m${n}`, n / 100, { hash }));
      await Promise.all([atlas.index.add(contents('x')), other.index.add(contents('y'))]);
      const live = await passagesOf(atlas).find({ live: true }).toArray();
      expect(live).toHaveLength(30);
      const held = await atlas.index.held();
      expect(live.filter(({ memory: id, hash }) => held.get(id) !== hash)).toEqual([]);
    });
  });

  describe('what it has not indexed yet', () => {
    it('is found by the process that wrote it, and by others', async () => {
      const other = await open();
      await atlas.index.add([memory('old', 0.5)]);
      await proxy.mongot.lag();
      await atlas.index.add([memory('new', 0.6)]);
      expect(await ids(atlas)).toEqual(['new', 'old']);
      expect(await ids(other)).toEqual(['new', 'old']);
    });

    it('is found as it is now when it was edited, moved, removed or erased', async () => {
      await atlas.index.add(['edited', 'moved', 'removed', 'erased'].map((id) => memory(id, 0.5)));
      await proxy.mongot.lag();
      await atlas.index.add([memory('edited', 0.1, { hash: 'new' }), memory('moved', 0.5, { sessionId: 's' })]);
      await atlas.index.remove(['removed']);
      await atlas.index.erase(['erased']);
      const found = await atlas.index.search(QUERY, {}, 10);
      expect(found.map(({ id }) => id)).toEqual(['moved', 'edited']);
      expect(found[1]!.similarity).toBeCloseTo(0.1, 5);
      const inSession = async (sessionId: string | null) =>
        (await atlas.index.search(QUERY, { sessionId }, 10)).map(({ id }) => id);
      expect(await inSession('s')).toEqual(['moved']);
      expect(await inSession(null)).toEqual(['edited']);
    });

    it('displaces no results when it was erased or removed', async () => {
      await atlas.index.add(Array.from({ length: 60 }, (_, n) => memory(`m${n}`, 0.9 - n / 100)));
      const late = await open({ forgetsRecent: true });
      await proxy.mongot.lag();
      await atlas.index.erase(Array.from({ length: 25 }, (_, n) => `m${n}`));
      await atlas.index.remove(Array.from({ length: 25 }, (_, n) => `m${n + 25}`));
      expect(await ids(late, 10)).toEqual(Array.from({ length: 10 }, (_, n) => `m${n + 50}`));
    });
  });

  describe('a search', () => {
    it('compares every vector of a small project or a conversation, and walks the graph of a large one', async () => {
      const search = async (limit: number, filter = {}) => {
        const first = proxy.mongot.searches.length;
        await atlas.index.search(QUERY, filter, limit);
        return proxy.mongot.searches[first]!;
      };
      expect(await search(1)).toMatchObject({ exact: true, index: 'vector_search_idx_32', path: 'embedding' });
      await passagesOf(atlas).insertMany(fillers(10_001) as PassageDocument[]);
      atlas = await open();
      expect(await search(1)).toMatchObject({ numCandidates: 100 });
      expect(await search(10)).toMatchObject({ numCandidates: 200 });
      expect(await search(1_000)).toMatchObject({ numCandidates: 10_000 });
      expect(await search(10)).not.toHaveProperty('exact');
      expect(await search(10, { sessionId: 's' })).toMatchObject({ exact: true });
    });

    it('sets a timeout on every query', async () => {
      const limits: unknown[] = [];
      atlas.db.client.on('commandStarted', ({ commandName, command }) => {
        if (['find', 'aggregate'].includes(commandName) && !JSON.stringify(command).includes('$listSearch'))
          limits.push(command.maxTimeMS);
      });
      await atlas.index.search(QUERY, {}, 5);
      await atlas.index.compare(QUERY, ['a']);
      expect(limits.length).toBeGreaterThanOrEqual(2);
      expect(limits.filter((limit) => typeof limit !== 'number')).toEqual([]);
    });

    it('compares a few passages itself while the index is being built', async () => {
      proxy.mongot.isBuilding = true;
      database = freshDatabase();
      atlas = await open();
      await atlas.index.add([memory('a', 0.5), memory('b', 0.6)]);
      expect(await ids(atlas)).toEqual(['b', 'a']);
      proxy.mongot.finishBuilding();
      await whenReady(atlas);
      expect(await ids(atlas)).toEqual(['b', 'a']);
    });

    it('reports that the index is being built when there are many passages, and works afterwards', async () => {
      proxy.mongot.isBuilding = true;
      database = freshDatabase();
      atlas = await open();
      await atlas.index.add([memory('a', 0.5)]);
      await passagesOf(atlas).insertMany(fillers(2_001) as PassageDocument[]);
      await expect(ids(atlas)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', message: /still being built/ });
      proxy.mongot.finishBuilding();
      await whenReady(atlas);
      expect(await ids(atlas)).toEqual(['a']);
    });

    it('doesn’t mistake a dropped index for an empty one, and recreates it', async () => {
      const late = await open({ forgetsRecent: true });
      await atlas.index.add([memory('a', 0.5)]);
      expect(await ids(late)).toEqual(['a']);
      proxy.mongot.dropAll();
      expect(await ids(late)).toEqual(['a']);
      await whenReady(late);
      const before = proxy.mongot.searches.length;
      expect(await ids(late)).toEqual(['a']);
      expect(proxy.mongot.searches.length).toBeGreaterThan(before);
    });

    it('ends at once when the index is closed', async () => {
      proxy.trouble = 'HANG';
      const asked = proxy.received;
      const search = ids(atlas);
      search.catch(() => {});
      await expect.poll(() => proxy.received - asked).toBeGreaterThan(0);
      await atlas.index.close();
      await expect(search).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });

    it.each([
      ['an overloaded server', new Refusal(489, 'AtlasOverloaded', 'try again'), 'STORE_UNAVAILABLE'],
      [
        'a server that exceeds its time limit',
        new Refusal(50, 'MaxTimeMSExpired', 'operation exceeded time limit'),
        'STORE_TIMEOUT',
      ],
    ])('reports %s in our own words, and works again afterwards', async (_, trouble, code) => {
      await atlas.index.add([memory('a', 0.5)]);
      proxy.trouble = trouble;
      const error = await ids(atlas).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code });
      proxy.trouble = null;
      expect(await ids(atlas)).toEqual(['a']);
    });
  });
});
