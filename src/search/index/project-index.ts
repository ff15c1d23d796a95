import { setTimeout as delay } from 'node:timers/promises';
import type { Embedder } from '../../embedding/embedder.js';
import type { Store } from '../../storage/store.js';
import { forgetTexts } from '../../util/forgettable.js';
import { createEmbeddingTable, type EmbeddingTable } from '../indexing/embedding-table.js';
import { createIndexer, type Indexer } from '../indexing/indexer.js';
import { createLease } from '../indexing/lease.js';
import { createPartialEmbeddingTable } from '../indexing/partial-embedding-table.js';
import { createLogApplier, type LogApplier } from '../log/log-applier.js';
import type { SearchLogger } from '../logger.js';
import { createTextIndex, type TextIndex } from '../text/text-index.js';
import { createEmbeddedIndex, EMBEDDED } from '../vectors/embedded-index.js';
import { createMirroredIndex, mirroredName, readFromBoth } from '../vectors/mirrored-index.js';
import { createRemoteIndex } from '../vectors/remote-index.js';
import type { VectorDonor, VectorIndex } from '../vectors/vector-index.js';
import { createVectorReuse } from '../vectors/vector-reuse.js';
import { createVectorTable } from '../vectors/vector-table.js';
import { type Audit, createAudit } from './audit.js';
import { createDeletionQueue } from './deletion-queue.js';
import { createForgetting } from './forgetting.js';
import { type IndexFile, isFileError } from './index-file.js';
import { createRecordTable, type RecordTable } from './record-table.js';

/** Everything that works on one open index file. */
export interface ProjectIndex {
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly embeddings: EmbeddingTable;
  readonly text: TextIndex;
  readonly vectors: VectorIndex;
  readonly feed: LogApplier;
  readonly indexer: Indexer;
  readonly audit: Audit;
  /** Makes what keeps vectors outside the file forget what is gone. */
  forget(): Promise<void>;
  /** Forgets the vectors of these memories and has them made anew. */
  renew(ids: readonly string[]): Promise<void>;
  /** Stops all work and closes the file. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface ProjectIndexOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /** What keeps and searches vectors instead of the index file. The engine doesn't close it. */
  readonly vectorIndex?: VectorIndex | undefined;
  /** What keeps vectors durably beside the index file, which searches them. The engine doesn't close it. */
  readonly archive?: VectorIndex | undefined;
  /** Who has vectors already. The engine doesn't close it. */
  readonly donor?: VectorDonor | undefined;
  readonly logger: SearchLogger;
  readonly retryMs: number;
  readonly file: IndexFile;
  /** Hears what the file's background work can't get over. */
  readonly onFileError: (error: unknown) => void;
}

/**
 * How long commits are gathered before they are applied, in ms. One transaction for many costs a tenth of one for each, and
 * who writes one thing after another doesn't wait for the last one's words. A search applies what it needs itself.
 */
const GATHER_MS = 50;

export function createProjectIndex(options: ProjectIndexOptions): ProjectIndex {
  const { store, embedder, vectorIndex, archive, donor, logger, retryMs, file, onFileError } = options;
  const { model } = embedder;
  const outside = vectorIndex ?? archive;
  const records = createRecordTable(file, outside ? null : createVectorTable(file, model));
  const embedded = createEmbeddedIndex({ file, model });
  const removals = createDeletionQueue(file);
  const external = outside && createRemoteIndex({ index: outside, records, removals });
  const vectors = composeIndex(embedded, external, vectorIndex !== undefined);
  const embeddings = createEmbeddingTable(file, { model: model.name, index: nameOfIndex(options) });
  const draftTable = createPartialEmbeddingTable(file, model);
  const lease = createLease(file);
  const known = createVectorReuse({ vectors, donor, model, logger });
  const feed = createLogApplier({ store, file, records, known: outside ? undefined : known });
  const audit = createAudit({
    ...{ store, file, records, embeddings, vectors, feed, model: model.name },
    archive: archive && external,
  });
  const indexer = createIndexer({
    ...{ store, embedder, vectors, draftTable, embeddings, lease, logger, retryMs, onFileError },
    // The file's rows know what else there is to a memory.
    addHeld: outside ? undefined : embedded.add,
    known,
    isMostKnown: donor?.model === model.name,
    catchUp: feed.catchUp,
  });
  const stop = new AbortController();
  const forgetting =
    external && createForgetting({ external, removals, lease, logger, retryMs, onFileError, signal: stop.signal });
  const forget = async () => forgetting?.forget();
  let closing: Promise<void> | null = null;
  let isTidying = false;

  // — making anew —

  /** Others that have the same contents are made anew too: their vectors would be taken for those that are wrong. */
  async function renew(ids: readonly string[]): Promise<void> {
    const all = embeddings.sharing(ids);
    await indexer.without(all, async () => {
      embeddings.reset(all);
      draftTable.forget(all);
      await vectors.erase(all);
      // What searches vectors outside the file takes those that are left in it from before.
      if (vectorIndex) await embedded.erase(all);
    });
  }

  // — following the log —

  /** Keeps the file at the end of the log, by whomever it was written. */
  async function follow(): Promise<void> {
    embeddings.resetOthers();
    const start = await store.log.head();
    // What a move fills has its documents before its log: until that begins, there is nothing that is known to be whole.
    if (start.seq > 0 || (await store.epoch()) >= 0) await advance();
    for await (const entries of store.log.follow(start, stop.signal)) {
      await delay(GATHER_MS, undefined, { signal: stop.signal });
      await advance();
      if (entries.some(({ operation }) => operation === 'PURGE')) forgetTexts();
    }
  }

  async function advance(): Promise<void> {
    await feed.catchUp();
    indexer.wake();
    void forget().catch(onFileError);
    if (!isTidying) void tidy();
  }

  /** Goes on beside what follows: what comes meanwhile isn't held up by it. */
  async function tidy(): Promise<void> {
    isTidying = true;
    try {
      await feed.tidy();
      await feed.erase();
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
        await delay(retryMs, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  }

  async function close(): Promise<void> {
    stop.abort();
    indexer.close();
    await feed.close();
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
    ...{ file, records, embeddings, text: createTextIndex(file), vectors, feed, indexer, audit, forget, renew },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Name of the index that an engine with these keeps vectors in. */
export function nameOfIndex({ vectorIndex, archive }: Pick<ProjectIndexOptions, 'vectorIndex' | 'archive'>): string {
  return vectorIndex?.name ?? (archive ? mirroredName(archive) : EMBEDDED);
}

/** Vectors made anew come from whoever has them: a change of what searches them doesn't embed everything again. */
function composeIndex(embedded: VectorIndex, external: VectorIndex | undefined, searches: boolean): VectorIndex {
  if (!external) return embedded;
  if (!searches) return createMirroredIndex(embedded, external);
  return { ...external, read: (hashes) => readFromBoth(external, embedded, hashes) };
}
