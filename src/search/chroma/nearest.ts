import type { Where } from 'chromadb';
import { dot } from '../../util/vectors.js';
import type { VectorHit } from '../vectors/vector-index.js';
import type { CollectionAccess } from './collection.js';
import { every, notOf } from './filter.js';
import { rowPagesWithVectors } from './row-pages.js';
import { type Row, type RowWithVector, readNearest } from './rows.js';

export interface ChromaQuery {
  readonly vector: Float32Array;
  readonly where: Where | undefined;
  readonly limit: number;
}

/** Finds the memories nearest to a vector, each by its best passage, best first. */
export type FindNearest = (access: CollectionAccess, question: ChromaQuery) => Promise<readonly VectorHit[]>;

/** How many times more rows are asked for when there were too few memories among them. */
const WIDENING = 4;
/** How often the graph is asked again when rows went while they were read. */
const REPEATS = 2;
/** How much of what is expected of a search comes from the last one, when that needed fewer rows than expected. */
const LEARNING = 0.1;

/**
 * Each row that is asked for takes a fiftieth of a search's time, and a memory may have several: so as many are asked for as
 * the searches before have needed. Where they are too few, more are, of other memories than are found. The graph may miss
 * rows that pass: when it has no more, what else passes is compared one by one.
 */
export function createNearest(): FindNearest {
  let rowsPerMemory = 1;

  function learn(needed: number): void {
    rowsPerMemory = Math.min(WIDENING, Math.max(needed, rowsPerMemory + LEARNING * (needed - rowsPerMemory)));
  }

  return async (access, question) => {
    const { vector, where, limit } = question;
    const best = new Map<string, VectorHit>();
    let needed = 0;
    for (let count = Math.ceil(limit * rowsPerMemory); best.size < limit; count *= WIDENING) {
      const rows = await ask(access, vector, every([where, notOf(best.keys())]), count);
      for (const row of rows) {
        if (best.size < limit) needed += 1;
        if (row) keepBest(best, row, row.similarity);
      }
      if (rows.length < count) {
        if (best.size < limit) await compareRest(access, question, best);
        break;
      }
    }
    if (best.size > 0) learn(needed / Math.min(best.size, limit));
    return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, limit);
  };
}

async function ask({ rows, heard }: CollectionAccess, vector: Float32Array, where: Where | undefined, count: number) {
  const query: Parameters<typeof rows.query>[0] = {
    queryEmbeddings: [Array.from(vector)],
    nResults: count,
    include: ['metadatas', 'distances'],
    ...(where && { where }),
  };
  for (let repeats = 0; ; repeats += 1) {
    const found = readNearest(await rows.query(query), count);
    heard();
    if (repeats === REPEATS || !found.includes(null)) return found;
  }
}

async function compareRest(access: CollectionAccess, { vector, where }: ChromaQuery, best: Map<string, VectorHit>) {
  const rest = every([where, notOf(best.keys())]);
  for await (const rows of rowPagesWithVectors(access, rest, vector.length)) weigh(best, rows, vector);
}

/** Takes rows into account, each by its cosine. */
export function weigh(best: Map<string, VectorHit>, rows: readonly RowWithVector[], vector: Float32Array): void {
  for (const row of rows) keepBest(best, row, cosine(row.vector, vector));
}

function keepBest(best: Map<string, VectorHit>, { memory, start, end }: Row, similarity: number): void {
  const known = best.get(memory);
  if (!known || similarity > known.similarity) best.set(memory, { id: memory, similarity, passage: { start, end } });
}

/** Of vectors of unit length; rounding may have taken it beyond 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return Math.max(-1, Math.min(1, dot(a, b)));
}
