import { type TokenizedText, tokenize, tokenizeInSteps } from '../text/tokenize.js';
import { createWordTable, type WordTable } from '../text/word-table.js';
import type { PassageVector } from '../vectors/vector-index.js';
import type { VectorTable } from '../vectors/vector-table.js';
import { createDeletionQueue } from './deletion-queue.js';
import type { IndexFile } from './index-file.js';
import type { IndexRecord, SearchedCollection } from './index-record.js';
import { lengthClass } from './index-schema.js';
import { createMemoryDetails } from './memory-table.js';
import { createTaskEdges } from './task-table.js';
import type { Stepwise } from './time-slices.js';

/** The rows of an index file: each live record with its words and its filter fields. */
export interface RecordTable extends Pick<WordTable, 'removeStray' | 'tidy' | 'erase'> {
  /**
   * Tokenizes a long text in steps, for `put`: which otherwise tokenizes as it writes, and would block the thread for up to a
   * second. Null for a short text, or one whose words are stored already.
   */
  prepare(record: IndexRecord): Stepwise<TokenizedText> | null;
  /** Adds or replaces a record. Returns what changed. A memory with new content is pending, unless its vectors are given. */
  put(record: IndexRecord, given?: PreparedParts): RecordChange;
  /** Removes a record. Returns whether it existed. */
  remove(id: string): boolean;
  /** Queues the permanent deletion of a memory in a vector index outside the file. */
  purge(id: string): void;
  /** The rows of these records, by id. */
  find(ids: readonly string[]): ReadonlyMap<string, RecordRow>;
  /** The versions at which these records were read, by id, where known. */
  versions(ids: readonly string[]): ReadonlyMap<string, number>;
  /** Records of a collection in the order of their ids, from after `afterId`; null: from the start. */
  scan(collection: SearchedCollection, afterId: string | null, limit: number): readonly RecordRow[];
  /** Records in the order of their rows, from after `afterRow`. */
  list(afterRow: number, limit: number): readonly RecordRow[];
  count(collection: string): number;
}

/** What was already made of a record's text. */
export interface PreparedParts {
  readonly words?: TokenizedText | undefined;
  readonly vectors?: readonly PassageVector[] | undefined;
}

export type RecordChange = 'none' | 'added' | 'content' | 'fields';

export interface RecordRow {
  readonly rowid: number;
  readonly collection: SearchedCollection;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  readonly digest: string;
  readonly details: string | null;
  /** Of a task. */
  readonly status: string | null;
  readonly state: string | null;
  readonly reason: string | null;
  readonly model: string | null;
  /** 1 when its words are stored, else 0. */
  readonly hasWords: number;
}

const isOpen = (status: string | null): boolean => status !== 'DONE';

/** Tokenizing a text of this length, in UTF-16 code units, takes a few milliseconds. */
const SHORT_TEXT = 16_384;

const COLUMNS = `r.rowid, r.collection, r.id, r.version, r.hash, r.digest, r.details, r.status, r.state, r.reason, r.model,
  CASE r.collection
    WHEN 'tasks' THEN EXISTS (SELECT 1 FROM tasks_words_docsize d WHERE d.id = r.rowid)
    ELSE EXISTS (SELECT 1 FROM memories_words_docsize d WHERE d.id = r.rowid)
  END AS hasWords`;

/**
 * The table of records. `table`: stores the vectors given with a record. Null when vectors are also stored outside the file,
 * with their own filter fields: a memory whose filter fields changed is then pending again, and deletions are queued.
 */
export function createRecordTable(file: IndexFile, table: VectorTable | null): RecordTable {
  const { statement } = file;
  const words = createWordTable(file);
  const edges = createTaskEdges(file);
  const memoryDetails = createMemoryDetails(file);
  const deletions = table ? null : createDeletionQueue(file);

  function prepare({ id, hash, text }: IndexRecord): Stepwise<TokenizedText> | null {
    if (text.length <= SHORT_TEXT) return null;
    const known = statement(`SELECT ${COLUMNS} FROM records r WHERE r.id = ?`).get(id) as RecordRow | undefined;
    return known?.hash === hash && known.hasWords === 1 ? null : tokenizeInSteps(text);
  }

  function put(record: IndexRecord, given: PreparedParts = {}): RecordChange {
    if (insert(record, given)) return 'added';
    const known = statement(`SELECT ${COLUMNS} FROM records r WHERE r.id = ?`).get(record.id) as RecordRow;
    const isSameContent = known.hash === record.hash;
    const areSameFields = known.digest === record.digest;
    const areSameDetails = known.details === record.details;
    if (!isSameContent || known.hasWords === 0) writeWords(known.rowid, record, given);
    if (!areSameFields || !areSameDetails) writeFields(known, record);
    if (!isSameContent || (!areSameFields && !table)) changeContent(known.rowid, record, given);
    if (known.version !== record.version) writeVersion(known.rowid, record);
    if (!isSameContent || known.hasWords === 0) return 'content';
    return areSameFields && areSameDetails ? 'none' : 'fields';
  }

  /** Returns whether it was new. */
  function insert(record: IndexRecord, given: PreparedParts): boolean {
    const { changes, lastInsertRowid } = statement(
      `INSERT INTO records(collection, id, version, hash, digest, details, session, task, role, occurred_at, status, type, priority, agent, state, due, model)
       VALUES (@collection, @id, @version, @hash, @digest, @details, @session, @task, @role, @occurredAt, @status, @type, @priority, @agent,
         @state, @due, @model) ON CONFLICT (id) DO NOTHING`,
    ).run({ ...record, metadata: null, node: null, memory: null, ...stateOf(record, given) });
    if (changes === 0) return false;
    const rowid = Number(lastInsertRowid);
    writeWords(rowid, record, given);
    writeMetadata(rowid, record);
    // A new row has the defaults.
    if (record.details !== null) writeDetails(rowid, record, null);
    writeVectors(rowid, record, given);
    return true;
  }

  function writeDetails(
    rowid: number,
    { id, node, memory, status }: IndexRecord,
    before: Pick<RecordRow, 'status'> | null,
  ): void {
    if (node) edges.put(rowid, id, node, isOpen(status), before && isOpen(before.status));
    if (memory) memoryDetails.put(rowid, id, memory);
  }

  /** The state of new content. */
  function stateOf({ collection, text }: IndexRecord, { vectors }: PreparedParts) {
    if (collection !== 'memories') return { state: null, due: null, model: null };
    if (table && vectors) return { state: 'READY', due: null, model: table.model.name };
    return { state: 'PENDING', due: lengthClass(Buffer.byteLength(text)), model: null };
  }

  function writeVectors(rowid: number, { collection }: IndexRecord, { vectors = [] }: PreparedParts): void {
    if (collection === 'memories') table?.add(rowid, vectors);
  }

  function writeWords(rowid: number, { collection, text }: IndexRecord, given: PreparedParts): void {
    words.put(collection, rowid, given.words ?? tokenize(text));
  }

  function writeFields({ rowid, status }: RecordRow, record: IndexRecord): void {
    statement(
      `UPDATE records SET digest = @digest, details = @details, session = @session, task = @task, role = @role, occurred_at = @occurredAt,
         status = @status, type = @type, priority = @priority, agent = @agent WHERE rowid = @rowid`,
    ).run({ ...record, metadata: null, node: null, memory: null, rowid });
    statement('DELETE FROM metadata WHERE record = ?').run(rowid);
    writeMetadata(rowid, record);
    writeDetails(rowid, record, { status });
  }

  function writeVersion(rowid: number, { version }: IndexRecord): void {
    statement('UPDATE records SET version = ? WHERE rowid = ?').run(version, rowid);
  }

  function writeMetadata(rowid: number, { metadata }: IndexRecord): void {
    for (const pair of metadata) {
      statement('INSERT OR IGNORE INTO metadata(pair, record) VALUES (?, ?)').run(Buffer.from(pair, 'hex'), rowid);
    }
  }

  /** A trigger deletes the vectors of the former content. */
  function changeContent(rowid: number, record: IndexRecord, given: PreparedParts): void {
    statement(
      `UPDATE records SET hash = @hash, state = @state, due = @due, model = @model, attempts = 0, reason = NULL
         WHERE rowid = @rowid`,
    ).run({ rowid, hash: record.hash, ...stateOf(record, given) });
    writeVectors(rowid, record, given);
  }

  function remove(id: string): boolean {
    const row = statement('SELECT rowid, collection, status FROM records WHERE id = ?').get(id) as
      | Pick<RecordRow, 'rowid' | 'collection' | 'status'>
      | undefined;
    if (!row) return false;
    words.remove(row.collection, row.rowid);
    if (row.collection === 'tasks' && isOpen(row.status)) edges.removeOpen(id);
    statement('DELETE FROM records WHERE rowid = ?').run(row.rowid);
    if (row.collection === 'memories') deletions?.add(id, { isPurged: false });
    return true;
  }

  function find(ids: readonly string[]): ReadonlyMap<string, RecordRow> {
    const rows = statement(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN records r ON r.id = j.value`).all(
      JSON.stringify(ids),
    ) as RecordRow[];
    return new Map(rows.map((row) => [row.id, row]));
  }

  function versions(ids: readonly string[]): ReadonlyMap<string, number> {
    const rows = statement(
      'SELECT r.id, r.version FROM json_each(?) j CROSS JOIN records r ON r.id = j.value WHERE r.version > 0',
    ).all(JSON.stringify(ids)) as Pick<RecordRow, 'id' | 'version'>[];
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  function scan(collection: SearchedCollection, afterId: string | null, limit: number): readonly RecordRow[] {
    return statement(`SELECT ${COLUMNS} FROM records r WHERE r.collection = ? AND r.id > ? ORDER BY r.id LIMIT ?`).all(
      collection,
      afterId ?? '',
      limit,
    ) as RecordRow[];
  }

  return {
    prepare,
    put,
    remove,
    purge: (id) => deletions?.add(id, { isPurged: true }),
    find,
    versions,
    scan,
    list: (afterRow, limit) =>
      statement(`SELECT ${COLUMNS} FROM records r WHERE r.rowid > ? ORDER BY r.rowid LIMIT ?`).all(
        afterRow,
        limit,
      ) as RecordRow[],
    count: (collection) =>
      statement('SELECT count(*) FROM records WHERE collection = ?').pluck().get(collection) as number,
    removeStray: words.removeStray,
    tidy: words.tidy,
    erase: words.erase,
  };
}
