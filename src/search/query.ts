import type { Embedder } from '../embedding/embedder.js';
import { memories as memoriesSpec } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import { settlesWithin } from '../util/async.js';
import type { Turn } from '../util/turn.js';
import type { MemoryAnswer, MemoryHit, MemoryQuery, SearchLogger, TaskHit, TaskQuery } from './contract.js';
import { type IndexFile, isFileError } from './index/index-file.js';
import { SEARCHED, type SearchedCollection } from './index/index-record.js';
import { lengthClass } from './index/index-schema.js';
import type { RecordTable } from './index/record-table.js';
import type { EmbeddingTable } from './indexing/embedding-table.js';
import type { Indexer } from './indexing/indexer.js';
import type { LogApplier } from './log/log-applier.js';
import { memoryFilter, taskFilter } from './text/filters.js';
import type { TextHit, TextIndex } from './text/text-index.js';
import type { MemorySearchFilter, VectorHit, VectorIndex } from './vectors/vector-index.js';

/** Answers queries from one open index. */
export interface SearchQueries {
  memories(query: MemoryQuery): Promise<MemoryAnswer>;
  tasks(query: TaskQuery): Promise<readonly TaskHit[]>;
}

export interface SearchQueriesOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly file: IndexFile;
  readonly applier: LogApplier;
  readonly records: RecordTable;
  readonly embeddings: EmbeddingTable;
  readonly indexer: Indexer;
  readonly textIndex: TextIndex;
  readonly vectors: VectorIndex<MemorySearchFilter>;
  /** Shares the thread with other requests. */
  readonly turn: Turn;
  readonly logger: SearchLogger;
}

type Hits = Pick<MemoryAnswer, 'hits' | 'answeredBy'>;

/** How long a search waits for the log to be applied, in ms: about what a person perceives as immediate. */
const CATCH_UP_MS = 150;
/** With more log entries than this to apply, a search doesn't wait any longer. */
const MAX_LAG = 2_000;
/**
 * How long a search waits for a few pending vectors, in ms. With the model loaded they take about 20; the first search after
 * start-up also waits for the model, which is better than an answer without what was just saved.
 */
const PENDING_MS = 1_000;
/** More pending memories than this, or longer ones (over 16 KB), can't be embedded in that time: they aren't waited for. */
const FEW_PENDING = 16;
const SHORT = lengthClass(16_384);
/** How often the index file is checked for vectors that another process made, in ms. */
const POLL_MS = 20;
/** The constant k of reciprocal rank fusion: Cormack, Clarke and Büttcher (SIGIR 2009). */
const RANK_CONSTANT = 60;
/** How many hits of each ranking are fused. */
const fusedDepth = (limit: number): number => Math.max(50, 2 * limit);

export function createSearchQueries(options: SearchQueriesOptions): SearchQueries {
  const { store, embedder, file, applier, records, embeddings, indexer, textIndex, vectors, turn, logger } = options;

  // — the two queries —

  async function memories(query: MemoryQuery): Promise<MemoryAnswer> {
    const isBlank = query.text.trim() === '';
    const found = isBlank ? { hits: [], answeredBy: query.mode } : await findMemories(query);
    const hits = await withoutStale('memories', found.hits);
    return { ...found, hits, pending: await countPending() };
  }

  async function tasks({ text, limit, filter }: TaskQuery): Promise<readonly TaskHit[]> {
    await catchUpBriefly(applier);
    const found = await turn(() => scored(textIndex.search('tasks', text, taskFilter(filter), limit)));
    return withoutStale('tasks', found);
  }

  /** Falls back to words when the query, or what is stored, has no vector. */
  async function findMemories(query: MemoryQuery): Promise<Hits> {
    const embedding = query.mode === 'TEXT' ? null : embed(query.text);
    await catchUpBriefly(applier);
    // Words are searched while another thread embeds the query.
    const textHits = query.mode === 'VECTOR' ? null : await turn(() => searchWords(query));
    const vector = await embedding;
    if (vector) await awaitFewPending();
    const found = vector && (await searchVectors(vector, textHits, query));
    return found ?? answerByWords(textHits ?? (await turn(() => searchWords(query))), query);
  }

  // — by words —

  /** The memories with words of the query, as many as the mode needs. */
  function searchWords({ text, mode, filter, limit }: MemoryQuery): readonly TextHit[] {
    return textIndex.search('memories', text, memoryFilter(filter), mode === 'HYBRID' ? fusedDepth(limit) : limit);
  }

  // — by vectors —

  async function embed(text: string): Promise<Float32Array | null> {
    try {
      return await embedder.embedQuery(text);
    } catch (error) {
      logger.warn({ err: error }, "A query couldn't be embedded: words answer it.");
      return null;
    }
  }

  async function searchVectors(
    vector: Float32Array,
    textHits: readonly TextHit[] | null,
    query: MemoryQuery,
  ): Promise<Hits | null> {
    try {
      return await turn(() => (textHits ? answerByBoth(vector, textHits, query) : answerByMeaning(vector, query)));
    } catch (error) {
      if (isFileError(error)) throw error;
      logger.warn({ err: error }, "The vector index couldn't be searched: words answer.");
      return null;
    }
  }

  async function answerByMeaning(vector: Float32Array, query: MemoryQuery): Promise<Hits | null> {
    const near = await nearest(vector, query, query.limit);
    return near && { answeredBy: 'VECTOR', hits: near.map((hit) => toHit(hit.id, (1 + hit.similarity) / 2, hit)) };
  }

  async function answerByBoth(
    vector: Float32Array,
    textHits: readonly TextHit[],
    query: MemoryQuery,
  ): Promise<Hits | null> {
    const { minSimilarity, limit } = query;
    const near = await nearest(vector, query, fusedDepth(limit));
    if (!near) return null;
    const known = new Map(near.map((hit) => [hit.id, hit]));
    const compareRest = async (ids: readonly string[]): Promise<void> => {
      const rest = ids.filter((id) => !known.has(id));
      if (rest.length === 0) return;
      for (const hit of await vectors.compare(vector, rest)) if (hit) known.set(hit.id, hit);
    };
    let ids = textHits.map(({ id }) => id);
    if (minSimilarity !== undefined) {
      await compareRest(ids);
      ids = ids.filter((id) => (known.get(id)?.similarity ?? Number.NEGATIVE_INFINITY) >= minSimilarity);
    }
    // Words come first where ranks tie: a rare word is better evidence than the nearest of vectors that are all far away.
    const best = fuse([ids, near.map(({ id }) => id)]).slice(0, limit);
    await compareRest(best.map(({ id }) => id));
    return { answeredBy: 'HYBRID', hits: best.map(({ id, score }) => toHit(id, score, known.get(id))) };
  }

  /** Null while there is nothing to compare with but vectors are pending. */
  async function nearest(
    vector: Float32Array,
    { filter, minSimilarity = Number.NEGATIVE_INFINITY }: MemoryQuery,
    limit: number,
  ): Promise<readonly VectorHit[] | null> {
    const near = await vectors.search(vector, filter, limit);
    if (near.length === 0 && embeddings.pending() > 0) return null;
    return near.filter(({ similarity }) => similarity >= minSimilarity);
  }

  // — freshness —

  /** Waits briefly for the vectors of the few memories that were just saved: read-your-writes. */
  async function awaitFewPending(): Promise<void> {
    const end = performance.now() + PENDING_MS;
    for (let isFirst = true; ; isFirst = false) {
      const pending = embeddings.untried(FEW_PENDING + 1, SHORT);
      const left = end - performance.now();
      if (pending === 0 || pending > FEW_PENDING || left <= 0 || indexer.isResting()) return;
      if (isFirst) indexer.wake();
      await settlesWithin(indexer.progress(), Math.min(POLL_MS, left));
    }
  }

  /** How many memories vectors can't find yet. */
  async function countPending(): Promise<number> {
    const [waiting, isBuilding] = file.read(() => [embeddings.pending(), applier.isBuilding()] as const);
    if (!isBuilding) return waiting;
    const stored = await store.collection(memoriesSpec).count();
    return waiting + Math.max(0, stored - records.count('memories'));
  }

  /**
   * Drops hits whose rows differ from the stored records, in their order. Only needed, and only done, while rows may be of
   * another log: it reads each hit's record.
   */
  async function withoutStale<H extends { readonly id: string }>(
    collection: SearchedCollection,
    hits: readonly H[],
  ): Promise<readonly H[]> {
    if (!applier.isDoubtful() || hits.length === 0) return hits;
    const ids = hits.map(({ id }) => id);
    const stored = await SEARCHED.find(({ name }) => name === collection)!.get(store, ids);
    const rows = records.find(ids);
    return hits.filter(({ id }, index) => {
      const record = stored[index]?.record;
      const row = rows.get(id);
      return record && (['hash', 'digest', 'details'] as const).every((field) => row?.[field] === record[field]);
    });
  }

  return { memories, tasks };
}

/** Applies new log entries. If there are many, or the index is being built, the rest is applied after the search returns. */
export async function catchUpBriefly(applier: LogApplier): Promise<void> {
  const endHurry = applier.hurry();
  try {
    const caughtUp = applier.catchUp();
    caughtUp.catch(() => {});
    if (await settlesWithin(caughtUp, CATCH_UP_MS)) return;
    if (!applier.isBuilding() && (await applier.lag()) <= MAX_LAG) await caughtUp;
  } finally {
    endHurry();
  }
}

// — scoring —

function answerByWords(textHits: readonly TextHit[], { limit }: MemoryQuery): Hits {
  const hits = scored(textHits.slice(0, limit)).map(({ id, score }) => toHit(id, score, undefined));
  return { answeredBy: 'TEXT', hits };
}

/** Scales weights so that the best hit has 1. */
function scored(hits: readonly TextHit[]): readonly TaskHit[] {
  const best = hits[0]?.weight ?? 0;
  return hits.map(({ id, weight }) => ({ id, score: best > 0 ? Math.max(0, weight / best) : 1 }));
}

/**
 * Reciprocal rank fusion: what ranks high in several rankings comes first, whatever their scales. Scores are 0 to 1, 1 for
 * the first of every ranking; of equal ones, the one of the earlier ranking comes first.
 */
function fuse(rankings: readonly (readonly string[])[]): readonly { readonly id: string; readonly score: number }[] {
  const sums = new Map<string, number>();
  for (const ranking of rankings) {
    ranking.forEach((id, index) => {
      sums.set(id, (sums.get(id) ?? 0) + 1 / (RANK_CONSTANT + index + 1));
    });
  }
  const best = rankings.length / (RANK_CONSTANT + 1);
  return [...sums].map(([id, sum]) => ({ id, score: sum / best })).sort((a, b) => b.score - a.score);
}

function toHit(id: string, score: number, near: VectorHit | undefined): MemoryHit {
  return { id, score, similarity: near?.similarity ?? null, passage: near?.passage ?? null };
}
