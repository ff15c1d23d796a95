import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Embedder } from '../src/embedding/embedder.js';
import { createMiniLmEmbedder } from '../src/embedding/minilm/minilm.js';
import type { SearchMode } from '../src/search/contract.js';
import { createProjectSearch } from '../src/search/create-search.js';
import { expressionOf, termsOf } from '../src/search/text/terms.js';
import { memories, PROJECT_COLLECTIONS } from '../src/storage/collections.js';
import { createSqliteStore } from '../src/storage/sqlite/store.js';
import { createWriter } from '../src/storage/sqlite/writer.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { benchMemory, fill } from './fixtures.js';
import { type Bench, median, milliseconds, type Row } from './measure.js';
import { createRandom, createVectors, rareWords, text } from './words.js';

const { exactSearch } = createRequire(import.meta.url)('usearch') as {
  exactSearch(
    data: Int8Array,
    query: Int8Array,
    dimensions: number,
    count: number,
    metric: string,
    threads: number,
  ): object;
};
const RUNS = 60;

/** A search against its parts: the query's ONNX run, usearch over the same vectors, and the same FTS5 query. */
export const bench: Bench = async () => {
  const small = await measure(10_000);
  const large = await measure(100_000);
  const growth = {
    work: 'searchMemories at 100,000 against 10,000',
    ours: milliseconds(large.p50),
    floor: milliseconds(small.p50),
    ratio: large.p50 / small.p50,
    goal: { atMost: 4 },
  };
  return [...small.rows, ...large.rows, growth];
};

async function measure(count: number): Promise<{ readonly p50: number; readonly rows: readonly Row[] }> {
  const folder = await temporaryFolder();
  const random = createRandom(count);
  const minilm = createMiniLmEmbedder();
  const { dimensions } = minilm.model;
  const makeVector = createVectors(random, dimensions);
  const vectors = new Map<string, Float32Array>();
  // Making 100,000 real vectors takes minutes and changes nothing of what is measured: queries are embedded for real.
  const embedder: Embedder = {
    ...minilm,
    passages: async (content) => [{ start: 0, end: content.length }],
    embedDocuments: async (texts) =>
      texts.map((content) => {
        const vector = makeVector();
        vectors.set(content, vector);
        return vector;
      }),
  };
  const writer = createWriter();
  const path = join(folder.path, 'store.db');
  const store = await createSqliteStore({ path, collections: PROJECT_COLLECTIONS, writer, create: { epoch: 1 } });
  const documents = Array.from({ length: count }, (_, index) =>
    benchMemory(index, 'abcdefgh', { content: `${index} ${text(random, 40)}` }),
  );
  await fill(path, memories.name, documents);
  const file = join(folder.path, 'search.db');
  const search = createProjectSearch({ store, embedder, path: file });
  await search.settled();

  const queries = Array.from({ length: RUNS }, () => rareWords(random, 3));
  const ask = (mode: SearchMode, query: string) => search.memories({ text: query, mode, limit: 10, filter: {} });
  const all = Int8Array.from(
    [...vectors.values()].flatMap((vector) => [...vector].map((value) => Math.round(value * 127))),
  );
  const db = new Database(file, { readonly: true });
  const words = db.prepare(
    `select r.id from (select rowid, rank from memories_words where memories_words match ? order by rank limit 50) w join records r on r.rowid = w.rowid`,
  );
  const floor = async (query: string) => {
    const vector = await minilm.embedQuery(query);
    exactSearch(
      all,
      Int8Array.from(vector, (value) => Math.round(value * 127)),
      dimensions,
      50,
      'cos',
      1,
    );
    words.all(expressionOf(termsOf(query)));
  };
  for (const query of queries.slice(0, 5)) await Promise.all([ask('HYBRID', `${query} warm`), floor(`${query} cold`)]);
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] };
  for (const [index, query] of queries.entries()) {
    // Each side gets words of its own, so that neither profits from what the other has read.
    const own = rareWords(random, 3);
    const start = performance.now();
    const answer = await ask('HYBRID', query);
    times.ours.push(performance.now() - start);
    if (answer.answeredBy !== 'HYBRID') throw new Error(`Search ${index} was answered by ${answer.answeredBy}.`);
    const again = performance.now();
    await floor(own);
    times.floor.push(performance.now() - again);
  }

  const idOf = new Map(documents.map(({ id, content }) => [content, id]));
  let found = 0;
  for (const query of queries.slice(0, 20)) {
    const vector = await minilm.embedQuery(query);
    const best = [...vectors]
      .map(([content, each]) => ({ content, cosine: dot(vector, each) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 10);
    const ids = new Set((await ask('VECTOR', query)).hits.map(({ id }) => id));
    found += best.filter(({ content }) => ids.has(idOf.get(content)!)).length;
  }

  db.close();
  await search.close();
  await store.close();
  await writer.close();
  await minilm.close();
  await folder.remove();
  const [ours, least] = [median(times.ours), median(times.floor)];
  const at = count.toLocaleString('en');
  return {
    p50: ours,
    rows: [
      {
        work: `searchMemories p50 at ${at}`,
        ours: milliseconds(ours),
        floor: milliseconds(least),
        ratio: ours / least,
        goal: { atMost: 1.2 },
      },
      {
        work: `recall@10 at ${at}, against float32`,
        ours: `${found} of 200`,
        floor: '200',
        ratio: found / 200,
        goal: { atLeast: 0.99 },
      },
    ],
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
