import { ChromaClient } from 'chromadb';
import { createChromaIndex } from '../src/search/chroma/chroma-index.js';
import { createChromaConnection } from '../src/search/chroma/connection.js';
import { silentLogger } from '../src/search/contract.js';
import type { IndexedMemory } from '../src/search/vectors/vector-index.js';
import { chromaUnavailable, DATABASE, startChroma } from '../test/support/search/chroma.js';
import { type Bench, median, milliseconds } from './measure.js';
import { createRandom, createVectors } from './words.js';

const COUNT = 10_000;
const DIMENSIONS = 384;
const LIMIT = 10;
const RUNS = 100;
const AT_ONCE = 500;
/** A tenth of the memories belong to it. */
const SESSION = 'one';

/** A search on a Chroma server against the bare client's query of the same collection, for as many of the nearest. */
export const bench: Bench = async () => {
  if (chromaUnavailable) return [];
  const chroma = await startChroma();
  const connection = createChromaConnection({ url: chroma.url, token: null, ...DATABASE });
  const model = { name: 'bench', dimensions: DIMENSIONS };
  const index = createChromaIndex({ connection, projectId: 'prj_bench', model, logger: silentLogger });
  const makeVector = createVectors(createRandom(COUNT), DIMENSIONS);
  const memories = Array.from({ length: COUNT }, (_, n) => aMemory(n, makeVector()));
  for (let from = 0; from < COUNT; from += AT_ONCE) await index.add(memories.slice(from, from + AT_ONCE));

  const client = new ChromaClient({ host: '127.0.0.1', port: chroma.port, ...DATABASE });
  const [named] = await connection.collections('mooring.prj_bench.');
  const collection = client.collection(named!.id);
  const bare = (vector: Float32Array, where?: { session: string }) =>
    collection.query({ queryEmbeddings: [[...vector]], nResults: LIMIT, ...(where && { where }) });
  const queries = Array.from({ length: RUNS }, makeVector);
  for (const query of queries.slice(0, 5)) await Promise.all([index.search(query, {}, LIMIT), bare(query)]);

  const [open, filtered] = [emptyTimes(), emptyTimes()];
  let found = 0;
  for (const [run, query] of queries.entries()) {
    const ours = await inTurn(
      run,
      open,
      () => index.search(query, {}, LIMIT),
      () => bare(query),
    );
    const ids = new Set(ours.map(({ id }) => id));
    found += nearest(memories, query).filter((id) => ids.has(id)).length;
    const one = () => index.search(query, { sessionId: SESSION }, LIMIT);
    await inTurn(run, filtered, one, () => bare(query, { session: SESSION }));
  }
  connection.close();
  await chroma.stop();

  const at = COUNT.toLocaleString('en');
  const row = (work: string, { ours, floor }: Times) => ({
    work,
    ours: milliseconds(median(ours)),
    floor: milliseconds(median(floor)),
    ratio: median(ours) / median(floor),
    goal: { atMost: 1.2 },
  });
  const best = RUNS * LIMIT;
  return [
    row(`search on Chroma p50 at ${at}, against the bare client`, open),
    row(`search of a tenth on Chroma p50 at ${at}, against the bare client`, filtered),
    {
      work: `recall@${LIMIT} on Chroma at ${at}, against float32`,
      ours: `${found} of ${best}`,
      floor: `${best}`,
      ratio: found / best,
      goal: { atLeast: 0.99 },
    },
  ];
};

interface Times {
  readonly ours: number[];
  readonly floor: number[];
}

const emptyTimes = (): Times => ({ ours: [], floor: [] });

/** Ours and the floor one after the other, each first every second time, since the second finds the server's caches warm. */
async function inTurn<T>(run: number, times: Times, ours: () => Promise<T>, floor: () => Promise<unknown>): Promise<T> {
  if (run % 2 === 0) await timed(times.floor, floor);
  const result = await timed(times.ours, ours);
  if (run % 2 === 1) await timed(times.floor, floor);
  return result;
}

async function timed<T>(times: number[], work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}

function aMemory(n: number, vector: Float32Array): IndexedMemory {
  return {
    id: `mem_${String(n).padStart(26, '0')}`,
    hash: `${n}`,
    sessionId: n % 10 === 0 ? SESSION : null,
    taskId: null,
    role: 'USER',
    occurredAt: '2026-01-31T09:30:00.000Z',
    metadata: { source: 'bench' },
    vectors: [{ passage: { start: 0, end: 200 }, vector }],
  };
}

/** Ids of the exact nearest neighbours. */
function nearest(memories: readonly IndexedMemory[], query: Float32Array): readonly string[] {
  return memories
    .map(({ id, vectors }) => ({ id, similarity: dot(vectors[0]!.vector, query) }))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, LIMIT)
    .map(({ id }) => id);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
