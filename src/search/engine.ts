import { setTimeout as delay } from 'node:timers/promises';
import type { Embedder } from '../embedding/embedder.js';
import type { Store } from '../storage/store.js';
import { type Audit, createAudit } from './audit.js';
import { createEmbeddedIndex } from './embedded.js';
import { createEmbeddingTable, type EmbeddingTable } from './embedding-table.js';
import { createFeed, type Feed } from './feed.js';
import { type IndexFile, isFileError } from './index-file.js';
import { createIndexer, type Indexer } from './indexer.js';
import { createLease } from './lease.js';
import type { SearchLogger } from './logger.js';
import { createRecordTable, type RecordTable } from './record-table.js';
import { createTextIndex, type TextIndex } from './text-index.js';
import type { VectorIndex } from './vector-index.js';

/** Everything that works on one open index file. */
export interface Engine {
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly embeddings: EmbeddingTable;
  readonly text: TextIndex;
  readonly vectors: VectorIndex;
  readonly feed: Feed;
  readonly indexer: Indexer;
  readonly audit: Audit;
  /** Stops all work and closes the file. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  /** Where vectors are kept, shared by the engines of a project and not closed by them; left out, in the index file. */
  readonly vectorIndex?: VectorIndex | undefined;
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

export function createEngine(options: EngineOptions): Engine {
  const { store, embedder, vectorIndex, logger, retryMs, file, onFileError } = options;
  const { model } = embedder;
  const records = createRecordTable(file, vectorIndex !== undefined);
  const embeddings = createEmbeddingTable(file, model.name);
  const vectors = vectorIndex ? onlyKnown(vectorIndex, records) : createEmbeddedIndex({ file, model });
  const lease = createLease(file);
  const feed = createFeed({ store, file, records, onStale: vectorIndex ? forget : async () => {} });
  const audit = createAudit({ store, file, records, embeddings, vectors, feed, model: model.name });
  const indexer = createIndexer({
    ...{ store, embedder, vectors, embeddings, lease, logger, retryMs, onFileError },
    catchUp: feed.catchUp,
  });
  const stop = new AbortController();
  let closing: Promise<void> | null = null;
  let isTidying = false;

  /** What isn't forgotten now isn't found all the same, and a repair removes it. */
  async function forget(ids: readonly string[]): Promise<void> {
    try {
      await vectors.remove(ids);
    } catch (error) {
      logger.warn({ err: error, count: ids.length }, 'Vectors of changed memories could not be removed.');
    }
  }

  /** Keeps the file at the end of the log, by whomever it was written. */
  async function follow(): Promise<void> {
    embeddings.resetOtherModels();
    const { seq } = await store.log.head();
    await advance();
    for await (const _ of store.log.follow(seq, stop.signal)) {
      await delay(GATHER_MS, undefined, { signal: stop.signal });
      await advance();
    }
  }

  async function advance(): Promise<void> {
    await feed.catchUp();
    indexer.wake();
    if (!isTidying) void tidy();
  }

  /** Goes on beside what follows: what comes meanwhile isn't held up by it. */
  async function tidy(): Promise<void> {
    isTidying = true;
    try {
      await feed.tidy();
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
      if (!vectorIndex) await vectors.close();
    } catch (error) {
      if (!isFileError(error)) throw error;
    } finally {
      await file.close();
    }
  }

  void keepFollowing();
  return {
    ...{ file, records, embeddings, text: createTextIndex(file), vectors, feed, indexer, audit },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** An index outside the file learns of deletions a little later: until then what it finds of them doesn't count. */
function onlyKnown(index: VectorIndex, records: RecordTable): VectorIndex {
  return {
    ...index,
    async search(vector, filter, limit) {
      const hits = await index.search(vector, filter, limit);
      const known = records.find(hits.map(({ id }) => id));
      return hits.filter(({ id }) => known.has(id));
    },
  };
}
