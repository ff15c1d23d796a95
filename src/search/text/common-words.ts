import { forgettable } from '../../util/forgettable.js';
import { MAX_TERMS } from '../contract.js';
import type { IndexFile } from '../index/index-file.js';
import type { SearchedCollection } from '../index/index-record.js';
import { additionOf, divisionsOf, expressionOf, keyOf, type Term } from './terms.js';

/** Knows which words are common in a project. */
export interface CommonWords {
  /** The terms of a query that are worth searching for, up to `MAX_TERMS` each. */
  choose(collection: SearchedCollection, terms: readonly Term[]): Choice;
}

export interface Choice {
  /** The rarest terms that occur in any record. */
  readonly held: readonly Term[];
  /** Those of them that distinguish records: without common ones, unless all are common. */
  readonly telling: readonly Term[];
}

/** The most words of a query that are also searched for as two words: the rarest. */
const MAX_DIVIDED = 16;
/**
 * A word in more than this share of the records is common: it says little about any of them and costs most, as FTS5 reads and
 * scores every record that has it.
 */
const COMMON_SHARE = 0.05;
/** Words in fewer records than this cost nothing, so they are never common. */
const COMMON_MINIMUM = 20;
/** Common words are counted again when this share of the records has changed. */
const DRIFT_SHARE = 0.02;

/** Whether a term is two words of the query joined into one. */
const isPair = ({ beyond, letters }: Term): boolean => beyond !== undefined && letters === undefined;

interface CommonTerms {
  readonly limit: number;
  readonly total: number;
  readonly takenAt: number;
  /** Their expressions. */
  readonly terms: Set<string>;
}

interface CountedTerm {
  readonly term: Term;
  /** Records that have it, counted up to one more than the limit. */
  readonly count: number;
}

export function createCommonWords(file: IndexFile): CommonWords {
  const commons = forgettable(new Map<SearchedCollection, CommonTerms>());

  function commonOf(collection: SearchedCollection): CommonTerms {
    const now = changes();
    const known = commons.get(collection);
    if (known && Math.abs(now - known.takenAt) <= COMMON_MINIMUM / 2 + known.total * DRIFT_SHARE) return known;
    const total = file.statement('SELECT count(*) FROM records WHERE collection = ?').pluck().get(collection) as number;
    const limit = Math.floor(Math.max(COMMON_MINIMUM, total * COMMON_SHARE));
    const taken = { limit, total, takenAt: now, terms: new Set<string>() };
    commons.set(collection, taken);
    return taken;
  }

  /** Changes with the records: new rows, and applied log entries. */
  function changes(): number {
    const rows = file.statement('SELECT coalesce(max(rowid), 0) FROM records').pluck().get() as number;
    return rows + file.applied.position().seq;
  }

  /** Records that match an expression, counted up to a limit. */
  function countMatches(collection: SearchedCollection, expression: string, limit: number): number {
    const words = `${collection}_words`;
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${words} WHERE ${words} MATCH ? LIMIT ?)`;
    return file.statement(sql).pluck().get(expression, limit) as number;
  }

  /** Rare terms are counted each time: that costs little, and includes a record that was just written. */
  function count(collection: SearchedCollection, term: Term, common: CommonTerms): CountedTerm {
    const { limit, terms } = common;
    const expression = additionOf(term);
    if (terms.has(expression)) return { term, count: limit + 1 };
    const found = countMatches(collection, expression, limit + 1);
    if (found > limit) terms.add(expression);
    if (found === 0 && term.orElse) return count(collection, term.orElse, common);
    return { term, count: found };
  }

  /** Terms for words that a record may have as two words. */
  function divide(terms: readonly Term[], counted: readonly CountedTerm[], common: CommonTerms): readonly Term[] {
    const rare = counted.filter(({ term, count }) => term.letters && count <= common.limit).slice(0, MAX_DIVIDED);
    const known = new Set(terms.map(keyOf));
    return rare.flatMap(({ term }) => divisionsOf(term.letters!)).filter((term) => !known.has(keyOf(term)));
  }

  /** Counts terms that usually occur in no record: one query for all of them checks that first. */
  function countUnlikely(
    collection: SearchedCollection,
    terms: readonly Term[],
    common: CommonTerms,
  ): readonly CountedTerm[] {
    if (terms.length === 0 || countMatches(collection, expressionOf(terms), 1) === 0) return [];
    return terms.map((term) => count(collection, term, common));
  }

  return {
    choose(collection, terms) {
      const common = commonOf(collection);
      const rarestFirst = (some: readonly CountedTerm[]) => some.toSorted((a, b) => a.count - b.count);
      const counted = rarestFirst(terms.filter((term) => !isPair(term)).map((term) => count(collection, term, common)));
      const others = [...terms.filter(isPair), ...divide(terms, counted, common)];
      const held = rarestFirst([...counted, ...countUnlikely(collection, others, common)])
        .filter(({ count }) => count > 0)
        .slice(0, MAX_TERMS);
      const telling = held.filter(({ count }) => count <= common.limit);
      const termsIn = (some: readonly CountedTerm[]) => some.map(({ term }) => term);
      return { held: termsIn(held), telling: termsIn(telling.length > 0 ? telling : held) };
    },
  };
}
