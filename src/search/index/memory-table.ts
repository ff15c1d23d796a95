import type { MemoryLinks } from '../memory-links.js';
import { NOT_SUPERSEDED } from '../text/filters.js';
import type { IndexFile } from './index-file.js';
import type { MemoryDetails } from './index-record.js';

/** Keeps with a memory's row what only this file has of it. */
export interface MemoryDetailsTable {
  /** Writes the details of a memory whose row has just been written. */
  put(rowid: number, id: string, details: MemoryDetails): void;
}

export function createMemoryDetails({ statement }: IndexFile): MemoryDetailsTable {
  return {
    put(rowid, id, { kind, pinned, supersedes, references }) {
      statement('UPDATE records SET kind = ?, pinned = ?, supersedes = ? WHERE rowid = ?').run(
        kind,
        Number(pinned),
        supersedes,
        rowid,
      );
      statement('DELETE FROM memory_references WHERE memory = ?').run(rowid);
      for (const target of references) {
        statement('INSERT OR IGNORE INTO memory_references(target, source, memory) VALUES (?, ?, ?)').run(
          target,
          id,
          rowid,
        );
      }
    },
  };
}

export function createMemoryLinks({ statement }: IndexFile): MemoryLinks {
  /** In the order of an index that has this condition. */
  const newest = (condition: string, limit: number): readonly string[] =>
    statement(
      `SELECT r.id FROM records r WHERE ${condition} AND ${NOT_SUPERSEDED} ORDER BY r.occurred_at DESC, r.id DESC LIMIT ?`,
    )
      .pluck()
      .all(limit) as string[];
  return {
    referencing: (id, afterId, limit) =>
      statement('SELECT source FROM memory_references WHERE target = ? AND source > ? ORDER BY source LIMIT ?')
        .pluck()
        .all(id, afterId ?? '', limit) as string[],
    countReferencing: (id) =>
      statement('SELECT count(*) FROM memory_references WHERE target = ?').pluck().get(id) as number,
    pinned: (limit) => newest('r.pinned = 1', limit),
    decisions: (limit) => newest("r.kind = 'DECISION'", limit),
  };
}
