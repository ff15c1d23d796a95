import type { Db } from 'mongodb';
import { storeClosed } from '../../storage/store-errors.js';
import type { IndexedMemory, VectorFilter, VectorHit, VectorIndex } from '../vectors/vector-index.js';
import { type Limits, SEARCH_MS, within } from './deadline.js';
import { isNotReady, notReady } from './errors.js';
import { bestOfEach, createExactComparison } from './exact-comparison.js';
import { findNearest } from './nearest.js';
import { EMBEDDINGS, type FoundPassage, type PassageDocument, passes, WITHOUT_VECTOR } from './passage-document.js';
import { searchIndexName } from './search-index.js';
import type { AtlasSupport } from './support.js';
import { createVectorArchive } from './vector-archive.js';

export interface AtlasIndexOptions {
  readonly db: Db;
  readonly projectId: string;
  readonly model: { readonly name: string; readonly dimensions: number };
  /** Shared by the database's projects whose vectors have these dimensions. It isn't closed with the index. */
  readonly support: AtlasSupport;
  /** Timeout of a search, in ms. */
  readonly searchMs?: number;
}

/** Passages added in this time, in ms, are compared in this process, up to this many: the search index may not have them yet. */
const RECENT_MS = 120_000;
const RECENT_PASSAGES = 2_000;
/** Without a queryable search index, up to this many passages are compared in this process. */
const FEW_PASSAGES = 2_000;
/** Up to this many passages, an exact search is better than the index's graph, as MongoDB recommends. */
const EXACT_PASSAGES = 10_000;
/** How long their count is cached, in ms. */
const COUNT_MS = 60_000;

/**
 * Vectors in MongoDB, searched by `$vectorSearch`. The search index lags behind writes by an unknown time, so recent passages
 * are compared in this process and merged: read-your-writes, in any process. On a server without search it stores vectors all
 * the same, and answers searches of small projects only.
 */
export function createAtlasIndex(options: AtlasIndexOptions): VectorIndex {
  const { db, projectId, model, support, searchMs = SEARCH_MS } = options;
  const collection = db.collection<PassageDocument>(EMBEDDINGS, {
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  });
  const scope = { project: projectId, model: model.name };
  const stop = new AbortController();
  const exact = createExactComparison(collection);
  const archive = createVectorArchive({
    collection,
    scope,
    dimensions: model.dimensions,
    support,
    signal: stop.signal,
  });
  let counted: { readonly isFew: boolean; readonly until: number } | null = null;

  // — writing —

  async function add(memories: readonly IndexedMemory[]): Promise<void> {
    exact.remember((await archive.add(memories)).slice(-RECENT_PASSAGES));
  }

  // — searching —

  async function search(vector: Float32Array, filter: VectorFilter, limit: number): Promise<readonly VectorHit[]> {
    if (limit < 1) return [];
    return within(searchMs, stop.signal, async (limits) => {
      const isReady = (await support.state()) === 'READY';
      const found = isReady ? await indexed(vector, filter, limit, limits) : null;
      return (found ?? (await unindexed(vector, filter, limits))).slice(0, limit);
    });
  }

  /** By the search index, plus what it may not have yet; null when it turns out not to be queryable. */
  async function indexed(
    vector: Float32Array,
    filter: VectorFilter,
    limit: number,
    limits: Limits,
  ): Promise<readonly VectorHit[] | null> {
    const index = searchIndexName(model.dimensions);
    const query = { vector, filter, limit, index, exact: await isExact(filter, limits) };
    try {
      const [nearest, late] = await Promise.all([
        findNearest(collection, scope, query, limits),
        recent(limits).then((passages) => compareHere(vector, passages, filter, limits)),
      ]);
      // A dropped index finds nothing, without an error.
      if (nearest.isEmpty && (await support.check()) !== 'READY') return null;
      return bestOfEach([...nearest.hits, ...late]);
    } catch (error) {
      if (!isNotReady(error)) throw error;
      await support.check();
      return null;
    }
  }

  /** @throws StoreError when there are too many passages to compare without an index */
  async function unindexed(vector: Float32Array, filter: VectorFilter, limits: Limits): Promise<readonly VectorHit[]> {
    const all = await find({ live: true }, FEW_PASSAGES + 1, limits);
    if (all.length > FEW_PASSAGES) throw notReady();
    return compareHere(vector, all, filter, limits);
  }

  function recent(limits: Limits): Promise<readonly FoundPassage[]> {
    const since = new Date(support.now().getTime() - RECENT_MS);
    return find({ addedAt: { $gte: since } }, RECENT_PASSAGES, limits);
  }

  function find(which: object, limit: number, limits: Limits): Promise<readonly FoundPassage[]> {
    return collection
      .find<FoundPassage>(
        { ...scope, ...which },
        { ...limits, projection: WITHOUT_VECTOR, limit, sort: { addedAt: -1 } },
      )
      .toArray();
  }

  function compareHere(
    vector: Float32Array,
    passages: readonly FoundPassage[],
    filter: VectorFilter,
    limits: Limits,
  ): Promise<readonly VectorHit[]> {
    const passing = passages.filter((passage) => passes(passage, filter));
    return exact.compare(vector, passing, limits);
  }

  /** Whether to search exactly. A session or a task is small, however large the project. */
  async function isExact({ sessionId, taskId }: VectorFilter, limits: Limits): Promise<boolean> {
    if (typeof sessionId === 'string' || typeof taskId === 'string') return true;
    if (!counted || counted.until < performance.now()) {
      const count = await collection.countDocuments(scope, { ...limits, limit: EXACT_PASSAGES + 1 });
      counted = { isFew: count <= EXACT_PASSAGES, until: performance.now() + COUNT_MS };
    }
    return counted.isFew;
  }

  async function compare(vector: Float32Array, ids: readonly string[]): Promise<readonly (VectorHit | null)[]> {
    const hits = await within(searchMs, stop.signal, async (limits) => {
      const filter = { project: projectId, memory: { $in: [...ids] } };
      const found = await collection.find<FoundPassage>(filter, { ...limits, projection: WITHOUT_VECTOR }).toArray();
      const held = found.filter((passage) => passage.live && passage.model === model.name);
      return exact.compare(vector, held, limits);
    });
    const byId = new Map(hits.map((hit) => [hit.id, hit]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  // — closing —

  async function close(): Promise<void> {
    stop.abort(storeClosed('of vectors'));
    exact.clear();
  }

  return { ...archive, name: `mongodb ${placeOf(db)}`, add, search, compare, close };
}

/** Hosts and database, which identify the vectors. */
function placeOf({ client, databaseName }: Db): string {
  const { srvHost, hosts } = client.options;
  return `${srvHost ?? hosts.map(String).sort().join(',')}/${databaseName}`;
}
