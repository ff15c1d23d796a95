import type { IndexFile } from '../index/index-file.js';
import type { HeldMemory, PassageVector } from '../vectors/vector-index.js';
import { asFloats } from '../vectors/vector-table.js';
import type { Embedded } from './embedding-table.js';

/**
 * The vectors of memories that are partly embedded. They are in the index file, wherever the complete ones are stored, so a
 * restarted server resumes the work. Triggers delete them when the memory is ready, or its content changes.
 */
export interface PartialEmbeddingTable {
  /** The vectors of these contents so far, by the memory's id. */
  find(memories: readonly Embedded[]): ReadonlyMap<string, readonly PassageVector[]>;
  /** Adds vectors of memories that still have the content and are due. */
  keep(memories: readonly HeldMemory[]): void;
  /** Deletes the vectors of memories. */
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
