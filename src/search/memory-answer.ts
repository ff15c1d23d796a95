import { fuse } from './fusion.js';
import type { EmbeddingTable } from './indexing/embedding-table.js';
import type { MemoryAnswer, MemoryHit, MemoryQuery } from './search.js';
import { memoryFilter } from './text/filters.js';
import type { TextHit, TextIndex } from './text/text-index.js';
import type { VectorHit, VectorIndex } from './vectors/vector-index.js';

/** How deep each ranking is read before they are fused. */
const fusedDepth = (limit: number): number => Math.max(50, 2 * limit);

export type Hits = Pick<MemoryAnswer, 'hits' | 'answeredBy'>;

export interface MemoryIndexes {
  readonly text: TextIndex;
  readonly vectors: VectorIndex;
  readonly embeddings: EmbeddingTable;
}

/** The memories that hold the query's words, as many as the answer may need. */
export function tokenizeInSteps(
  { text }: MemoryIndexes,
  { text: words, mode, filter, limit }: MemoryQuery,
): readonly TextHit[] {
  return text.search('memories', words, memoryFilter(filter), mode === 'HYBRID' ? fusedDepth(limit) : limit);
}

/** Memories by their words. */
export function byWords(worded: readonly TextHit[], { limit }: MemoryQuery): Hits {
  const hits = scored(worded.slice(0, limit)).map(({ id, score }) => toHit(id, score, undefined));
  return { answeredBy: 'TEXT', hits };
}

/** Memories by the query's vector; null when there is none to compare it with yet. */
export async function byMeaning(
  indexes: MemoryIndexes,
  vector: Float32Array,
  query: MemoryQuery,
): Promise<Hits | null> {
  const near = await nearest(indexes, vector, query, query.limit);
  if (!near) return null;
  const hits = near.map((hit) => toHit(hit.id, (1 + hit.similarity) / 2, hit));
  return { answeredBy: 'VECTOR', hits };
}

/** Memories that are near the query's vector, hold its words, or both; null when there is no vector to compare with yet. */
export async function byBoth(
  indexes: MemoryIndexes,
  vector: Float32Array,
  worded: readonly TextHit[],
  query: MemoryQuery,
): Promise<Hits | null> {
  const { minSimilarity, limit } = query;
  const near = await nearest(indexes, vector, query, fusedDepth(limit));
  if (!near) return null;
  const found = new Map(near.map((hit) => [hit.id, hit]));
  const compareRest = async (ids: readonly string[]): Promise<void> => {
    const rest = ids.filter((id) => !found.has(id));
    if (rest.length === 0) return;
    for (const hit of await indexes.vectors.compare(vector, rest)) if (hit) found.set(hit.id, hit);
  };
  let ids = worded.map(({ id }) => id);
  if (minSimilarity !== undefined) {
    await compareRest(ids);
    ids = ids.filter((id) => (found.get(id)?.similarity ?? Number.NEGATIVE_INFINITY) >= minSimilarity);
  }
  // Words come first where ranks tie: a rare word that is there says more than the nearest of vectors that all are far.
  const best = fuse([ids, near.map(({ id }) => id)]).slice(0, limit);
  await compareRest(best.map(({ id }) => id));
  return { answeredBy: 'HYBRID', hits: best.map(({ id, score }) => toHit(id, score, found.get(id))) };
}

/** Weights on a scale where the best hit has 1. */
export function scored(hits: readonly TextHit[]): readonly { readonly id: string; readonly score: number }[] {
  const best = hits[0]?.weight ?? 0;
  return hits.map(({ id, weight }) => ({ id, score: best > 0 ? Math.max(0, weight / best) : 1 }));
}

async function nearest(
  { vectors, embeddings }: MemoryIndexes,
  vector: Float32Array,
  { filter, minSimilarity = Number.NEGATIVE_INFINITY }: MemoryQuery,
  limit: number,
): Promise<readonly VectorHit[] | null> {
  const near = await vectors.search(vector, filter, limit);
  if (near.length === 0 && embeddings.pending() > 0) return null;
  return near.filter(({ similarity }) => similarity >= minSimilarity);
}

function toHit(id: string, score: number, near: VectorHit | undefined): MemoryHit {
  return { id, score, similarity: near?.similarity ?? null, passage: near?.passage ?? null };
}
