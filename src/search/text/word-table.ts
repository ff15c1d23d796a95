import type { IndexFile } from '../index/index-file.js';
import type { SearchedCollection } from '../index/index-record.js';
import type { TokenizedText } from './tokenize.js';

/** The words of an index file's records: one FTS5 table for each collection, with its records' row ids. */
export interface WordTable {
  /** Adds or replaces the words of a record. */
  put(collection: SearchedCollection, rowid: number, words: TokenizedText): void;
  remove(collection: SearchedCollection, rowid: number): void;
  /** Removes the words of records that have no row any more: they would be found in the place of others. */
  removeStray(): void;
  /** Merges some of the segments that small writes leave behind and that slow searches down; false when none are left. */
  tidy(): boolean;
  /**
   * Merges some of all segments, which erases removed words from the file; false when none are left. FTS5 can also erase on
   * delete, but then every change of a common word costs milliseconds.
   */
  erase(): boolean;
}

/** FTS5 pages merged at a time: up to 10 ms. */
const PAGES_PER_MERGE = 16;

const TABLES = ['memories_words', 'tasks_words'] as const;

export function createWordTable({ statement }: Pick<IndexFile, 'statement'>): WordTable {
  function merge(table: string, pages: number): boolean {
    const changes = statement('SELECT total_changes()').pluck();
    const before = changes.get() as number;
    statement(`INSERT INTO ${table}(${table}, rank) VALUES ('merge', ?)`).run(pages);
    // As FTS5 documents, a merge with nothing to do counts fewer than two changes.
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
    removeStray() {
      for (const collection of ['memories', 'tasks'])
        statement(
          `DELETE FROM ${collection}_words WHERE rowid IN (SELECT w.id FROM ${collection}_words_docsize w
             LEFT JOIN records r ON r.rowid = w.id AND r.collection = ? WHERE r.rowid IS NULL)`,
        ).run(collection);
    },
    tidy: () => TABLES.some((table) => merge(table, PAGES_PER_MERGE)),
    // A negative number includes every segment, however few there are.
    erase: () => TABLES.some((table) => merge(table, -PAGES_PER_MERGE)),
  };
}
