import type { Collection } from 'mongodb';
import { cosine } from '../../util/vectors.js';
import type { VectorHit } from '../vectors/vector-index.js';
import type { Limits } from './deadline.js';
import type { FoundPassage, PassageDocument } from './passage-document.js';

/** Compares passages with a vector exactly, in this process. */
export interface ExactComparison {
  /** The best passage of each memory, nearest first. */
  compare(vector: Float32Array, passages: readonly FoundPassage[], limits: Limits): Promise<readonly VectorHit[]>;
  /** Caches vectors, so that they needn't be fetched. */
  remember(documents: readonly PassageDocument[]): void;
  clear(): void;
}

/** The size of the cache: 8 MB of vectors with 1,024 numbers. A document's vector never changes. */
const CACHED = 2_000;
const FETCHED_AT_A_TIME = 500;

export function createExactComparison(collection: Collection<PassageDocument>): ExactComparison {
  const vectors = new Map<string, Float32Array>();

  function remember(documents: readonly Pick<PassageDocument, '_id' | 'embedding'>[]): void {
    for (const { _id, embedding } of documents) vectors.set(_id, embedding.toFloat32Array());
    for (const id of vectors.keys()) {
      if (vectors.size <= CACHED) return;
      vectors.delete(id);
    }
  }

  async function compare(
    vector: Float32Array,
    passages: readonly FoundPassage[],
    limits: Limits,
  ): Promise<readonly VectorHit[]> {
    const hits: VectorHit[] = [];
    const weigh = ({ memory, start, end }: FoundPassage, own: Float32Array) =>
      hits.push({ id: memory, similarity: cosine(own, vector), passage: { start, end } });
    const unknown = new Map<string, FoundPassage>();
    for (const passage of passages) {
      const own = vectors.get(passage._id);
      if (own) weigh(passage, own);
      else unknown.set(passage._id, passage);
    }
    const ids = [...unknown.keys()];
    for (let from = 0; from < ids.length; from += FETCHED_AT_A_TIME) {
      const filter = { _id: { $in: ids.slice(from, from + FETCHED_AT_A_TIME) } };
      const fetched = await collection.find(filter, { ...limits, projection: { embedding: 1 } }).toArray();
      for (const { _id, embedding } of fetched) weigh(unknown.get(_id)!, embedding.toFloat32Array());
      remember(fetched);
    }
    return bestOfEach(hits);
  }

  return { compare, remember, clear: () => vectors.clear() };
}

/** One hit per memory, by its best passage, nearest first. */
export function bestOfEach(hits: readonly VectorHit[]): readonly VectorHit[] {
  const best = new Map<string, VectorHit>();
  for (const hit of hits) {
    if (hit.similarity > (best.get(hit.id)?.similarity ?? Number.NEGATIVE_INFINITY)) best.set(hit.id, hit);
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity);
}
