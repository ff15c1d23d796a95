import type { IndexFile } from '../index/index-file.js';
import type { SearchedCollection } from '../index/index-record.js';
import type { TokenizedText } from './tokenize.js';

/** The words of an index file's records, as FTS5 finds them: a table for each collection, with the rows of its records. */
export interface WordTable {
  /** Adds or replaces the words of a record. */
  put(collection: SearchedCollection, rowid: number, words: TokenizedText): void;
  remove(collection: SearchedCollection, rowid: number): void;
  /** Merges a little of what many small writes leave behind, which would slow searches down; false when nothing is left. */
  tidy(): boolean;
  /**
   * Merges a little of all there is, until nothing of what was removed is left in the file; false when that is so. FTS5 can
   * also erase as it deletes, but then every change of a common word costs milliseconds.
   */
  erase(): boolean;
}

/** Pages of FTS5's that are merged at a time: up to 10 ms. */
const PAGES_PER_MERGE = 16;

const TABLES = ['memories_words', 'tasks_words'] as const;

export function createWordTable({ statement }: Pick<IndexFile, 'statement'>): WordTable {
  function merge(table: string, pages: number): boolean {
    const changes = statement('SELECT total_changes()').pluck();
    const before = changes.get() as number;
    statement(`INSERT INTO ${table}(${table}, rank) VALUES ('merge', ?)`).run(pages);
    // FTS5 documents that a merge with nothing to do counts fewer than two changes.
    return (changes.get() as number) - before >= 2;
  }

  return {
    put(collection, rowid, { text, parts }) {
      statement(`INSERT OR REPLACE INTO ${collection}_words(rowid, text, parts) VALUES (?, ?, ?)`).run(
        rowid,
        text,
        parts,
      );
    },
    remove(collection, rowid) {
      statement(`DELETE FROM ${collection}_words WHERE rowid = ?`).run(rowid);
    },
    tidy: () => TABLES.some((table) => merge(table, PAGES_PER_MERGE)),
    // A negative number takes in every segment, however few they are.
    erase: () => TABLES.some((table) => merge(table, -PAGES_PER_MERGE)),
  };
}
