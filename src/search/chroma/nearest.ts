import type { Where } from 'chromadb';
import { unitCosine } from '../../util/vectors.js';
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

/** Returns the memories nearest to a vector, each by its best passage, best first. */
export type FindNearest = (access: CollectionAccess, question: ChromaQuery) => Promise<readonly VectorHit[]>;

/** The factor by which more rows are requested when they were of too few memories. */
const WIDENING = 4;
/** How often a query is repeated when rows were deleted while they were read. */
const REPEATS = 2;
/** The weight of the last search in the expected number of rows, when it needed fewer than expected. */
const LEARNING = 0.1;

/**
 * Each requested row takes a fiftieth of a search's time, and a memory may have several: so the number of rows follows what
 * previous searches needed. If they are too few, more are requested, of other memories. The graph may miss rows that pass the
 * filter: when it returns no more, the remaining ones are compared individually.
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

async function ask(
  { rows, onResponse }: CollectionAccess,
  vector: Float32Array,
  where: Where | undefined,
  count: number,
) {
  const query: Parameters<typeof rows.query>[0] = {
    queryEmbeddings: [Array.from(vector)],
    nResults: count,
    include: ['metadatas', 'distances'],
    ...(where && { where }),
  };
  for (let repeats = 0; ; repeats += 1) {
    const found = readNearest(await rows.query(query), count);
    onResponse();
    if (repeats === REPEATS || !found.includes(null)) return found;
  }
}

async function compareRest(access: CollectionAccess, { vector, where }: ChromaQuery, best: Map<string, VectorHit>) {
  const rest = every([where, notOf(best.keys())]);
  for await (const rows of rowPagesWithVectors(access, rest, vector.length)) weigh(best, rows, vector);
}

/** Updates the best hits with rows, by their cosine. */
export function weigh(best: Map<string, VectorHit>, rows: readonly RowWithVector[], vector: Float32Array): void {
  for (const row of rows) keepBest(best, row, unitCosine(row.vector, vector));
}

function keepBest(best: Map<string, VectorHit>, { memory, start, end }: Row, similarity: number): void {
  const known = best.get(memory);
  if (!known || similarity > known.similarity) best.set(memory, { id: memory, similarity, passage: { start, end } });
}
