import type { Collection, Document } from 'mongodb';
import type { MemorySearchFilter, VectorHit } from '../vectors/vector-index.js';
import type { Limits } from './deadline.js';
import { bestOfEach } from './exact-comparison.js';
import { type FoundPassage, type PassageDocument, passes, type VectorScope, wantedPairs } from './passage-document.js';

/** What `$vectorSearch` is asked. */
export interface NearestQuery {
  readonly vector: Float32Array;
  readonly filter: MemorySearchFilter;
  /** Memories wanted. */
  readonly limit: number;
  /** Name of the index. */
  readonly index: string;
  /** Compares every vector that passes: for when these are few. Otherwise the index's graph is walked. */
  readonly exact: boolean;
}

export interface Nearest {
  readonly hits: readonly VectorHit[];
  /** Whether the index gave nothing at all: there may be nothing, or no index. */
  readonly isEmpty: boolean;
}

type ScoredPassage = FoundPassage & { readonly score: number };

/** The most that MongoDB takes for `numCandidates`. */
const MOST_CANDIDATES = 10_000;
/** Passages asked for, for each memory wanted: some memories have several among the best. */
const SPARE = 2;
/** How many times more passages are asked for when they were of too few memories. */
const WIDENING = 4;

/**
 * The nearest memories by `$vectorSearch`. Documents are read as they are now, so what has been removed or changed since
 * the index saw it is dropped. When the passages found are of too few memories, others' are asked for.
 */
export async function findNearest(
  collection: Collection<PassageDocument>,
  scope: VectorScope,
  query: NearestQuery,
  limits: Limits,
): Promise<Nearest> {
  const seen = new Set<string>();
  const passing: VectorHit[] = [];
  let count = Math.min(SPARE * query.limit, MOST_CANDIDATES);
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
    const isEnd = count === MOST_CANDIDATES && (found.length < count || seen.size === known);
    if (hits.length >= query.limit || isEnd) return { hits, isEmpty: seen.size === 0 };
    // Fewer than asked for may be all that pass, or what was deleted since the index saw it took the place of others.
    count = found.length < count ? MOST_CANDIDATES : Math.min(count * WIDENING, MOST_CANDIDATES);
  }
}

const PROJECTION = {
  ...{ memory: 1, start: 1, end: 1, live: 1 },
  ...{ session: 1, task: 1, role: 1, occurredAt: 1, metadata: 1 },
  score: { $meta: 'vectorSearchScore' },
} as const;

function vectorSearch(scope: VectorScope, query: NearestQuery, count: number, seen: readonly string[]): Document {
  const { vector, filter, limit, index, exact } = query;
  const candidates = Math.min(Math.max(100, 20 * limit, count), MOST_CANDIDATES);
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
function conditions({ project, model }: VectorScope, filter: MemorySearchFilter, seen: readonly string[]): Document[] {
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

/** MongoDB's score of a cosine is (1 + cosine) / 2. */
function toHit({ memory, score, start, end }: ScoredPassage): VectorHit {
  return { id: memory, similarity: 2 * score - 1, passage: { start, end } };
}
