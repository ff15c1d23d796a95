import Database from 'better-sqlite3';
import { createApplied } from './applied.js';
import type { IndexFile } from './index-file.js';
import type { SearchedCollection } from './index-record.js';
import type { Term } from './words.js';

/** How common the words of a project are. */
export interface Vocabulary {
  /** The terms that tell records apart: without words that stand in many of them, unless all do. */
  telling(collection: SearchedCollection, terms: readonly Term[]): readonly Term[];
}

/**
 * A word in more than this share of the records says little of any of them, and costs most: FTS5 reads and weighs every
 * record that holds it.
 */
const COMMON_SHARE = 0.05;
/** Words of fewer records than this cost nothing, so they are never common. */
const COMMON_MINIMUM = 20;
/** Counts are taken anew when this share of the records has changed. */
const DRIFT_SHARE = 0.02;

interface Counts {
  readonly total: number;
  readonly takenAt: number;
  readonly records: Map<string, number>;
}

export function createVocabulary(file: IndexFile): Vocabulary {
  const counts = new Map<SearchedCollection, Counts>();

  function countsOf(collection: SearchedCollection): Counts {
    const now = changes();
    const known = counts.get(collection);
    if (known && Math.abs(now - known.takenAt) <= COMMON_MINIMUM / 2 + known.total * DRIFT_SHARE) return known;
    const total = file.statement('SELECT count(*) FROM records WHERE collection = ?').pluck().get(collection) as number;
    const taken = { total, takenAt: now, records: new Map<string, number>() };
    counts.set(collection, taken);
    return taken;
  }

  /** A number that moves with every change of the records: new rows, and what the log applied. */
  function changes(): number {
    const rows = file.statement('SELECT coalesce(max(rowid), 0) FROM records').pluck().get() as number;
    return rows + createApplied(file).position().seq;
  }

  function recordsWith(collection: SearchedCollection, word: string, known: Map<string, number>): number {
    const found = known.get(word);
    if (found !== undefined) return found;
    const count = (file.statement(`SELECT doc FROM ${collection}_terms WHERE term = ?`).pluck().get(word) ??
      0) as number;
    known.set(word, count);
    return count;
  }

  return {
    telling(collection, terms) {
      if (terms.length < 2) return terms;
      const { total, records } = countsOf(collection);
      const limit = Math.max(COMMON_MINIMUM, total * COMMON_SHARE);
      const stems = stem(terms.map((term) => (term.length === 1 ? term[0]! : '')));
      const telling = terms.filter(
        (term, index) =>
          term.length > 1 || stems[index]!.every((word) => recordsWith(collection, word, records) <= limit),
      );
      return telling.length === 0 ? terms : telling;
    },
  };
}

type Stemmer = (texts: readonly string[]) => readonly (readonly string[])[];
let stemmer: Stemmer | null = null;

/** The words that each text becomes, by the index's own tokenizer. */
function stem(texts: readonly string[]): readonly (readonly string[])[] {
  stemmer ??= createStemmer();
  return stemmer(texts);
}

function createStemmer(): Stemmer {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE words USING fts5(text, tokenize = "porter unicode61 remove_diacritics 2");
    CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'instance');`);
  const insert = db.prepare('INSERT INTO words(rowid, text) VALUES (?, ?)');
  const read = db.prepare<[], { readonly term: string; readonly doc: number }>('SELECT term, doc FROM terms');
  return db.transaction((texts: readonly string[]) => {
    db.exec('DELETE FROM words');
    texts.forEach((text, index) => {
      insert.run(index + 1, text);
    });
    const stems = texts.map((): string[] => []);
    for (const { term, doc } of read.all()) stems[doc - 1]!.push(term);
    return stems;
  });
}
