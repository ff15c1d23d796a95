import type { Collection, Document } from 'mongodb';
import type { VectorFilter, VectorHit } from '../vectors/vector-index.js';
import type { Limits } from './deadline.js';
import { bestOfEach } from './exact-comparison.js';
import { type FoundPassage, type PassageDocument, passes, type VectorScope, wantedPairs } from './passage-document.js';

/** A query for `$vectorSearch`. */
export interface NearestQuery {
  readonly vector: Float32Array;
  readonly filter: VectorFilter;
  /** Memories wanted. */
  readonly limit: number;
  /** Name of the index. */
  readonly index: string;
  /** Compares every vector that passes the filter, for when they are few; otherwise the index's graph is searched. */
  readonly exact: boolean;
}

export interface Nearest {
  readonly hits: readonly VectorHit[];
  /** Whether the index returned nothing at all: it may be empty, or missing. */
  readonly isEmpty: boolean;
}

type ScoredPassage = FoundPassage & { readonly score: number };

/** MongoDB's limit for `numCandidates`. */
const MAX_CANDIDATES = 10_000;
/** Passages requested per memory wanted: some memories have several among the best. */
const SPARE = 2;
/** The factor by which more passages are requested when they were of too few memories. */
const WIDENING = 4;

/**
 * The nearest memories by `$vectorSearch`. Documents are read in their current state, so passages that were removed or changed
 * since they were indexed are dropped. If the passages are of too few memories, those of other memories are requested.
 */
export async function findNearest(
  collection: Collection<PassageDocument>,
  scope: VectorScope,
  query: NearestQuery,
  limits: Limits,
): Promise<Nearest> {
  const seen = new Set<string>();
  const passing: VectorHit[] = [];
  let count = Math.min(SPARE * query.limit, MAX_CANDIDATES);
  for (;;) {
    const known = seen.size;
    const stage = vectorSearch(scope, query, count, [...seen]);
    const found = await collection
      .aggregate<ScoredPassage>([stage, { $project: PROJECTION }], { ...limits, readConcern: { level: 'local' } })
      .toArray();
    for (const passage of found) {
      seen.add(passage.memory);
      if (passes(passage, query.filter)) passing.push(toHit(passage));
    }
    const hits = bestOfEach(passing);
    const isEnd = count === MAX_CANDIDATES && (found.length < count || seen.size === known);
    if (hits.length >= query.limit || isEnd) return { hits, isEmpty: seen.size === 0 };
    // Fewer than requested: either no more pass, or passages deleted since they were indexed took the place of others.
    count = found.length < count ? MAX_CANDIDATES : Math.min(count * WIDENING, MAX_CANDIDATES);
  }
}

const PROJECTION = {
  ...{ memory: 1, start: 1, end: 1, live: 1 },
  ...{ session: 1, task: 1, role: 1, occurredAt: 1, metadata: 1 },
  score: { $meta: 'vectorSearchScore' },
} as const;

function vectorSearch(scope: VectorScope, query: NearestQuery, count: number, seen: readonly string[]): Document {
  const { vector, filter, limit, index, exact } = query;
  const candidates = Math.min(Math.max(100, 20 * limit, count), MAX_CANDIDATES);
  return {
    $vectorSearch: {
      index,
      path: 'embedding',
      queryVector: Array.from(vector),
      limit: count,
      ...(exact ? { exact: true } : { numCandidates: candidates }),
      filter: { $and: conditions(scope, filter, seen) },
    },
  };
}

/** The filter in the operators that `$vectorSearch` knows. */
function conditions({ project, model }: VectorScope, filter: VectorFilter, seen: readonly string[]): Document[] {
  const { sessionId, taskId, roles, occurredAfter, occurredBefore } = filter;
  return [
    { project: { $eq: project } },
    { model: { $eq: model } },
    { live: { $eq: true } },
    ...(seen.length > 0 ? [{ memory: { $nin: [...seen] } }] : []),
    ...(sessionId !== undefined ? [{ session: { $eq: sessionId } }] : []),
    ...(taskId !== undefined ? [{ task: { $eq: taskId } }] : []),
    ...(roles ? [{ role: { $in: [...roles] } }] : []),
    ...(occurredAfter !== undefined ? [{ occurredAt: { $gte: new Date(occurredAfter) } }] : []),
    ...(occurredBefore !== undefined ? [{ occurredAt: { $lt: new Date(occurredBefore) } }] : []),
    ...wantedPairs(filter).map((pair) => ({ metadata: { $eq: pair } })),
  ];
}

/** MongoDB's score for a cosine is (1 + cosine) / 2. */
function toHit({ memory, score, start, end }: ScoredPassage): VectorHit {
  return { id: memory, similarity: 2 * score - 1, passage: { start, end } };
}
