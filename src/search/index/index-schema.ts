import { LENGTH_CLASS_SQL } from './length-class.js';

/** The tables of an index file. It is derived data: what no step leads from is built anew. */
export const SCHEMA_VERSION = 6;

/**
 * Version 2. Vectors are found by content; and who keeps vectors outside the file is told of what is gone, once it can be
 * reached. `purged`: for good.
 */
const SECOND = `
CREATE INDEX records_hash ON records(hash);
CREATE TABLE forgotten (id TEXT PRIMARY KEY, purged INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Version 3. The memories that get no vector are counted without looking at each. */
const THIRD = `
CREATE INDEX records_skipped ON records(state) WHERE state = 'SKIPPED';
`;

/**
 * Version 4. Of a memory that isn't embedded wholly yet, the vectors of its passages are kept: until it has them all, has
 * another content, or is gone.
 */
const FOURTH = `
CREATE TABLE drafts (
  memory INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  model TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (memory, model, start)
);
CREATE TRIGGER draft_done AFTER UPDATE OF state ON records WHEN new.state = 'READY' BEGIN
  DELETE FROM drafts WHERE memory = old.rowid;
END;
CREATE TRIGGER draft_outdated AFTER UPDATE OF hash ON records WHEN old.hash <> new.hash BEGIN
  DELETE FROM drafts WHERE memory = old.rowid;
END;
`;

/**
 * Both tables of words: those of the text in order, and the parts and other forms of its compound words. A whole match
 * weighs twice a part's. The words are made here, by `words.ts`: FTS5 takes what stands between spaces as it is. It merges
 * its segments where it is told to, a few pages at a time; by itself it does it inside a commit, for up to 40 ms.
 */
const WORDS = ['memories', 'tasks']
  .map(
    (collection) => `
CREATE VIRTUAL TABLE ${collection}_words USING fts5(text, parts, tokenize = "ascii tokenchars '!#$%&*+-./:<=>?@^_|~'");
INSERT INTO ${collection}_words(${collection}_words, rank) VALUES ('rank', 'bm25(1.0, 0.5)');
INSERT INTO ${collection}_words(${collection}_words, rank) VALUES ('automerge', 0);
INSERT INTO ${collection}_words(${collection}_words, rank) VALUES ('crisismerge', 1000);`,
  )
  .join('');

/**
 * Version 5. Words are made again, by other rules; the vectors stay. Where the rows are in the log is kept with a mark: of a
 * file without one it isn't known, so its rows are compared with what is stored.
 */
const FIFTH = `
DROP TABLE memories_terms;
DROP TABLE tasks_terms;
DROP TABLE memories_words;
DROP TABLE tasks_words;
${WORDS}
INSERT OR REPLACE INTO meta SELECT 'build', 'tasks:' FROM meta WHERE key = 'applied';
`;

/**
 * Version 6. Of each record it is known at which version it was read: an entry up to that needs no reading. And a collection's
 * rows are found in the order of their ids, as the store gives its documents.
 */
const SIXTH = `
ALTER TABLE records ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
DROP INDEX records_collection;
CREATE INDEX records_collection ON records(collection, id);
`;

/** What leads from a version to the next. */
export const UPGRADES: { readonly [from: number]: string } = {
  1: `${SECOND}PRAGMA user_version = 2;`,
  2: `${THIRD}PRAGMA user_version = 3;`,
  3: `${FOURTH}UPDATE records SET due = ${LENGTH_CLASS_SQL} WHERE due = 0; PRAGMA user_version = 4;`,
  4: `${FIFTH}PRAGMA user_version = 5;`,
  5: `${SIXTH}PRAGMA user_version = 6;`,
};

export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row per live record. version: that it was read at; 0: not known. digest: hash of what it is filtered by. due: when it is to be embedded, in ms
-- since the epoch; what hasn't been tried is due in the first of them, by the class of its length; null: never.
CREATE TABLE records (
  rowid INTEGER PRIMARY KEY,
  collection TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  digest TEXT NOT NULL,
  session TEXT, task TEXT, role TEXT, occurred_at TEXT,
  status TEXT, type TEXT, priority TEXT, agent TEXT,
  state TEXT, reason TEXT, model TEXT, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER,
  version INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX records_collection ON records(collection, id);
CREATE INDEX records_session ON records(session);
CREATE INDEX records_task ON records(task);
CREATE INDEX records_time ON records(occurred_at);
CREATE INDEX records_role ON records(role);
CREATE INDEX records_due ON records(due) WHERE due IS NOT NULL;
CREATE INDEX records_failed ON records(due) WHERE state = 'FAILED';

-- Hashes of a memory's metadata, key and value together.
CREATE TABLE metadata (
  pair BLOB NOT NULL,
  record INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  PRIMARY KEY (pair, record)
) WITHOUT ROWID;
CREATE INDEX metadata_record ON metadata(record);
${WORDS}

-- A changed memory gets new rows, so whoever has read up to a rowid knows what is new.
CREATE TABLE vectors (
  rowid INTEGER PRIMARY KEY AUTOINCREMENT,
  memory INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  model TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX vectors_memory ON vectors(memory, model);

-- Which vectors are gone, for those who hold them in memory.
CREATE TABLE drops (seq INTEGER PRIMARY KEY AUTOINCREMENT, vector INTEGER NOT NULL);
CREATE TRIGGER vectors_dropped AFTER DELETE ON vectors BEGIN
  INSERT INTO drops(vector) VALUES (old.rowid);
END;
CREATE TRIGGER content_changed AFTER UPDATE OF hash ON records WHEN old.hash <> new.hash BEGIN
  DELETE FROM vectors WHERE memory = old.rowid;
END;
${SECOND}${THIRD}${FOURTH}
PRAGMA user_version = ${SCHEMA_VERSION};
`;
