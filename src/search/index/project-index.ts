import { erasesTexts } from '../../domain/log-entry.js';
import type { Embedder } from '../../embedding/embedder.js';
import type { Store } from '../../storage/store.js';
import { delay, settlesWithin } from '../../util/async.js';
import { forgetTexts } from '../../util/forgettable.js';
import type { Turn } from '../../util/turn.js';
import type { SearchLogger } from '../contract.js';
import { createEmbeddingTable, type EmbeddingTable } from '../indexing/embedding-table.js';
import { createIndexer, type Indexer } from '../indexing/indexer.js';
import { createLease } from '../indexing/lease.js';
import { createPartialEmbeddingTable } from '../indexing/partial-embedding-table.js';
import { createLogApplier, type LogApplier } from '../log/log-applier.js';
import type { MemoryLinks } from '../memory-links.js';
import { createSearchQueries, type SearchQueries } from '../query.js';
import type { TaskGraph } from '../task-graph.js';
import { createTextIndex } from '../text/text-index.js';
import { createEmbeddedIndex, EMBEDDED } from '../vectors/embedded-index.js';
import { createMirroredIndex, mirroredName, readFromBoth } from '../vectors/mirrored-index.js';
import { createPassingMemories } from '../vectors/passing-memories.js';
import { createRemoteIndex } from '../vectors/remote-index.js';
import type { MemorySearchFilter, VectorDonor, VectorIndex } from '../vectors/vector-index.js';
import { createVectorReuse } from '../vectors/vector-reuse.js';
import { createVectorTable } from '../vectors/vector-table.js';
import { type Audit, createAudit } from './audit.js';
import { createDeletionQueue } from './deletion-queue.js';
import { type IndexFile, isFileError } from './index-file.js';
import { createMemoryLinks } from './memory-table.js';
import { createRecordTable } from './record-table.js';
import { createTaskGraph } from './task-table.js';

/** One open index file and everything that works on it. */
export interface ProjectIndex {
  readonly file: IndexFile;
  readonly queries: SearchQueries;
  readonly graph: TaskGraph;
  readonly links: MemoryLinks;
  readonly embeddings: EmbeddingTable;
  readonly vectors: VectorIndex<MemorySearchFilter>;
  readonly applier: LogApplier;
  readonly indexer: Indexer;
  readonly audit: Audit;
  /** Removes what was purged, from the index file and from a remote index. */
  erasePurged(): Promise<void>;
  /** Discards the vectors of these memories and has them made again. */
  renew(ids: readonly string[]): Promise<void>;
  /** Resolves when nothing is pending, or the signal aborts. */
  settled(signal: AbortSignal | undefined): Promise<void>;
  /** Stops all work and closes the file. Idempotent. */
  close(): Promise<void>;
}

export interface ProjectIndexOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /** Stores and searches vectors instead of the index file. Not closed with the index. */
  readonly vectorIndex?: VectorIndex | undefined;
  /** Stores vectors durably while the index file searches them. Not closed with the index. */
  readonly archive?: VectorIndex | undefined;
  /** Has vectors already. Not closed with the index. */
  readonly donor?: VectorDonor | undefined;
  /** Shares the thread with other requests. */
  readonly turn: Turn;
  readonly logger: SearchLogger;
  readonly retryMs: number;
  readonly file: IndexFile;
  /** Called with errors of the file that background work can't recover from. */
  readonly onFileError: (error: unknown) => void;
}

/**
 * How long commits are collected before they are applied, in ms: one transaction for many costs a tenth of one for each, and
 * a writer doesn't wait for the indexing of its last write. A search applies what it needs itself.
 */
const BATCH_MS = 50;
/** How often `settled` checks what other processes did, in ms. */
const POLL_MS = 50;
/** The same while nothing can be embedded. */
const RESTING_POLL_MS = 1_000;

export function createProjectIndex(options: ProjectIndexOptions): ProjectIndex {
  const { store, embedder, vectorIndex, archive, donor, turn, logger, retryMs, file, onFileError } = options;
  const { model } = embedder;
  const outside = vectorIndex ?? archive;
  const stop = new AbortController();
  const lease = createLease(file);
  const vectorTable = createVectorTable(file, model);
  const records = createRecordTable(file, outside ? null : vectorTable);
  const embedded = createEmbeddedIndex(file, vectorTable);
  const remote =
    outside &&
    createRemoteIndex({
      ...{ index: outside, records, passing: createPassingMemories(file), deletions: createDeletionQueue(file), lease },
      ...{ logger, retryMs, onFileError, signal: stop.signal },
    });
  const vectors = composeIndex(embedded, remote, vectorIndex !== undefined);
  const embeddings = createEmbeddingTable(file, { model: model.name, index: nameOfIndex(options) });
  const partialTable = createPartialEmbeddingTable(file, model);
  const reuse = createVectorReuse({ vectors, donor, model, logger });
  const applier = createLogApplier({ store, file, records, reuse: outside ? undefined : reuse });
  const audit = createAudit({
    ...{ store, file, records, embeddings, vectors, applier, model: model.name },
    archive: archive && remote,
  });
  const indexer = createIndexer({
    ...{ store, embedder, vectors, partialTable, embeddings, lease, logger, retryMs, onFileError, reuse },
    // The file's rows have everything else of a memory.
    addHeld: outside ? undefined : embedded.add,
    isMostKnown: donor?.model === model.name,
    ...{ catchUp: applier.catchUp, writable: file.writable },
  });
  const queries = createSearchQueries({
    ...{ store, embedder, file, applier, records, embeddings, indexer, vectors, turn, logger },
    textIndex: createTextIndex(file),
  });
  let closing: Promise<void> | null = null;
  let isTidying = false;

  // — commands —

  async function erasePurged(): Promise<void> {
    const endHurry = applier.hurry();
    await applier.catchUp().finally(endHurry);
    indexer.wake();
    await remote?.applyDeletions();
    await applier.erase();
  }

  /** Includes other memories with the same contents: their vectors would be reused for the wrong ones. */
  async function renew(ids: readonly string[]): Promise<void> {
    const all = embeddings.sharing(ids);
    await indexer.without(all, async () => {
      await file.writable();
      embeddings.reset(all);
      partialTable.forget(all);
      await vectors.erase(all);
      // A remote index reuses vectors that the file still has from before.
      if (vectorIndex) await embedded.erase(all);
    });
  }

  async function settled(signal: AbortSignal | undefined): Promise<void> {
    while (!signal?.aborted) {
      await applier.catchUp();
      if (embeddings.pending() === 0) return;
      indexer.wake();
      await settlesWithin(indexer.progress(), indexer.isResting() ? RESTING_POLL_MS : POLL_MS);
    }
  }

  // — following the log —

  /** Keeps the file at the end of the log, whichever process writes it. */
  async function follow(): Promise<void> {
    await file.writable();
    embeddings.resetOthers();
    const start = await store.log.head();
    // The target of a move has its documents before its log: until the log begins, nothing is known to be complete.
    if (start.seq > 0 || (await store.epoch()) >= 0) await advance();
    for await (const entries of store.log.follow(start, stop.signal)) {
      if (!(await delay(BATCH_MS, { signal: stop.signal }))) return;
      await advance();
      if (entries.some(erasesTexts)) forgetTexts();
    }
  }

  async function advance(): Promise<void> {
    await applier.catchUp();
    indexer.wake();
    if (remote) void remote.applyDeletions().catch(onFileError);
    if (!isTidying) void tidy();
    const rest = applier.comparesIn();
    if (rest > 0) void advanceAfter(rest);
  }

  async function advanceAfter(ms: number): Promise<void> {
    try {
      if (await delay(ms, { signal: stop.signal })) await advance();
    } catch (error) {
      if (!stop.signal.aborted && isFileError(error)) onFileError(error);
    }
  }

  /** Runs concurrently with following, which it doesn't delay. */
  async function tidy(): Promise<void> {
    isTidying = true;
    try {
      await applier.tidy();
      await applier.erase();
    } catch (error) {
      if (!stop.signal.aborted && isFileError(error)) onFileError(error);
    } finally {
      isTidying = false;
    }
  }

  async function keepFollowing(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        if (stop.signal.aborted) return;
        logger.warn({ err: error }, 'The search index could not follow the log; trying again.');
        if (isFileError(error)) onFileError(error);
        await delay(retryMs, { signal: stop.signal });
      }
    }
  }

  // — closing —

  async function close(): Promise<void> {
    stop.abort();
    indexer.close();
    await applier.close();
    await file.writable();
    try {
      lease.release();
      await embedded.close();
    } catch (error) {
      if (!isFileError(error)) throw error;
    } finally {
      await file.close();
    }
  }

  void keepFollowing();
  return {
    graph: createTaskGraph(file),
    links: createMemoryLinks(file),
    ...{ file, queries, embeddings, vectors, applier, indexer, audit, erasePurged, renew, settled },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** The name of the index that stores the vectors, with these options. */
export function nameOfIndex({ vectorIndex, archive }: Pick<ProjectIndexOptions, 'vectorIndex' | 'archive'>): string {
  return vectorIndex?.name ?? (archive ? mirroredName(archive) : EMBEDDED);
}

type FilteredIndex = VectorIndex<MemorySearchFilter>;

/** Vectors are also read from the other index, so that a change of the searching one doesn't embed everything again. */
function composeIndex(embedded: FilteredIndex, remote: FilteredIndex | undefined, searches: boolean): FilteredIndex {
  if (!remote) return embedded;
  if (!searches) return createMirroredIndex(embedded, remote);
  return { ...remote, read: (hashes) => readFromBoth(remote, embedded, hashes) };
}
