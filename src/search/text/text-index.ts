import { forgettable } from '../../util/forgettable.js';
import type { IndexFile } from '../index/index-file.js';
import type { SearchedCollection } from '../index/index-record.js';
import { type Choice, createCommonWords } from './common-words.js';
import type { SqlFilter } from './filters.js';
import { isOpen } from './filters.js';
import { expressionOf, type Term, termsOf } from './terms.js';

/** Searches records by their words. */
export interface TextIndex {
  /**
   * The records of a collection that have a word of the query and pass the filter, best first. Any text is a valid query: its
   * first `MAX_QUERY` characters are read, and their rarest words count, up to `MAX_TERMS`.
   */
  search(collection: SearchedCollection, query: string, filter: SqlFilter, limit: number): readonly TextHit[];
}

export interface TextHit {
  readonly id: string;
  /** Relevance (bm25): higher is better, comparable within one answer. */
  readonly weight: number;
}

/** The limits of the cache of chosen terms, which is valid until the file changes. */
const CHOICES = { texts: 500, length: 256 };

export function createTextIndex(file: IndexFile): TextIndex {
  const commonWords = createCommonWords(file);
  const choices = { memories: forgettable(new Map<string, Choice>()), tasks: forgettable(new Map<string, Choice>()) };
  let chosenAt = '';

  function match(
    collection: SearchedCollection,
    terms: readonly Term[],
    filter: SqlFilter,
    limit: number,
  ): readonly TextHit[] {
    const words = `${collection}_words`;
    // The words come first, whatever the planner estimates: looking up each row of the filter in FTS5 is far slower.
    const sql = isOpen(filter)
      ? `SELECT r.id, -w.rank AS weight
           FROM (SELECT rowid, rank FROM ${words} WHERE ${words} MATCH ? ORDER BY rank LIMIT ?) w
           CROSS JOIN records r ON r.rowid = w.rowid ORDER BY w.rank, r.rowid DESC`
      : `SELECT r.id, -w.rank AS weight FROM ${words} w CROSS JOIN records r ON r.rowid = w.rowid
           ${filter.joins.map((join) => `CROSS JOIN ${join}`).join(' ')}
           WHERE ${words} MATCH ? ${filter.where} ORDER BY w.rank LIMIT ?`;
    return file.statement(sql).all(expressionOf(terms), ...filter.params, limit) as TextHit[];
  }

  function search(collection: SearchedCollection, query: string, filter: SqlFilter, limit: number): readonly TextHit[] {
    return file.read(() => {
      const { held, telling } = choose(collection, query);
      if (held.length === 0) return [];
      const hits = match(collection, telling, filter, limit);
      return hits.length > 0 || telling.length === held.length ? hits : match(collection, held, filter, limit);
    });
  }

  /** The terms of a query to search for. Cached, as counting them takes longer than the search. */
  function choose(collection: SearchedCollection, query: string): Choice {
    const version = file.version();
    if (version !== chosenAt) for (const each of Object.values(choices)) each.clear();
    chosenAt = version;
    const known = choices[collection].get(query);
    if (known) return known;
    const choice = commonWords.choose(collection, termsOf(query));
    if (choices[collection].size === CHOICES.texts) choices[collection].clear();
    if (query.length <= CHOICES.length) choices[collection].set(query, choice);
    return choice;
  }

  return { search };
}
