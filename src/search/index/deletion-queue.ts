import type { IndexFile } from './index-file.js';

/** Memories that were removed from an index file, until what keeps vectors outside it has forgotten them too. */
export interface DeletionQueue {
  /** Notes one, in the transaction that removes it. One that was purged stays so. */
  add(id: string, how: { readonly isPurged: boolean }): void;
  list(limit: number): readonly Removal[];
  /** They are forgotten there: notes them no longer. */
  settle(removals: readonly Removal[]): void;
  /** How many memories' vectors outside the file may be out of date: removed ones and those that wait for vectors, `limit` of each at most. */
  unsettled(limit: number): number;
}

export interface Removal {
  readonly id: string;
  /** Whether for good. */
  readonly isPurged: boolean;
}

export function createDeletionQueue({ statement, write }: Pick<IndexFile, 'statement' | 'write'>): DeletionQueue {
  return {
    add(id, { isPurged }) {
      const onConflict = isPurged ? 'REPLACE' : 'IGNORE';
      statement(`INSERT OR ${onConflict} INTO forgotten(id, purged) VALUES (?, ?)`).run(id, Number(isPurged));
    },
    list(limit) {
      const rows = statement('SELECT id, purged FROM forgotten LIMIT ?').all(limit) as { id: string; purged: number }[];
      return rows.map(({ id, purged }) => ({ id, isPurged: purged === 1 }));
    },
    settle(removals) {
      write(() => {
        for (const { id, isPurged } of removals) {
          // One that was purged meanwhile is still to be erased.
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
