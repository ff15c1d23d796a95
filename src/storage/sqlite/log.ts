import type { LogEntry, LogHeader, Operation } from '../../domain/log-entry.js';
import {
  isSamePosition,
  LOG_START,
  type LogPosition,
  LogReplacedError,
  positionAfter,
} from '../../domain/log-position.js';
import type { JsonObject } from '../../util/json/json.js';
import { boundsOf } from '../shared/list-bounds.js';
import { createLogFollow } from '../shared/log-follow.js';
import type { LogTail, SizedEntry } from '../shared/log-tail.js';
import { type Log, type LogImage, type LogQuery, PAGE_BYTES, type Page } from '../store.js';
import type { Statement } from './connection.js';

/** The columns that make an entry's position. */
interface MarkedRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly request: string;
  readonly collection: string;
  readonly record: string;
  readonly version: number;
  readonly operation: string;
}

interface LogRow extends MarkedRow {
  readonly before: string | null;
  readonly erased: number;
}

const MARKED = 'seq, at, actor, request, collection, record, version, operation';
const COLUMNS = `${MARKED}, before, erased`;

/**
 * Entries after a position, in order. @throws LogReplacedError when the log doesn't hold it: both reads see one state of the
 * file, or the later one finds what is wrong
 */
export function readAfter(
  statement: (sql: string) => Statement,
  position: LogPosition,
  limit: number,
): readonly SizedEntry[] {
  const rows = rowsAfter(statement, position.seq, limit);
  if (!holds(statement, position)) throw new LogReplacedError();
  return rows.map((row) => ({ entry: toEntry(row), size: row.before?.length ?? 0 }));
}

function rowsAfter(statement: (sql: string) => Statement, seq: number, limit: number): readonly LogRow[] {
  return statement(`select ${COLUMNS} from log where seq > ? order by seq limit ?`).all(seq, limit) as LogRow[];
}

/** Writes an entry as it is, over the one of its number, if any. */
export function insertEntry(statement: (sql: string) => Statement, entry: LogEntry): void {
  statement(`insert or replace into log (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    entry.seq,
    entry.at,
    entry.actor,
    entry.requestId,
    entry.collection,
    entry.recordId,
    entry.version,
    entry.operation,
    entry.before === null ? null : JSON.stringify(entry.before),
    entry.isErased ? 1 : 0,
  );
}

/** The entries of a record's version that have the image of the one before. */
export function entriesWith(
  statement: (sql: string) => Statement,
  record: string,
  version: number,
): readonly LogEntry[] {
  const rows = statement(`select ${COLUMNS} from log where record = ? and version = ? and before is not null`);
  return (rows.all(record, version) as LogRow[]).map(toEntry);
}

/** The last entry's number; 0 when there is none. */
export function lastSeq(statement: (sql: string) => Statement): number {
  return Number(statement('select max(seq) from log').pluck().get() ?? 0);
}

/** Where the log ends. */
export function endOf(statement: (sql: string) => Statement): LogPosition {
  const row = statement(`select ${MARKED} from log order by seq desc limit 1`).get() as MarkedRow | undefined;
  return row ? positionAfter(toMarked(row)) : LOG_START;
}

/** Whether the log has the entry that a position names. */
export function holds(statement: (sql: string) => Statement, position: LogPosition): boolean {
  if (position.seq === 0) return true;
  const row = statement(`select ${MARKED} from log where seq = ?`).get(position.seq) as MarkedRow | undefined;
  return row !== undefined && isSamePosition(positionAfter(toMarked(row)), position);
}

/** Reads of the log's table. `collections`: the tables of current records. */
export function createLog(
  statement: (sql: string) => Statement,
  tail: LogTail,
  collections: readonly string[],
  isClosed: () => boolean,
): Log {
  async function list(query: LogQuery): Promise<Page<LogImage>> {
    const { limit, fromEnd = false } = query;
    const { where, order, values } = rangeOf(query);
    // The record after an entry is the image before its next entry, if there is one.
    const rows = statement(
      `select ${COLUMNS}, (select n.seq from log n where n.record = l.record and n.seq > l.seq order by n.seq limit 1) as next
       from log l where ${where} order by ${order} limit ?`,
    ).iterate(...values, limit + 1) as IterableIterator<LogRow & { next: number | null }>;
    const items: LogImage[] = [];
    let size = 0;
    let hasMore = false;
    for (const row of rows) {
      hasMore = items.length === limit || size >= PAGE_BYTES;
      if (hasMore) break;
      const after = textAfter(row);
      size += (row.before?.length ?? 0) + (after?.length ?? 0);
      items.push({ entry: toEntry(row), after: parse(after) });
    }
    return { items: fromEnd ? items.reverse() : items, hasMore };
  }

  async function listHeaders(query: LogQuery): Promise<readonly LogHeader[]> {
    const { where, order, values } = rangeOf(query);
    const rows = statement(`select ${MARKED} from log where ${where} order by ${order} limit ?`).all(
      ...values,
      query.limit,
    ) as MarkedRow[];
    const headers = rows.map(toMarked);
    return query.fromEnd ? headers.reverse() : headers;
  }

  async function ofEach(
    recordIds: readonly string[],
    which: 'FIRST' | 'LAST',
    after: number,
  ): Promise<readonly (LogEntry | null)[]> {
    const order = which === 'FIRST' ? 'asc' : 'desc';
    const one = statement(`select ${COLUMNS} from log where record = ? and seq > ? order by seq ${order} limit 1`);
    return recordIds.map((recordId) => {
      const row = one.get(recordId, after) as LogRow | undefined;
      return row ? toEntry(row) : null;
    });
  }

  function textAfter({ next, record, collection, operation }: LogRow & { next: number | null }): string | null {
    if (operation === 'PURGE' || (next === null && !collections.includes(collection))) return null;
    const text =
      next === null
        ? statement(`select doc from ${collection} where id = ?`).pluck().get(record)
        : statement('select before from log where seq = ?').pluck().get(next);
    return (text as string | null | undefined) ?? null;
  }

  async function image(recordId: string, version: number): Promise<JsonObject | null> {
    const next = statement('select before from log where record = ? and version = ? and before is not null')
      .pluck()
      .get(recordId, version + 1);
    if (next !== undefined) return parse(next);
    const collection = statement('select collection from log where record = ? order by seq desc limit 1')
      .pluck()
      .get(recordId) as string | undefined;
    if (collection === undefined || !collections.includes(collection)) return null;
    return parse(
      statement(`select doc from ${collection} where id = ? and version = ?`).pluck().get(recordId, version),
    );
  }

  const readEntriesAfter = (position: LogPosition, limit: number): readonly LogEntry[] =>
    readAfter(statement, position, limit).map(({ entry }) => entry);

  return {
    head: async () => ({
      ...endOf(statement),
      floor: statement('select floor from head').pluck().get() as number,
    }),
    holds: async (position) => holds(statement, position),
    read: async (after, limit) => rowsAfter(statement, after, limit).map(toEntry),
    readAfter: async (after, limit) => readEntriesAfter(after, limit),
    list,
    listHeaders,
    ofEach,
    image,
    follow: createLogFollow({ tail, readAfter: readEntriesAfter, isClosed }),
  };
}

/** The entries that a query is about, as parts of a statement. */
function rangeOf({ recordId, requestId, seqs, direction, ...range }: LogQuery): {
  readonly where: string;
  readonly order: string;
  readonly values: readonly (string | number)[];
} {
  const { above, below, isAscending } = boundsOf(direction, range);
  const where = [
    recordId === undefined ? 'true' : 'record = ?',
    requestId === undefined ? 'true' : 'request = ?',
    seqs === undefined ? 'true' : 'seq in (select value from json_each(?))',
    above === null ? 'true' : 'seq > ?',
    below === null ? 'true' : 'seq < ?',
  ];
  const values = [recordId, requestId, seqs && JSON.stringify(seqs), above, below];
  return {
    where: where.join(' and '),
    order: `seq ${isAscending ? 'asc' : 'desc'}`,
    values: values.filter((value) => value != null),
  };
}

/** An entry without its image. */
function toMarked(row: MarkedRow): LogHeader {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    requestId: row.request,
    collection: row.collection,
    recordId: row.record,
    version: row.version,
    operation: row.operation as Operation,
  };
}

function toEntry(row: LogRow): LogEntry {
  return {
    ...toMarked(row),
    before: parse(row.before),
    isErased: row.erased === 1,
  };
}

function parse(image: unknown): JsonObject | null {
  return typeof image === 'string' ? (JSON.parse(image) as JsonObject) : null;
}
