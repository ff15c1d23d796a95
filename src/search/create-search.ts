import type { Embedder, Passage } from '../embedding/embedder.js';
import type { Store } from '../storage/store.js';
import { nextTurn } from '../util/async.js';
import { forgetTexts } from '../util/forgettable.js';
import { BLANK, blankEscapes, withoutEscapes } from '../util/text/escape-sequences.js';
import { atOnce, type Turn } from '../util/turn.js';
import { MAX_QUERY, type ProjectSearch, type SearchLogger, silentLogger } from './contract.js';
import { copyIndexFile, seedIndexFile } from './index/index-copy.js';
import { createProjectIndex, nameOfIndex, type ProjectIndex } from './index/project-index.js';
import { createSelfHealingIndex } from './index/self-healing.js';
import { catchUpBriefly } from './query.js';
import type { VectorDonor, VectorIndex } from './vectors/vector-index.js';

export interface ProjectSearchOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /** The index file. Created if missing. */
  readonly path: string;
  /** Stores and searches vectors instead of the index file. It is closed with the search. */
  readonly vectorIndex?: VectorIndex | undefined;
  /** Stores vectors durably while the index file searches them. It is closed with the search. */
  readonly archive?: VectorIndex | undefined;
  /**
   * Has vectors already: those of the same model are copied by content instead of embedded again. A missing index file
   * starts as a copy of the donor's, if the donor has one. It isn't closed with the search.
   */
  readonly donor?: VectorDonor | undefined;
  /** Shares the thread with other requests. Left out, searches run at once. */
  readonly turn?: Turn | undefined;
  /** Left out, nothing is logged. */
  readonly logger?: SearchLogger | undefined;
  /** Wait before a memory that couldn't be embedded is retried, in ms; it doubles with each attempt. Default 1,000. */
  readonly retryMs?: number | undefined;
}

/** The search of one project: an index file that follows the store, and an embedder. It closes neither of them. */
export function createProjectSearch(options: ProjectSearchOptions): ProjectSearch {
  const { store, path, vectorIndex, archive, donor, logger = silentLogger, retryMs = 1_000, turn = atOnce } = options;
  const embedder = createPlainEmbedder(options.embedder);
  const purpose = { model: embedder.model.name, index: nameOfIndex({ vectorIndex, archive }) };
  const parts = { store, embedder, vectorIndex, archive, donor, turn, logger, retryMs };
  const selfHealing = createSelfHealingIndex({
    path,
    logger,
    seed: donor && ((signal) => seedIndexFile(path, donor, purpose, { logger, signal })),
    create: (file, onFileError) => createProjectIndex({ ...parts, file, onFileError }),
  });

  /** For a move: however fast its reads follow each other, other work gets a turn in between. */
  async function inBackground<T>(work: (index: ProjectIndex) => Promise<T>): Promise<T> {
    await nextTurn();
    return selfHealing.use(work);
  }

  selfHealing
    .use(async () => {})
    .catch((error: unknown) => {
      logger.warn({ err: error }, "The search index can't be opened yet.");
    });

  return {
    memories: (query) => selfHealing.use(({ queries }) => queries.memories(query)),
    tasks: (query) => selfHealing.use(({ queries }) => queries.tasks(query)),
    graph: (read) =>
      selfHealing.use(async ({ file, applier, graph }) => {
        await applier.catchUpTasks();
        return turn(() => file.read(() => read(graph)));
      }),
    links: (read, wait) =>
      selfHealing.use(async ({ file, applier, links }) => {
        await (wait === 'BRIEFLY' ? catchUpBriefly(applier) : applier.catchUp().finally(applier.hurry()));
        return turn(() => file.read(() => read(links)));
      }),
    embeddings: (ids) =>
      selfHealing.use(async ({ applier, embeddings }) => {
        await catchUpBriefly(applier);
        const found = embeddings.find(ids);
        return ids.map((id) => found.get(id) ?? null);
      }),
    counts: () =>
      selfHealing.use(async ({ applier, embeddings }) => ({ ...embeddings.counts(), lag: await applier.lag() })),
    outage: () =>
      selfHealing.use(async ({ embeddings, indexer }) => (embeddings.pending() > 0 ? indexer.outage() : null)),
    vectors: {
      model: embedder.model,
      get: (ids) => inBackground(({ vectors }) => vectors.get(ids)),
      read: (hashes) => inBackground(({ vectors }) => vectors.read(hashes)),
      compare: (vector, ids) => inBackground(({ vectors }) => vectors.compare(vector, ids)),
    },
    copyIndex: (to, use, signal) =>
      selfHealing.use(async () => {
        await copyIndexFile({ from: path, to, ...use }, signal);
        return true;
      }),
    renew: (ids) => selfHealing.use((index) => index.renew(ids)),
    status: () =>
      selfHealing.use(async ({ applier, audit }) => {
        await catchUpBriefly(applier);
        return audit.status();
      }),
    repair: () =>
      selfHealing.use(async ({ audit, indexer }) => {
        const repaired = await audit.repair();
        indexer.wake();
        return repaired;
      }),
    // Caches of texts may hold purged ones, even while the index can't follow the log.
    catchUp: () => selfHealing.use((index) => index.erasePurged()).finally(forgetTexts),
    settled: (signal) => selfHealing.use((index) => index.settled(signal)),
    async close() {
      await selfHealing.close();
      await (vectorIndex ?? archive)?.close();
    },
  };
}

/**
 * Embeds texts as a terminal shows them: escape sequences aren't embedded, and no passage begins or ends within one. Passages
 * are offsets in the stored text. A query is cut to the length that the text search reads.
 */
export function createPlainEmbedder(embedder: Embedder): Embedder {
  return {
    model: embedder.model,
    async passages(text) {
      const blanked = blankEscapes(text);
      const passages = await embedder.passages(blanked);
      return blanked === text ? passages : passages.map((passage) => trim(blanked, passage)).filter(isSome);
    },
    embedDocuments: (texts, answered) => embedder.embedDocuments(texts.map(withoutEscapes), answered),
    embedQuery: (text) => embedder.embedQuery(withoutEscapes(text.slice(0, MAX_QUERY))),
    close: () => embedder.close(),
  };
}

/** Removes the blanks at its ends, which may be part of a sequence. */
function trim(blanked: string, passage: Passage): Passage {
  let { start, end } = passage;
  while (start < end && isBlank(blanked[start]!)) start += 1;
  while (start < end && isBlank(blanked[end - 1]!)) end -= 1;
  return { start, end };
}

const isBlank = (character: string): boolean => character === BLANK || /\s/.test(character);
const isSome = ({ start, end }: Passage): boolean => start < end;
