import type { IndexFile } from './index-file.js';

/** Memories that were deleted from the index file but not yet from the vector index outside it. */
export interface DeletionQueue {
  /** Adds one, in the transaction that removes its row. A purged one stays purged. */
  add(id: string, how: { readonly isPurged: boolean }): void;
  list(limit: number): readonly Deletion[];
  /** Removes deletions that were applied. */
  settle(deletions: readonly Deletion[]): Promise<void>;
  /** How many memories may be out of date in the other index: deleted and pending ones, each counted up to `limit`. */
  unsettled(limit: number): number;
}

export interface Deletion {
  readonly id: string;
  /** Whether nothing of it may be kept. */
  readonly isPurged: boolean;
}

export function createDeletionQueue({ statement, write, writable }: IndexFile): DeletionQueue {
  return {
    add(id, { isPurged }) {
      const onConflict = isPurged ? 'REPLACE' : 'IGNORE';
      statement(`INSERT OR ${onConflict} INTO forgotten(id, purged) VALUES (?, ?)`).run(id, Number(isPurged));
    },
    list(limit) {
      const rows = statement('SELECT id, purged FROM forgotten LIMIT ?').all(limit) as { id: string; purged: number }[];
      return rows.map(({ id, purged }) => ({ id, isPurged: purged === 1 }));
    },
    async settle(deletions) {
      await writable();
      write(() => {
        for (const { id, isPurged } of deletions) {
          // One that was purged meanwhile stays queued.
          statement('DELETE FROM forgotten WHERE id = ? AND purged = ?').run(id, Number(isPurged));
        }
      });
    },
    unsettled: (limit) =>
      statement(
        `SELECT (SELECT count(*) FROM (SELECT 1 FROM forgotten LIMIT @limit))
           + (SELECT count(*) FROM (SELECT 1 FROM records WHERE due IS NOT NULL LIMIT @limit))`,
      )
        .pluck()
        .get({ limit }) as number,
  };
}
