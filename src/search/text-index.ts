import type { SqlFilter } from './filters.js';
import { isOpen } from './filters.js';
import type { IndexFile } from './index-file.js';
import type { SearchedCollection } from './index-record.js';
import { createVocabulary } from './vocabulary.js';
import { type Term, termsOf } from './words.js';

/** Records found by their words. */
export interface TextIndex {
  /**
   * The records of a collection that hold a word of the query and pass the filter, best first. Anything is a query: only
   * its letters and digits count, of at most `MAX_TERMS` distinct terms.
   */
  search(collection: SearchedCollection, query: string, filter: SqlFilter, limit: number): readonly TextHit[];
}

export interface TextHit {
  readonly id: string;
  /** How well the words fit (bm25): greater is better, comparable within one answer. */
  readonly weight: number;
}

export function createTextIndex(file: IndexFile): TextIndex {
  const vocabulary = createVocabulary(file);

  function match(
    collection: SearchedCollection,
    terms: readonly Term[],
    filter: SqlFilter,
    limit: number,
  ): readonly TextHit[] {
    const expression = terms.map((term) => `"${term.join(' ')}"`).join(' OR ');
    const words = `${collection}_words`;
    // The words come first, whatever the planner thinks: looking each row of the filter up in FTS5 is far slower.
    const sql = isOpen(filter)
      ? `SELECT r.id, -w.rank AS weight
           FROM (SELECT rowid, rank FROM ${words} WHERE ${words} MATCH ? ORDER BY rank LIMIT ?) w
           CROSS JOIN records r ON r.rowid = w.rowid ORDER BY w.rank, r.rowid DESC`
      : `SELECT r.id, -w.rank AS weight FROM ${words} w CROSS JOIN records r ON r.rowid = w.rowid
           ${filter.joins.map((join) => `CROSS JOIN ${join}`).join(' ')}
           WHERE ${words} MATCH ? ${filter.where} ORDER BY w.rank LIMIT ?`;
    return file.statement(sql).all(expression, ...filter.params, limit) as TextHit[];
  }

  function search(collection: SearchedCollection, query: string, filter: SqlFilter, limit: number): readonly TextHit[] {
    const terms = termsOf(query);
    if (terms.length === 0) return [];
    const telling = vocabulary.telling(collection, terms);
    const hits = match(collection, telling, filter, limit);
    return hits.length > 0 || telling.length === terms.length ? hits : match(collection, terms, filter, limit);
  }

  return { search };
}
