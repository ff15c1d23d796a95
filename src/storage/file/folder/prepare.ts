import type { LogEntry } from '../../../domain/log-entry.js';
import type { JsonObject } from '../../../util/json/json.js';
import type { ImagesWrite, ImportWrite, StoreWrite } from '../../shared/writes.js';
import { entriesWith, lastSeq } from '../../sqlite/log.js';
import { floorOf, keepable } from '../../sqlite/log-history.js';
import type { Cache } from '../cache/cache.js';
import type { TouchedRecord } from '../cache/replay.js';
import { type DocumentText, inOrderText } from '../documents/json-text.js';
import type { LineBody } from '../log/log-line.js';
import { bodyOf } from '../log/log-line.js';

/** A write that was done in the cache, and the line that makes it durable; no line when it changed nothing. */
export interface PreparedWrite {
  readonly value: number;
  readonly body: LineBody | null;
  readonly touched: readonly TouchedRecord[];
  readonly erasing: ImageErasure;
}

/** What to erase from the log's earlier lines. */
export interface ImageErasure {
  /** Records of which no image may stay. */
  readonly purged: readonly string[];
  /** Records that an import removed: what earlier imports wrote of them is erased; the log keeps their entries. */
  readonly removed: readonly string[];
  /** The log's new floor; null when it stayed. */
  readonly floor: number | null;
  /** Images that are to be written over those of the same records at the same versions. */
  readonly images: readonly JsonObject[];
}

type CommitWrite = Extract<StoreWrite, { kind: 'commit' }>;

interface EntryRow {
  readonly seq: number;
  readonly collection: string;
  readonly record: string;
  readonly version: number;
  readonly operation: string;
  readonly before: string | null;
  readonly erased: number;
}

/**
 * Does a write in the cache, inside a transaction. @returns also what the log is to keep of it @throws like the cache's
 * `apply`
 */
export function prepareWrite(cache: Cache, write: StoreWrite): PreparedWrite {
  const { apply, statement } = cache;
  switch (write.kind) {
    case 'commit':
      return prepareCommit(cache, write);
    case 'import':
      return prepareImport(cache, write);
    case 'epoch': {
      const value = apply(write);
      return plain(value, value === 1 ? bodyOf({ kind: 'epoch', epoch: write.to }) : null);
    }
    case 'manifest': {
      const value = apply(write);
      return plain(value, value === 0 ? null : { kind: 'manifest', members: `"manifest":${write.doc}` });
    }
    case 'trim': {
      const before = floorOf(statement);
      const value = apply(write);
      const floor = floorOf(statement);
      if (floor === before) return plain(value, null);
      return { ...plain(value, bodyOf({ kind: 'trim', floor })), erasing: { ...NOTHING, floor } };
    }
    case 'images':
      return prepareImages(cache, write);
  }
}

export const NOTHING: ImageErasure = { purged: [], removed: [], floor: null, images: [] };

const plain = (value: number, body: LineBody | null): PreparedWrite => ({ value, body, touched: [], erasing: NOTHING });

/** The fields in the order of the files, so that cache, log and files hold the same text. */
const withFieldsInOrder = <T extends { readonly collection: string; readonly doc: string }>(each: T) => ({
  ...each,
  ...inOrderText(each.collection, each.doc),
});

function prepareCommit({ apply, statement }: Cache, asked: CommitWrite): PreparedWrite {
  const changes = asked.changes.map((change) => (change.kind === 'put' ? withFieldsInOrder(change) : change));
  const before = lastSeq(statement);
  const value = apply({ ...asked, changes });
  const rows = statement(
    'select seq, collection, record, version, operation, before, erased from log where seq > ? order by seq',
  ).all(before) as EntryRow[];
  const written = changes.filter(({ kind }) => kind !== 'check');
  const puts = written.map((change) => ('document' in change ? change : undefined));
  return {
    value,
    body: rows.length === 0 ? null : commitBody(asked, rows, puts),
    touched: rows.map(({ collection, record: id }, index) => ({ collection, id, put: puts[index] })),
    erasing: {
      ...NOTHING,
      purged: rows.filter(({ operation }) => operation === 'PURGE').map(({ record }) => record),
    },
  };
}

function commitBody(
  { context }: Pick<CommitWrite, 'context'>,
  rows: readonly EntryRow[],
  puts: readonly (DocumentText | undefined)[],
): LineBody {
  const { at, actor, requestId } = context;
  const entries = rows.map((row, index) => {
    const { seq, collection, record: recordId, version, operation, before, erased } = row;
    const fields = JSON.stringify({ seq, collection, recordId, version, operation, isErased: erased === 1 });
    return `${fields.slice(0, -1)},"before":${before ?? 'null'},"after":${puts[index]?.doc ?? 'null'}}`;
  });
  const who = JSON.stringify({ at, actor, requestId }).slice(1, -1);
  return { kind: 'commit', members: `${who},"entries":[${entries.join(',')}]` };
}

function prepareImport(cache: Cache, asked: ImportWrite): PreparedWrite {
  const { apply, statement } = cache;
  // The line has only what the log may keep.
  const entries = keepable(statement, asked.entries, asked.floor);
  const documents = asked.documents.map(withFieldsInOrder);
  const { removed } = asked;
  const write = { ...asked, documents, entries };
  const purges = entries.filter(
    ({ operation, collection }) => operation === 'PURGE' && cache.collections.has(collection),
  );
  const purged = purges.filter((entry) => mayHaveImages(cache, entry)).map(({ recordId }) => recordId);
  const present = removed.filter((each) => isPresent(cache, each));
  const before = floorOf(statement);
  const value = apply(write);
  const now = floorOf(statement);
  const floor = now === before ? null : now;
  const isEmpty = documents.length + entries.length + removed.length === 0 && floor === null;
  return {
    value,
    body: isEmpty ? null : importBody(write, floor),
    touched: [
      ...documents.map((each) => ({ collection: each.collection, id: each.id, put: each })),
      ...removed,
      ...purges.map(({ collection, recordId: id }) => ({ collection, id })),
    ],
    erasing: {
      purged,
      removed: present.filter((each) => !isPresent(cache, each)).map(({ id }) => id),
      floor,
      images: [],
    },
  };
}

/**
 * The line repeats the entries with their new images, as an import does: so every other cache gets them. The line says
 * also whose they are, by which a catch-up completes the rewriting of earlier lines.
 */
function prepareImages({ apply, statement }: Cache, write: ImagesWrite): PreparedWrite {
  const value = apply(write);
  const manifest = statement("select manifest ->> '$.id' from head").pluck().get();
  const images = write.images.map(({ doc }) => JSON.parse(doc) as JsonObject);
  const entries = write.images.flatMap(({ id, version }) => entriesWith(statement, id, version + 1));
  const isOfProject = write.images.some(({ id }) => id === manifest);
  if (value === 0 && !isOfProject) return plain(value, null);
  const rewrites = [...new Set(write.images.map(({ id }) => id))];
  return {
    ...plain(value, bodyOf({ kind: 'import', documents: [], entries, removed: [], rewrites })),
    erasing: { ...NOTHING, images },
  };
}

/** The documents are already texts. */
function importBody({ documents, entries, removed }: ImportWrite, floor: number | null): LineBody {
  const texts = documents.map(
    ({ collection, doc }) => `{"collection":${JSON.stringify(collection)},"document":${doc}}`,
  );
  const rest = JSON.stringify({ entries, removed, ...(floor === null ? {} : { floor }) }).slice(1);
  return { kind: 'import', members: `"documents":[${texts.join(',')}],${rest.slice(0, -1)}` };
}

/**
 * Whether the log's files may have an image of a record: one that was purged before it was moved here never had any,
 * and the log is long. An import's removals went from the files then.
 */
function mayHaveImages(cache: Cache, { collection, recordId }: LogEntry): boolean {
  return (
    isPresent(cache, { collection, id: recordId }) ||
    cache.statement('select 1 from log where record = ? and erased = 0 limit 1').get(recordId) !== undefined
  );
}

const isPresent = ({ statement }: Cache, { collection, id }: TouchedRecord): boolean =>
  statement(`select 1 from ${collection} where id = ?`).get(id) !== undefined;
