import type { IndexFile } from '../index/index-file.js';
import type { HeldMemory, PassageVector } from '../vectors/vector-index.js';
import { asFloats } from '../vectors/vector-rows.js';
import type { Embedded } from './embedding-table.js';

/**
 * The vectors of memories that aren't embedded wholly yet, kept in the index file wherever the whole goes in the end: a
 * server that is ended goes on where it was. They go by themselves when they have served, and with their content.
 */
export interface PartialEmbeddingTable {
  /** What is kept of these contents, by the memory's id. */
  find(memories: readonly Embedded[]): ReadonlyMap<string, readonly PassageVector[]>;
  /** Keeps vectors of memories that still have the content and wait for it, beside those that are kept. */
  keep(memories: readonly HeldMemory[]): void;
  /** Forgets what is kept of memories. */
  forget(ids: readonly string[]): void;
}

export function createPartialEmbeddingTable(file: IndexFile, model: { readonly name: string }): PartialEmbeddingTable {
  const { statement } = file;

  function keepOne({ id, hash, vectors }: HeldMemory): void {
    const keep = statement(
      `INSERT OR REPLACE INTO drafts(memory, model, start, end, vector)
         SELECT r.rowid, ?, ?, ?, ? FROM records r WHERE r.id = ? AND r.hash = ? AND r.due IS NOT NULL`,
    );
    for (const { passage, vector } of vectors) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      keep.run(model.name, passage.start, passage.end, bytes, id, hash);
    }
  }

  return {
    find: (memories) => {
      const select = statement(
        `SELECT d.start, d.end, d.vector FROM records r JOIN drafts d ON d.memory = r.rowid AND d.model = ?
           WHERE r.id = ? AND r.hash = ?`,
      );
      const found = new Map<string, readonly PassageVector[]>();
      for (const { id, hash } of memories) {
        const rows = select.all(model.name, id, hash) as { start: number; end: number; vector: Buffer }[];
        if (rows.length === 0) continue;
        found.set(
          id,
          rows.map(({ start, end, vector }) => ({ passage: { start, end }, vector: asFloats(vector) })),
        );
      }
      return found;
    },
    keep: (memories) => file.write(() => memories.forEach(keepOne)),
    forget: (ids) =>
      void statement(
        'DELETE FROM drafts WHERE memory IN (SELECT r.rowid FROM json_each(?) j CROSS JOIN records r ON r.id = j.value)',
      ).run(JSON.stringify(ids)),
  };
}
