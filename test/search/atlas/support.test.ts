import { type Db, MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { atlasHealth, checkVectorSearch, ensureAtlasIndexes } from '../../../src/search/atlas/health.js';
import {
  createSearchIndex,
  detectSearchSupport,
  searchIndexDefinition,
  searchIndexName,
} from '../../../src/search/atlas/search-index.js';
import { type AtlasSupport, createAtlasSupport } from '../../../src/search/atlas/support.js';
import { silentLogger } from '../../../src/search/contract.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';

const DIMENSIONS = 384;
const ORDINARY = ['by_memory', 'by_content', 'by_time', 'one_content'].map((name) => `memory_embeddings.${name}`);
const INDEX = 'memory_embeddings.vector_search_idx_384';

describe.skipIf(mongoUnavailable)('vector search in MongoDB', () => {
  let proxy: SearchProxy;
  let client: MongoClient;
  let db: Db;
  const supports: AtlasSupport[] = [];
  const start = (dimensions = DIMENSIONS) => {
    const support = createAtlasSupport({ db, dimensions, logger: silentLogger, pollMs: 1 });
    supports.push(support);
    return support;
  };
  const listed = (name: string) => db.collection('memory_embeddings').listSearchIndexes(name).toArray();
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(() => proxy.stop());
  beforeEach(() => {
    client = new MongoClient(proxy.uri);
    db = client.db(freshDatabase());
  });
  afterEach(async () => {
    proxy.kind = 'ATLAS';
    proxy.mongot.finishBuilding();
    for (const support of supports.splice(0)) await support.close();
    await dropDatabase(db.databaseName);
    await client.close();
  });

  describe('is detected from what the server lists', () => {
    it.each(['COMMUNITY_8', 'COMMUNITY_7', 'ENTERPRISE_7', 'SERVER_6'] as const)('not there: %s', async (kind) => {
      proxy.kind = kind;
      expect(await detectSearchSupport(db, DIMENSIONS)).toBe('UNSUPPORTED');
      expect(await checkVectorSearch(db, DIMENSIONS)).toMatchObject({ name: 'VECTOR_SEARCH', outcome: 'WARNING' });
      expect(await start().state()).toBe('UNSUPPORTED');
    });

    it('not there: the server behind the double itself', async () => {
      const bare = new MongoClient(sharedMongo());
      expect(await detectSearchSupport(bare.db(db.databaseName), DIMENSIONS)).toBe('UNSUPPORTED');
      await bare.close();
    });

    it('missing, then being built, then ready', async () => {
      expect(await detectSearchSupport(db, DIMENSIONS)).toBe('MISSING');
      proxy.mongot.isBuilding = true;
      await createSearchIndex(db, DIMENSIONS);
      expect(await detectSearchSupport(db, DIMENSIONS)).toBe('BUILDING');
      proxy.mongot.finishBuilding();
      expect(await detectSearchSupport(db, DIMENSIONS)).toBe('READY');
      expect(await checkVectorSearch(db, DIMENSIONS)).toMatchObject({ outcome: 'PASSED', hint: null });
    });

    it('but any other error stays an error', async () => {
      const closed = new MongoClient(proxy.uri);
      await closed.connect();
      await closed.close();
      const other = closed.db(db.databaseName);
      await expect(detectSearchSupport(other, DIMENSIONS)).rejects.toThrow();
      expect(await checkVectorSearch(other, DIMENSIONS)).toMatchObject({ outcome: 'FAILED', hint: expect.any(String) });
    });
  });

  describe('its index', () => {
    it('is created in the background, and waited for', async () => {
      proxy.mongot.isBuilding = true;
      const support = start();
      expect(await support.state()).not.toBe('READY');
      await expect.poll(() => listed('vector_search_idx_384')).toHaveLength(1);
      expect(await support.check()).toBe('BUILDING');
      proxy.mongot.finishBuilding();
      await expect.poll(() => support.state()).toBe('READY');
      const [index] = await listed('vector_search_idx_384');
      expect(index).toMatchObject({ type: 'vectorSearch', latestDefinition: searchIndexDefinition(DIMENSIONS) });
    });

    it('is the same one for every process', async () => {
      const both = [start(), start()];
      await expect.poll(async () => Promise.all(both.map((support) => support.state()))).toEqual(['READY', 'READY']);
      expect(await listed('vector_search_idx_384')).toHaveLength(1);
    });

    it('is one for each length of vectors, the usual one with the plain name', async () => {
      expect(searchIndexName(1_024)).toBe('vector_search_idx');
      const both = [start(384), start(1_024)];
      await expect.poll(async () => Promise.all(both.map((support) => support.state()))).toEqual(['READY', 'READY']);
      expect(await listed('vector_search_idx')).toMatchObject([{ latestDefinition: searchIndexDefinition(1_024) }]);
    });

    it('is brought up to date when it lacks what searches filter by, and serves meanwhile', async () => {
      const old = { fields: searchIndexDefinition(DIMENSIONS).fields.slice(0, 3) };
      await db.createCollection('memory_embeddings');
      const spec = { name: 'vector_search_idx_384', type: 'vectorSearch', definition: old };
      await db.collection('memory_embeddings').createSearchIndex(spec);
      proxy.mongot.isBuilding = true;
      expect(await start().check()).toBe('READY');
      const [index] = await listed('vector_search_idx_384');
      expect(index).toMatchObject({ queryable: true, latestDefinition: searchIndexDefinition(DIMENSIONS) });
    });

    it('is no longer waited for once nobody needs it', async () => {
      proxy.mongot.isBuilding = true;
      const support = start();
      await support.check();
      await support.close();
      await support.close();
      await expect(support.check()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    });
  });

  describe('its health', () => {
    it('names what is missing, and the consequence', async () => {
      expect(await atlasHealth(db, DIMENSIONS)).toEqual({
        support: 'MISSING',
        indexes: { present: [], missing: [...ORDINARY, INDEX] },
        problems: [],
      });
      expect(await ensureAtlasIndexes(db, DIMENSIONS)).toEqual([...ORDINARY, INDEX]);
      expect(await ensureAtlasIndexes(db, DIMENSIONS)).toEqual([]);
      const { indexes, problems } = await atlasHealth(db, DIMENSIONS);
      expect({ indexes, problems }).toEqual({ indexes: { present: [...ORDINARY, INDEX], missing: [] }, problems: [] });
    });

    it('reports that an index is being built', async () => {
      proxy.mongot.isBuilding = true;
      await ensureAtlasIndexes(db, DIMENSIONS);
      const { problems } = await atlasHealth(db, DIMENSIONS);
      expect(problems).toEqual([expect.stringContaining(`${INDEX} is being built`)]);
    });

    it('requires no search index without search', async () => {
      proxy.kind = 'COMMUNITY_8';
      expect(await ensureAtlasIndexes(db, DIMENSIONS)).toEqual(ORDINARY);
      const { support, indexes } = await atlasHealth(db, DIMENSIONS);
      expect({ support, indexes }).toEqual({ support: 'UNSUPPORTED', indexes: { present: ORDINARY, missing: [] } });
    });
  });
});
