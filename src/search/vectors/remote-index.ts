import { createMutex } from '../../util/mutex.js';
import type { DeletionQueue } from '../index/deletion-queue.js';
import { memoryDigest } from '../index/index-record.js';
import type { RecordTable } from '../index/record-table.js';
import type { VectorIndex } from './vector-index.js';

/**
 * A vector index outside the index file, such as a server's. It learns of what is gone a little later than the file, and
 * may be out of reach meanwhile: what is to be forgotten waits in the file, and until then what is found of it doesn't
 * count.
 */
export interface RemoteIndex extends VectorIndex {
  /** Makes it forget what is gone; false when nothing waits. Only who has the lease may ask. */
  forget(): Promise<boolean>;
}

export interface RemoteIndexOptions {
  readonly index: VectorIndex;
  readonly records: RecordTable;
  readonly removals: DeletionQueue;
}

/** Memories that are forgotten at a time. */
const REMOVALS = 500;
/** At most so many hits are asked for in place of those that may not count. */
const SPARE = 1_000;

export function createRemoteIndex({ index, records, removals }: RemoteIndexOptions): RemoteIndex {
  // What is added and what is forgotten never overtake each other: a memory that comes back is added after it was forgotten.
  const exclusive = createMutex();

  return {
    ...index,
    add: (memories) =>
      exclusive(async () => {
        const known = records.find(memories.map(({ id }) => id));
        // What has changed meanwhile waits for its turn again.
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
      // What is to be forgotten, or has another content by now, doesn't count.
      return found.map((memory) => (memory && known.get(memory.id)?.hash === memory.hash ? memory : null));
    },
    async search(vector, filter, limit) {
      if (limit < 1) return [];
      const hits = await index.search(vector, filter, limit + removals.unsettled(SPARE));
      const known = records.find(hits.map(({ id }) => id));
      return hits.filter(({ id }) => known.get(id)?.state === 'READY').slice(0, limit);
    },
    forget: () =>
      exclusive(async () => {
        const waiting = removals.list(REMOVALS);
        if (waiting.length === 0) return false;
        const known = records.find(waiting.map(({ id }) => id));
        const gone = waiting.filter(({ id }) => !known.has(id));
        const idsOf = (isPurged: boolean) => gone.filter((each) => each.isPurged === isPurged).map(({ id }) => id);
        const [purged, removed] = [idsOf(true), idsOf(false)];
        if (purged.length > 0) await index.erase(purged);
        if (removed.length > 0) await index.remove(removed);
        removals.settle(waiting);
        return true;
      }),
  };
}
