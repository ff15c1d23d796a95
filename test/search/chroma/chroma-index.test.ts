import { ChromaClient, type Collection } from 'chromadb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChromaIndex, destroyChroma } from '../../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../../src/search/chroma/connection.js';
import { silentLogger } from '../../../src/search/contract.js';
import type { IndexedMemory, VectorIndex } from '../../../src/search/vectors/vector-index.js';
import { DIMENSIONS, vectorIndexContract } from '../../contract/vector-index.js';
import { amount } from '../../support/extent.js';
import { chromaUnavailable, DATABASE, startChroma, type TestChroma } from '../../support/search/chroma.js';

const model = { name: 'test/model:int8', dimensions: DIMENSIONS };

/** A vector whose cosine with the first axis is this one. */
function at(cosine: number): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = cosine;
  vector[1] = Math.sqrt(1 - cosine * cosine);
  return vector;
}

const QUERY = at(1);

function aMemory(id: string, cosines: readonly number[], own: Partial<IndexedMemory> = {}): IndexedMemory {
  const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
  const vectors = cosines.map((cosine, n) => ({ passage: { start: n * 10, end: n * 10 + 9 }, vector: at(cosine) }));
  return { id, hash: `hash of ${id}`, ...fields, metadata: {}, vectors, ...own };
}

describe.skipIf(chromaUnavailable !== null)('vectors on a Chroma server', () => {
  let chroma: TestChroma;
  let projects = 0;
  beforeAll(async () => {
    chroma = await startChroma();
  });
  afterAll(() => chroma?.stop());

  const connect = () => createChromaConnection({ url: chroma.url, token: null, ...DATABASE });

  describe('keep the contract:', () => {
    const create = async () => {
      projects += 1;
      const projectId = `prj_${projects}`;
      const connections = [connect()];
      const open = (connection = connections[0]!) =>
        createChromaIndex({ connection, projectId, model, logger: silentLogger });
      const index = open();
      return {
        index,
        async join() {
          connections.push(connect());
          return open(connections.at(-1));
        },
        async cleanUp() {
          await index.clear();
          for (const connection of connections) connection.close();
        },
      };
    };
    vectorIndexContract(create, { passages: amount({ quick: 600, all: 3_000 }) });
  });

  describe('lie in a collection', () => {
    let client: ChromaClient;
    let connection: ChromaConnection;
    let projectId: string;
    let index: VectorIndex;
    beforeEach(() => {
      projects += 1;
      projectId = `prj_${String(projects).padStart(26, '0')}`;
      client = new ChromaClient({ host: '127.0.0.1', port: chroma.port, ...DATABASE });
      connection = connect();
      index = open();
      return () => connection.close();
    });

    const open = (own: Partial<typeof model> = {}) =>
      createChromaIndex({ connection, projectId, model: { ...model, ...own }, logger: silentLogger });
    const names = async () => (await connection.collections(`mooring.${projectId}.`)).map(({ name }) => name);
    const collection = async (): Promise<Collection> => client.getCollection({ name: (await names())[0]! });
    const found = async () => (await index.search(QUERY, {}, 10)).map(({ id }) => id);

    it('by cosine, a row for each passage, under a name that every version accepts', async () => {
      await index.add([aMemory('a', [0.9, 0.8])]);
      const seen = await collection();
      expect(seen.name).toMatch(/^[a-z0-9][\w.-]{1,61}[a-z0-9]$/);
      expect(seen.configuration.hnsw?.space).toBe('cosine');
      expect(seen.embeddingFunction).toBeUndefined();
      expect((await seen.get()).ids).toEqual([expect.stringMatching(/^a:.*:0$/), expect.stringMatching(/^a:.*:1$/)]);
    });

    it('that nothing but adding creates', async () => {
      expect(await found()).toEqual([]);
      expect((await index.held()).size).toBe(0);
      expect((await index.read(['hash of a'])).size).toBe(0);
      await index.remove(['a']);
      await index.clear();
      expect(await names()).toEqual([]);
    });

    it('of their own for each model', async () => {
      const other = open({ name: 'another' });
      await index.add([aMemory('a', [0.9])]);
      await other.add([aMemory('b', [0.8])]);
      expect(await found()).toEqual(['a']);
      expect([...(await other.held()).keys()]).toEqual(['b']);
      expect(await names()).toHaveLength(2);
    });

    it('with nothing left of what a memory was filtered by before', async () => {
      await index.add([aMemory('a', [0.9], { metadata: { tag: 'old', kept: 1 }, sessionId: 's' })]);
      await index.add([aMemory('a', [0.9], { metadata: { kept: 1 } })]);
      expect(await index.search(QUERY, { metadata: { tag: 'old' } }, 10)).toEqual([]);
      expect(await index.search(QUERY, { metadata: { kept: 1 }, sessionId: null }, 10)).toHaveLength(1);
      const { metadatas } = await (await collection()).get();
      expect(metadatas.map((each) => Object.keys(each!).filter((key) => key.startsWith('pair_')).length)).toEqual([1]);
    });

    it('more of one memory than a request may carry', async () => {
      const passages = Array.from({ length: 6_000 }, (_, n) => 0.5 - n / 20_000);
      await index.add([aMemory('huge', passages)]);
      expect(await (await collection()).count()).toBe(6_000);
      expect((await index.held()).get('huge')).toBe('hash of huge');
      expect((await index.read(['hash of huge'])).get('hash of huge')).toHaveLength(6_000);
    });

    it('so that a memory is found at every moment while it is replaced', async () => {
      await index.add([aMemory('a', [0.9])]);
      let isReplacing = true;
      const replacing = (async () => {
        for (let n = 0; n < 15; n += 1) await index.add([aMemory('a', [0.9 - n / 100, 0.2], { hash: `${n}` })]);
        isReplacing = false;
      })();
      const seen: number[] = [];
      while (isReplacing) seen.push((await index.search(QUERY, {}, 10)).length);
      await replacing;
      expect(new Set(seen)).toEqual(new Set([1]));
      expect(await (await collection()).count()).toBe(2);
    });

    it('and count as held only when complete: a partial write is repeated', async () => {
      await index.add([aMemory('a', [0.9, 0.8]), aMemory('b', [0.7])]);
      const rows = await collection();
      const { ids } = await rows.get({ where: { memory: 'a' } });
      await rows.delete({ ids: [ids[1]!] });
      expect((await index.held()).get('a')).not.toBe('hash of a');
      expect((await index.held()).get('b')).toBe('hash of b');
      expect((await index.read(['hash of a'])).size).toBe(0);
      await index.add([aMemory('a', [0.9, 0.8])]);
      expect((await index.held()).get('a')).toBe('hash of a');
    });

    it('and count as held only when written once: what two have written is replaced', async () => {
      await index.add([aMemory('a', [0.9])]);
      const rows = await collection();
      const { metadatas } = await rows.get();
      const [left] = metadatas;
      await rows.add({ ids: ['a:left:0'], embeddings: [[...at(0.3)]], metadatas: [{ ...left!, edition: 'left' }] });
      expect((await index.held()).get('a')).not.toBe('hash of a');
      await index.add([aMemory('a', [0.9])]);
      expect((await index.held()).get('a')).toBe('hash of a');
      expect(await rows.count()).toBe(1);
    });

    it('that is created again when somebody removed it', async () => {
      await index.add([aMemory('a', [0.9])]);
      await client.deleteCollection({ name: (await names())[0]! });
      expect(await found()).toEqual([]);
      expect((await index.held()).size).toBe(0);
      await index.add([aMemory('b', [0.8])]);
      expect(await found()).toEqual(['b']);
      await client.deleteCollection({ name: (await names())[0]! });
      await index.add([aMemory('c', [0.7])]);
      expect(await found()).toEqual(['c']);
    });

    it('unless one of that name compares by another distance, which is left as it is', async () => {
      await index.add([aMemory('a', [0.9])]);
      const [name] = await names();
      await client.deleteCollection({ name: name! });
      await client.createCollection({ name: name!, embeddingFunction: null, configuration: { hnsw: { space: 'l2' } } });
      const fresh = open();
      const refusal = { code: 'STORE_UNSUITABLE', message: expect.stringContaining('compares by l2, not by cosine') };
      await expect(fresh.add([aMemory('a', [0.9])])).rejects.toMatchObject(refusal);
      await expect(fresh.search(QUERY, {}, 1)).rejects.toMatchObject(refusal);
      expect(await (await client.getCollection({ name: name! })).count()).toBe(0);
    });

    it('that is removed with its project, and no other project’s', async () => {
      const neighbour = createChromaIndex({ connection, projectId: `${projectId}0`, model, logger: silentLogger });
      await index.add([aMemory('a', [0.9])]);
      await open({ name: 'another' }).add([aMemory('a', [0.9])]);
      await neighbour.add([aMemory('n', [0.9])]);
      await destroyChroma(connection, projectId);
      await destroyChroma(connection, projectId);
      expect(await names()).toEqual([]);
      expect((await neighbour.held()).size).toBe(1);
      expect(await found()).toEqual([]);
    });
  });
});
