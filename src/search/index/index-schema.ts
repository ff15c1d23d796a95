import { HANDLE_LENGTH, HANDLE_START } from '../../domain/id.js';

/** The version of an index file's tables. They are derived data: a file of a version without an upgrade is rebuilt. */
export const SCHEMA_VERSION = 7;

/**
 * The upper limit, in bytes, of each class of text length; longer texts are in one more. Shorter texts are embedded first, so
 * that none waits many seconds for a long one.
 */
const LENGTH_LIMITS = [1_024, 4_096, 16_384, 65_536, 262_144] as const;

/** The number of length classes. */
export const LENGTH_CLASSES = LENGTH_LIMITS.length + 1;

/** The length class of a text with this many bytes of UTF-8: 0 for the shortest. */
export function lengthClass(bytes: number): number {
  const found = LENGTH_LIMITS.findIndex((limit) => bytes <= limit);
  return found < 0 ? LENGTH_LIMITS.length : found;
}

/** The length class in SQL, of a memory's row in `records`. The size is read from a row's header, however long the text. */
export const LENGTH_CLASS_SQL = `coalesce((SELECT CASE ${LENGTH_LIMITS.map((limit, own) => `WHEN octet_length(w.c0) <= ${limit} THEN ${own}`).join(' ')}
  ELSE ${LENGTH_LIMITS.length} END FROM memories_words_content w WHERE w.id = records.rowid), 0)`;

/**
 * Version 2. Vectors are found by content. And deletions are queued for a vector index outside the file, until it is reachable.
 * `purged`: permanently.
 */
const SECOND = `
CREATE INDEX records_hash ON records(hash);
CREATE TABLE forgotten (id TEXT PRIMARY KEY, purged INTEGER NOT NULL) WITHOUT ROWID;
`;

/** Version 3. Memories without anything to embed are counted in an index. */
const THIRD = `
CREATE INDEX records_skipped ON records(state) WHERE state = 'SKIPPED';
`;

/**
 * Version 4. The passages of a memory that is partly embedded keep their vectors: until it has them all, its content changes,
 * or it is deleted.
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
 * The two tables of words, each with a column for the words of the text in order and one for the parts and other forms of its
 * compound words. A whole match weighs twice a partial one. `tokenize.ts` makes the words: FTS5 only splits them at spaces.
 * Its automatic merges are off, as they take up to 40 ms inside a commit: `word-table.ts` merges a few pages at a time.
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
 * Version 5. Words are rebuilt by new rules; vectors stay. The applied position includes the log's mark; a file without one
 * may be of another log, so its rows are compared with what is stored.
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
 * Version 6. Each row has the version its record was read at: log entries up to that version needn't be read. And a
 * collection's rows are found in the order of their ids, like the store's documents.
 */
const SIXTH = `
ALTER TABLE records ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
DROP INDEX records_collection;
CREATE INDEX records_collection ON records(collection, id);
`;

/**
 * Version 7. Tasks are a graph: `blockers` counts the open tasks that one depends on, `claim_until` says how long `holder`
 * holds it. Handles are the characters of the id that `handleOf` takes. And memories refer to others. `details`: hash of what
 * only this file has of a record; null when a memory has nothing but defaults there.
 */
const SEVENTH = `
ALTER TABLE records ADD COLUMN parent TEXT;
ALTER TABLE records ADD COLUMN rank INTEGER;
ALTER TABLE records ADD COLUMN created_at TEXT;
ALTER TABLE records ADD COLUMN holder TEXT;
ALTER TABLE records ADD COLUMN claim_until TEXT;
ALTER TABLE records ADD COLUMN blockers INTEGER NOT NULL DEFAULT 0;
CREATE INDEX records_ready ON records(rank, created_at, id)
  WHERE collection = 'tasks' AND blockers = 0 AND status NOT IN ('DONE', 'BLOCKED') AND claim_until IS NULL;
CREATE INDEX records_parent ON records(parent) WHERE parent IS NOT NULL;
CREATE INDEX records_claim ON records(claim_until) WHERE claim_until IS NOT NULL;
CREATE INDEX records_holder ON records(holder) WHERE holder IS NOT NULL;
CREATE INDEX records_handle ON records(substr(id, ${HANDLE_START + 1}, ${HANDLE_LENGTH})) WHERE collection = 'tasks';
CREATE TABLE dependencies (
  task INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  needs TEXT NOT NULL,
  PRIMARY KEY (task, needs)
) WITHOUT ROWID;
CREATE INDEX dependencies_needs ON dependencies(needs);
ALTER TABLE records ADD COLUMN details TEXT;
ALTER TABLE records ADD COLUMN kind TEXT NOT NULL DEFAULT 'MESSAGE';
ALTER TABLE records ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE records ADD COLUMN supersedes TEXT;
CREATE INDEX records_pinned ON records(occurred_at, id) WHERE pinned = 1;
CREATE INDEX records_kind ON records(kind, occurred_at, id);
CREATE INDEX records_supersedes ON records(supersedes) WHERE supersedes IS NOT NULL;
CREATE TABLE memory_references (
  target TEXT NOT NULL,
  source TEXT NOT NULL,
  memory INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  PRIMARY KEY (target, source)
) WITHOUT ROWID;
CREATE INDEX memory_references_memory ON memory_references(memory);
`;

/** The upgrade from each version to the next. */
export const UPGRADES: { readonly [from: number]: string } = {
  1: `${SECOND}PRAGMA user_version = 2;`,
  2: `${THIRD}PRAGMA user_version = 3;`,
  3: `${FOURTH}UPDATE records SET due = ${LENGTH_CLASS_SQL} WHERE due = 0; PRAGMA user_version = 4;`,
  4: `${FIFTH}PRAGMA user_version = 5;`,
  5: `${SIXTH}PRAGMA user_version = 6;`,
  // All records are read again, tasks first: for their edges, and for what a later version may have written.
  6: `${SEVENTH}INSERT OR REPLACE INTO meta SELECT 'build', 'tasks:' FROM meta WHERE key = 'applied'; PRAGMA user_version = 7;`,
};

export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row per live record. version: the one it was read at; 0: unknown. digest: hash of its filter fields. due: when it is to be
-- embedded, in ms since the epoch, or the length class if it hasn't been tried yet; null: never.
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

-- A changed memory gets new rows, so a reader that remembers the last rowid finds what is new.
CREATE TABLE vectors (
  rowid INTEGER PRIMARY KEY AUTOINCREMENT,
  memory INTEGER NOT NULL REFERENCES records(rowid) ON DELETE CASCADE,
  model TEXT NOT NULL,
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  vector BLOB NOT NULL
);
CREATE INDEX vectors_memory ON vectors(memory, model);

-- Deleted vectors, for readers that hold them in memory.
CREATE TABLE drops (seq INTEGER PRIMARY KEY AUTOINCREMENT, vector INTEGER NOT NULL);
CREATE TRIGGER vectors_dropped AFTER DELETE ON vectors BEGIN
  INSERT INTO drops(vector) VALUES (old.rowid);
END;
CREATE TRIGGER content_changed AFTER UPDATE OF hash ON records WHEN old.hash <> new.hash BEGIN
  DELETE FROM vectors WHERE memory = old.rowid;
END;
${SECOND}${THIRD}${FOURTH}${SEVENTH}
PRAGMA user_version = ${SCHEMA_VERSION};
`;
