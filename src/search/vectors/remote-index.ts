import { createMutex } from '../../util/mutex.js';
import type { SearchLogger } from '../contract.js';
import type { DeletionQueue } from '../index/deletion-queue.js';
import { isFileError } from '../index/index-file.js';
import { memoryDigest } from '../index/index-record.js';
import type { RecordTable } from '../index/record-table.js';
import type { Lease } from '../indexing/lease.js';
import type { PassingMemories } from './passing-memories.js';
import type { MemorySearchFilter, VectorFilter, VectorHit, VectorIndex } from './vector-index.js';

/**
 * A vector index outside the index file, such as a server's. It may be unreachable, and learns of deletions later than the
 * file: they wait in the file's queue, and until they are applied its hits for deleted memories are dropped. So are those that
 * don't pass what only the file can filter by.
 */
export interface RemoteIndex extends VectorIndex<MemorySearchFilter> {
  /**
   * Applies queued deletions. Resolves when all are applied, or when they can't be now and will be retried. Concurrent calls
   * share one run. @throws what the index file throws
   */
  applyDeletions(): Promise<void>;
}

export interface RemoteIndexOptions {
  readonly index: VectorIndex;
  readonly records: RecordTable;
  readonly passing: PassingMemories;
  readonly deletions: DeletionQueue;
  /** Of several processes, its holder applies deletions. */
  readonly lease: Lease;
  readonly logger: SearchLogger;
  /** The indexer's first backoff, in ms. */
  readonly retryMs: number;
  /** Called with what the index file throws during a retry. */
  readonly onFileError: (error: unknown) => void;
  /** Ends the work on deletions. */
  readonly signal: AbortSignal;
}

/** Memories deleted at a time. */
const DELETED_AT_ONCE = 500;
/** The most hits requested in addition, in place of those that may be dropped. */
const SPARE = 1_000;
/** Up to this many memories that pass a filter of the file are compared individually; more are looked for among the nearest. */
const FEW = 1_000;
/** The factor by which more hits are requested when too few of them pass. */
const WIDENING = 4;
/** After a failure, deletions are retried after this multiple of the indexer's first backoff. */
const RETRY_FACTOR = 4;

export function createRemoteIndex(options: RemoteIndexOptions): RemoteIndex {
  const { index, records, passing, deletions, lease, logger, retryMs, onFileError, signal } = options;
  // Additions and deletions never overtake each other: a memory that comes back is added after it was deleted.
  const exclusive = createMutex();
  let running: Promise<void> | null = null;
  let restsUntil = 0;
  let retry: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(retry), { once: true });

  function applyDeletions(): Promise<void> {
    if (signal.aborted || performance.now() < restsUntil) return Promise.resolve();
    running ??= applyAll().finally(() => {
      running = null;
    });
    return running;
  }

  async function applyAll(): Promise<void> {
    try {
      while (!signal.aborted && deletions.list(1).length > 0 && lease.take()) await exclusive(applySome);
    } catch (error) {
      if (isFileError(error)) throw error;
      logger.warn({ err: error }, "Vectors of deleted memories couldn't be removed yet.");
      restsUntil = performance.now() + RETRY_FACTOR * retryMs;
      clearTimeout(retry);
      retry = setTimeout(() => void applyDeletions().catch(onFileError), RETRY_FACTOR * retryMs).unref();
    }
  }

  async function applySome(): Promise<void> {
    const queued = deletions.list(DELETED_AT_ONCE);
    if (queued.length === 0) return;
    const known = records.find(queued.map(({ id }) => id));
    const gone = queued.filter(({ id }) => !known.has(id));
    const idsOf = (isPurged: boolean) => gone.filter((each) => each.isPurged === isPurged).map(({ id }) => id);
    const [purged, removed] = [idsOf(true), idsOf(false)];
    if (purged.length > 0) await index.erase(purged);
    if (removed.length > 0) await index.remove(removed);
    await deletions.settle(queued);
  }

  return {
    ...index,
    add: (memories) =>
      exclusive(async () => {
        const known = records.find(memories.map(({ id }) => id));
        // A memory that has changed meanwhile is pending again.
        const current = memories.filter((memory) => {
          const row = known.get(memory.id);
          return row?.hash === memory.hash && row.digest === memoryDigest(memory);
        });
        if (current.length > 0) await index.add(current);
      }),
    remove: (ids) => exclusive(() => index.remove(ids)),
    erase: (ids) => exclusive(() => index.erase(ids)),
    clear: () => exclusive(() => index.clear()),
    async get(ids) {
      const found = await index.get(ids);
      const known = records.find(ids);
      // Deleted memories, and those with another content by now, don't count.
      return found.map((memory) => (memory && known.get(memory.id)?.hash === memory.hash ? memory : null));
    },
    async search(vector, filter, limit) {
      if (limit < 1) return [];
      const needsFile = FILE_FILTERS.some((name) => filter[name] !== undefined);
      const few = needsFile ? passing.find(filter, FEW + 1) : [];
      if (needsFile && few.length <= FEW) return nearestOf(await index.compare(vector, few), limit);
      for (let count = limit + deletions.unsettled(SPARE); ; count *= WIDENING) {
        const hits = await index.search(vector, withoutFileFilters(filter), count);
        const pass = passing.among(
          hits.map(({ id }) => id),
          filter,
        );
        const found = hits.filter(({ id }) => pass.has(id)).slice(0, limit);
        if (!needsFile || found.length === limit || hits.length < count) return found;
      }
    },
    applyDeletions,
  };
}

/** What only the index file can filter by. */
const FILE_FILTERS = ['kinds', 'pinned', 'superseded', 'exceptSessionId'] as const;

function withoutFileFilters(filter: MemorySearchFilter): VectorFilter {
  const { kinds: _, pinned: __, superseded: ___, exceptSessionId: ____, ...rest } = filter;
  return rest;
}

function nearestOf(hits: readonly (VectorHit | null)[], limit: number): readonly VectorHit[] {
  const found = hits.filter((hit) => hit !== null);
  return found.sort((a, b) => b.similarity - a.similarity).slice(0, limit);
}
