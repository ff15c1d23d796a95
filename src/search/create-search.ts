import type { Embedder } from '../embedding/embedder.js';
import type { Store } from '../storage/store.js';
import { settlesWithin } from '../util/async.js';
import { forgetTexts } from '../util/forgettable.js';
import { atOnce, type Turn } from '../util/turn.js';
import { confirmed } from './confirmed.js';
import { awaitFewPending, catchUpInTime, countPending } from './freshness.js';
import { copyIndexFile, seedIndexFile } from './index/index-copy.js';
import { isFileError } from './index/index-file.js';
import { createProjectIndex, nameOfIndex, type ProjectIndex } from './index/project-index.js';
import { createSelfHealingIndex } from './index/self-healing.js';
import { pause } from './index/time-slices.js';
import { createPlainEmbedder } from './indexing/plain-embedder.js';
import { type SearchLogger, silentLogger } from './logger.js';
import { byBoth, byMeaning, byWords, type Hits, scored, tokenizeInSteps } from './memory-answer.js';
import type { MemoryQuery, ProjectSearch } from './search.js';
import { taskFilter } from './text/filters.js';
import type { TextHit } from './text/text-index.js';
import type { VectorDonor, VectorIndex } from './vectors/vector-index.js';

export interface ProjectSearchOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /** The index file. It is made when there is none. */
  readonly path: string;
  /** What keeps and searches vectors instead of the index file. It is closed with the search. */
  readonly vectorIndex?: VectorIndex | undefined;
  /** What keeps vectors durably, while the index file searches them. It is closed with the search. */
  readonly archive?: VectorIndex | undefined;
  /**
   * Who has vectors already: of the same model, they are copied by content rather than made. Where there is no index file
   * yet, it is a copy of the donor's, if that gives one. It isn't closed with the search.
   */
  readonly donor?: VectorDonor | undefined;
  /** Its turns on this thread. Left out, it searches at once. */
  readonly turn?: Turn | undefined;
  /** Left out, nothing is logged. */
  readonly logger?: SearchLogger | undefined;
  /** Wait before a memory that couldn't be embedded is tried again, in ms; it doubles with each attempt. Default 1,000. */
  readonly retryMs?: number | undefined;
}

/** How often `settled` looks at what other processes did, in ms. */
const LOOK_MS = 50;
/** While nothing can be embedded, it needn't look so often. */
const RESTING_LOOK_MS = 1_000;
/** The search of one project: an index file that follows its store, and an embedder. Neither of the latter is closed with it. */
export function createProjectSearch(options: ProjectSearchOptions): ProjectSearch {
  const { store, path, vectorIndex, archive, donor, logger = silentLogger, retryMs = 1_000 } = options;
  const { turn = atOnce } = options;
  const embedder = createPlainEmbedder(options.embedder);
  const keeper = createSelfHealingIndex({
    path,
    logger,
    seed:
      donor &&
      ((signal) => {
        const purpose = { model: embedder.model.name, index: nameOfIndex({ vectorIndex, archive }) };
        return seedIndexFile(path, donor, purpose, { logger, signal });
      }),
    create: (file, onFileError) =>
      createProjectIndex({ store, embedder, vectorIndex, archive, donor, logger, retryMs, file, onFileError }),
  });

  // — memories —

  async function findMemories(engine: ProjectIndex, query: MemoryQuery): Promise<Hits> {
    const embedding = query.mode === 'TEXT' ? null : embed(query.text);
    await catchUpInTime(engine);
    // The words are looked for while another thread embeds the query.
    const worded = query.mode === 'VECTOR' ? null : await turn(() => tokenizeInSteps(engine, query));
    const vector = await embedding;
    if (vector) await awaitFewPending(engine);
    const found = vector && (await byVector(engine, vector, worded, query));
    return found ?? byWords(worded ?? (await turn(() => tokenizeInSteps(engine, query))), query);
  }

  async function embed(text: string): Promise<Float32Array | null> {
    try {
      return await embedder.embedQuery(text);
    } catch (error) {
      logger.warn({ err: error }, "A query couldn't be embedded: words answer it.");
      return null;
    }
  }

  async function byVector(
    engine: ProjectIndex,
    vector: Float32Array,
    worded: readonly TextHit[] | null,
    query: MemoryQuery,
  ): Promise<Hits | null> {
    try {
      return await turn(() => (worded ? byBoth(engine, vector, worded, query) : byMeaning(engine, vector, query)));
    } catch (error) {
      if (isFileError(error)) throw error;
      logger.warn({ err: error }, "The vector index couldn't be searched: words answer.");
      return null;
    }
  }

  // — settling —

  async function settle(engine: ProjectIndex, signal: AbortSignal | undefined): Promise<void> {
    while (!signal?.aborted) {
      await engine.feed.catchUp();
      if (engine.embeddings.pending() === 0) return;
      engine.indexer.wake();
      await settlesWithin(engine.indexer.progress(), engine.indexer.isResting() ? RESTING_LOOK_MS : LOOK_MS);
    }
  }

  async function forgetPurged({ feed, indexer, forget }: ProjectIndex): Promise<void> {
    const calmDown = feed.hurry();
    await feed.catchUp().finally(calmDown);
    indexer.wake();
    await forget();
    await feed.erase();
  }

  /** Work of a move: however fast one piece follows the other, everybody else has a turn in between. */
  async function aside<T>(work: (engine: ProjectIndex) => Promise<T>): Promise<T> {
    await pause();
    return keeper.use(work);
  }

  keeper
    .use(async () => {})
    .catch((error: unknown) => {
      logger.warn({ err: error }, "The search index can't be opened yet.");
    });

  return {
    memories: (query) =>
      keeper.use(async (engine) => {
        const isBlank = query.text.trim() === '';
        const found = isBlank ? { hits: [], answeredBy: query.mode } : await findMemories(engine, query);
        const hits = await confirmed(engine, store, 'memories', found.hits);
        return { ...found, hits, pending: await countPending(engine, store) };
      }),
    tasks: ({ text, limit, filter }) =>
      keeper.use(async (engine) => {
        await catchUpInTime(engine);
        const found = await turn(() => scored(engine.text.search('tasks', text, taskFilter(filter), limit)));
        return confirmed(engine, store, 'tasks', found);
      }),
    embeddings: (ids) =>
      keeper.use(async (engine) => {
        await catchUpInTime(engine);
        const found = engine.embeddings.find(ids);
        return ids.map((id) => found.get(id) ?? null);
      }),
    counts: () => keeper.use(async ({ embeddings, feed }) => ({ ...embeddings.counts(), lag: await feed.lag() })),
    outage: () => keeper.use(async ({ embeddings, indexer }) => (embeddings.pending() > 0 ? indexer.outage() : null)),
    vectors: {
      model: embedder.model,
      get: (ids) => aside(({ vectors }) => vectors.get(ids)),
      read: (hashes) => aside(({ vectors }) => vectors.read(hashes)),
      compare: (vector, ids) => aside(({ vectors }) => vectors.compare(vector, ids)),
    },
    copyIndex: (to, purpose, signal) =>
      keeper.use(async () => {
        await copyIndexFile({ from: path, to, ...purpose }, signal);
        return true;
      }),
    renew: (ids) => keeper.use((engine) => engine.renew(ids)),
    status: () =>
      keeper.use(async (engine) => {
        await catchUpInTime(engine);
        return engine.audit.status();
      }),
    repair: () =>
      keeper.use(async (engine) => {
        const repaired = await engine.audit.repair();
        engine.indexer.wake();
        return repaired;
      }),
    // What is remembered of texts may be of what was purged, also where the index can't follow now.
    catchUp: () => keeper.use(forgetPurged).finally(forgetTexts),
    settled: (signal) => keeper.use((engine) => settle(engine, signal)),
    async close() {
      await keeper.close();
      await (vectorIndex ?? archive)?.close();
    },
  };
}
