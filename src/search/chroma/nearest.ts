import type { Where } from 'chromadb';
import type { VectorHit } from '../vector-index.js';
import type { Access } from './collection.js';
import { every, notOf } from './filter.js';
import { pagesWithVectors } from './pages.js';
import { type Row, type RowWithVector, readNearest } from './rows.js';

export interface Question {
  readonly vector: Float32Array;
  readonly where: Where | undefined;
  readonly limit: number;
}

/** How many more rows than hits are asked for at first, as some memories have several, and how many times more then. */
const SPARE_ROWS = 8;
const WIDENING = 4;
/** How often the graph is asked again when rows went while they were read. */
const REPEATS = 2;

/**
 * The memories nearest to a vector, each by its best passage. The graph is asked for rows until there are as many memories
 * as wanted: each time for those of other memories than are found. It may miss some that pass, so when it has no more, what
 * else passes is compared one by one.
 */
export async function findNearest(access: Access, question: Question): Promise<readonly VectorHit[]> {
  const { vector, where, limit } = question;
  const best = new Map<string, VectorHit>();
  for (let count = limit + SPARE_ROWS; best.size < limit; count *= WIDENING) {
    const rest = every([where, notOf(best.keys())]);
    const rows = await ask(access, vector, rest, count);
    for (const row of rows) if (row) keepBest(best, row, row.similarity);
    if (rows.length < count) {
      if (best.size < limit) await compareRest(access, question, best);
      break;
    }
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}

async function ask({ rows, heard }: Access, vector: Float32Array, where: Where | undefined, count: number) {
  const query: Parameters<typeof rows.query>[0] = {
    queryEmbeddings: [Array.from(vector)],
    nResults: count,
    include: ['metadatas', 'distances'],
    ...(where && { where }),
  };
  for (let repeats = 0; ; repeats += 1) {
    const found = readNearest(await rows.query(query));
    heard();
    if (repeats === REPEATS || !found.includes(null)) return found;
  }
}

async function compareRest(access: Access, { vector, where }: Question, best: Map<string, VectorHit>) {
  const rest = every([where, notOf(best.keys())]);
  for await (const rows of pagesWithVectors(access, rest, vector.length)) weigh(best, rows, vector);
}

/** Takes rows into account, each by its cosine. */
export function weigh(best: Map<string, VectorHit>, rows: readonly RowWithVector[], vector: Float32Array): void {
  for (const row of rows) keepBest(best, row, cosine(row.vector, vector));
}

function keepBest(best: Map<string, VectorHit>, { memory, start, end }: Row, similarity: number): void {
  const known = best.get(memory);
  if (!known || similarity > known.similarity) best.set(memory, { id: memory, similarity, passage: { start, end } });
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return Math.max(-1, Math.min(1, sum));
}
