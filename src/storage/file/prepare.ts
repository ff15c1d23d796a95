import type { JsonObject } from '../../domain/json.js';
import type { Write } from '../sqlite/writes.js';
import type { Cache } from './cache.js';
import type { LineBody } from './line.js';
import { bodyOf } from './line.js';
import type { Touched } from './replay.js';
import { inOrderText } from './text.js';

/** A write that was done in the cache, and the line that makes it last; no line when it changed nothing. */
export interface Prepared {
  readonly value: number;
  readonly body: LineBody | null;
  readonly touched: readonly Touched[];
  /** Records of which no image may stay in the log. */
  readonly purged: readonly string[];
}

interface EntryRow {
  readonly seq: number;
  readonly collection: string;
  readonly record: string;
  readonly version: number;
  readonly operation: string;
  readonly before: string | null;
  readonly erased: number;
}

/** Does a write in the cache, inside a transaction, and says what the log is to keep of it. @throws like the cache's apply */
export function prepare({ apply, statement }: Cache, asked: Write): Prepared {
  const write = withFieldsInOrder(asked);
  switch (write.kind) {
    case 'commit': {
      const before = Number(statement('select max(seq) from log').pluck().get() ?? 0);
      const value = apply(write);
      const rows = statement(
        'select seq, collection, record, version, operation, before, erased from log where seq > ? order by seq',
      ).all(before) as EntryRow[];
      const docs = write.changes
        .filter(({ kind }) => kind !== 'check')
        .map((change) => (change.kind === 'put' ? change.doc : null));
      return {
        value,
        body: rows.length === 0 ? null : commitBody(write, rows, docs),
        touched: rows.map(({ collection, record }) => ({ collection, id: record })),
        purged: rows.filter(({ operation }) => operation === 'PURGE').map(({ record }) => record),
      };
    }
    case 'import':
      return prepareImport(write, apply(write));
    case 'epoch': {
      const value = apply(write);
      return plain(value, value === 1 ? bodyOf({ kind: 'epoch', epoch: write.to }) : null);
    }
    case 'manifest': {
      const value = apply(write);
      return plain(value, value === 0 ? null : { kind: 'manifest', members: `"manifest":${write.doc}` });
    }
    case 'trim': {
      const floor = () => statement('select floor from head').pluck().get() as number;
      const before = floor();
      const value = apply(write);
      return plain(value, floor() === before ? null : bodyOf({ kind: 'trim', floor: floor() }));
    }
  }
}

const plain = (value: number, body: LineBody | null): Prepared => ({ value, body, touched: [], purged: [] });

/** The documents' fields in the order in which their files have them, so that cache, log and files hold the same text. */
function withFieldsInOrder(write: Write): Write {
  if (write.kind === 'commit') {
    const changes = write.changes.map((change) =>
      change.kind === 'put' ? { ...change, doc: inOrderText(change.collection, change.doc) } : change,
    );
    return { ...write, changes };
  }
  if (write.kind !== 'import') return write;
  const documents = write.documents.map((each) => ({ ...each, doc: inOrderText(each.collection, each.doc) }));
  return { ...write, documents };
}

function commitBody(
  { context }: Extract<Write, { kind: 'commit' }>,
  rows: readonly EntryRow[],
  docs: readonly (string | null)[],
): LineBody {
  const { at, actor, requestId } = context;
  const entries = rows.map((row, index) => {
    const { seq, collection, record: recordId, version, operation, before, erased } = row;
    const fields = JSON.stringify({ seq, collection, recordId, version, operation, isErased: erased === 1 });
    return `${fields.slice(0, -1)},"before":${before ?? 'null'},"after":${docs[index] ?? 'null'}}`;
  });
  const who = JSON.stringify({ at, actor, requestId }).slice(1, -1);
  return { kind: 'commit', members: `${who},"entries":[${entries.join(',')}]` };
}

function prepareImport({ documents, entries, removed }: Extract<Write, { kind: 'import' }>, value: number): Prepared {
  const isEmpty = documents.length + entries.length + removed.length === 0;
  const body = bodyOf({
    kind: 'import',
    documents: documents.map(({ collection, doc }) => ({ collection, document: JSON.parse(doc) as JsonObject })),
    entries,
    removed,
  });
  return {
    value,
    body: isEmpty ? null : body,
    touched: [...documents, ...removed].map(({ collection, id }) => ({ collection, id })),
    purged: entries.filter(({ operation }) => operation === 'PURGE').map(({ recordId }) => recordId),
  };
}
