import type { IndexFile } from '../index/index-file.js';
import type { PassageVector } from './vector-index.js';

/** The vectors in an index file, by the rows of their memories. */
export interface VectorTable {
  /** Name of the model that makes them. */
  readonly model: string;
  /** Adds what a row has none of yet, in the caller's transaction. */
  add(memory: number, vectors: readonly PassageVector[]): void;
  /** Puts other vectors in the place of a row's, in the caller's transaction. */
  replace(memory: number, vectors: readonly PassageVector[]): void;
}

export function createVectorTable({ statement }: IndexFile, model: { readonly name: string }): VectorTable {
  function add(memory: number, vectors: readonly PassageVector[]): void {
    for (const { passage, vector } of vectors) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      statement('INSERT INTO vectors(memory, model, start, end, vector) VALUES (?, ?, ?, ?, ?)').run(
        memory,
        model.name,
        passage.start,
        passage.end,
        bytes,
      );
    }
  }

  return {
    model: model.name,
    add,
    replace(memory, vectors) {
      statement('DELETE FROM vectors WHERE memory = ?').run(memory);
      add(memory, vectors);
    },
  };
}
