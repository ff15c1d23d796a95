import { ChromaClient } from 'chromadb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createChromaIndex } from '../../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../../src/search/chroma/connection.js';
import { silentLogger } from '../../../src/search/contract.js';
import { chromaUnavailable, DATABASE, startChroma, type TestChroma } from '../../support/search/chroma.js';
import { type Bench, createBenches, createWordEmbedder, memory } from '../../support/search/search.js';
import { until } from '../../support/until.js';

describe.skipIf(chromaUnavailable !== null)('a search whose vectors are on a Chroma server', () => {
  const benches = createBenches();
  const { model } = createWordEmbedder();
  let chroma: TestChroma;
  let connection: ChromaConnection;
  let bench: Bench;
  let projects = 0;

  beforeAll(async () => {
    chroma = await startChroma();
  });
  afterAll(() => chroma?.stop());
  beforeEach(async () => {
    projects += 1;
    connection = createChromaConnection({ url: chroma.url, token: null, ...DATABASE });
    bench = await benches.open({ vectorIndex: openIndex() });
  });
  afterEach(async () => {
    await benches.cleanUp();
    connection.close();
  });

  const openIndex = () => createChromaIndex({ connection, projectId: `prj_${projects}`, model, logger: silentLogger });
  const byMeaning = (text: string, filter = {}) => bench.find(text, { mode: 'VECTOR', filter });
  /** What the server holds, seen from outside. */
  const kept = async (): Promise<readonly string[]> => {
    const client = new ChromaClient({ host: '127.0.0.1', port: chroma.port, ...DATABASE });
    const [name] = await names();
    const { metadatas } = await (await client.getCollection({ name: name! })).get();
    return metadatas.map((each) => String(each?.memory)).sort();
  };
  const names = async () => (await connection.collections(`mooring.prj_${projects}.`)).map(({ name }) => name);

  it('finds saved memories by meaning, each passage of them', async () => {
    const [boat, long] = [memory('a boat in the harbour'), memory('interest rates\n\nan anchor on the sea bed')];
    await bench.create(boat, long, memory('bread and butter'));
    await bench.search.settled();
    expect((await byMeaning('harbour boat'))[0]).toBe(boat.id);
    const { hits, answeredBy } = await bench.ask('anchor sea');
    expect(answeredBy).toBe('HYBRID');
    expect(hits[0]).toMatchObject({ id: long.id, passage: { start: 16 } });
  });

  it('follows an edit, a deletion and a restoration', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    const edited = await bench.update(boat, { content: 'a house' });
    await bench.search.settled();
    expect((await bench.ask('house', { mode: 'VECTOR' })).hits[0]?.similarity).toBeCloseTo(Math.SQRT1_2, 5);
    const deleted = await bench.delete(edited);
    expect(await byMeaning('house')).toEqual([]);
    await until(async () => (await kept()).length === 0);
    await bench.restore(deleted);
    await bench.search.settled();
    expect(await byMeaning('house')).toEqual([boat.id]);
  });

  it("filters by a memory's current fields, without embedding it again", async () => {
    const boat = memory('a boat', { sessionId: 'old', metadata: { colour: 'red', size: 1 } });
    await bench.create(boat);
    await bench.search.settled();
    await bench.update(boat, { sessionId: 'new', metadata: { size: 1 } });
    await bench.search.settled();
    expect(await byMeaning('boat', { sessionId: 'old' })).toEqual([]);
    expect(await byMeaning('boat', { metadata: { colour: 'red' } })).toEqual([]);
    expect(await byMeaning('boat', { sessionId: 'new', metadata: { size: 1 } })).toEqual([boat.id]);
    expect(await kept()).toEqual([boat.id]);
    expect(bench.embedder.asked).toEqual(['a boat']);
  });

  it('leaves nothing of what is purged', async () => {
    const [boat, ship] = [memory('a boat'), memory('a ship')];
    await bench.create(boat, ship);
    await bench.search.settled();
    await bench.purge(boat);
    await bench.search.catchUp();
    await until(async () => (await kept()).join() === ship.id);
  });

  it('answers by words while the server is down, says so, loses nothing, and recovers', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    await chroma.kill();
    const later = memory('a later boat');
    await bench.create(later);
    const { hits, answeredBy } = await bench.ask('boat');
    expect({ ids: hits.map(({ id }) => id).sort(), answeredBy }).toEqual({
      ids: [boat.id, later.id].sort(),
      answeredBy: 'TEXT',
    });
    await chroma.restart();
    await until(async () => (await kept()).join() === [boat.id, later.id].sort().join());
    expect(await bench.ask('boat')).toMatchObject({ answeredBy: 'HYBRID', pending: 0 });
  });

  it('is filled again by a repair when its collection was removed', async () => {
    const memories = ['a boat', 'a ship', 'a raft'].map((content) => memory(content));
    await bench.create(...memories);
    await bench.search.settled();
    const client = new ChromaClient({ host: '127.0.0.1', port: chroma.port, ...DATABASE });
    await client.deleteCollection({ name: (await names())[0]! });
    expect(await bench.search.status()).toMatchObject({ stored: 3, searchable: 0, pending: 3 });
    expect(await bench.find('boat')).toContain(memories[0]!.id);
    expect(await bench.search.repair()).toMatchObject({ added: 3 });
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 3, pending: 0 });
    expect(await kept()).toEqual(memories.map(({ id }) => id).sort());
  });

  it('takes over from vectors in the index file, and returns to them', async () => {
    await bench.reopen({});
    await bench.create(memory('a boat'), memory('a ship'));
    await bench.search.settled();
    await bench.reopen({ vectorIndex: openIndex() });
    await bench.search.settled();
    expect(await kept()).toHaveLength(2);
    await bench.reopen({});
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 2, pending: 0 });
  });
});
