import { codeOf } from '../../util/errors.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { withinLimits } from '../shared/record-limits.js';
import { uniqueKeysOf } from '../shared/unique-keys.js';
import type { ChangeWrite, ImportWrite, PutWrite, StoreWrite, WriteFailure } from '../shared/writes.js';
import type { CommitContext } from '../store.js';
import { createStatements, type SqliteConnection, type Statement } from './connection.js';
import { lastSeq } from './log.js';
import { eraseRecord, floorOf, importEntries, keepable, raiseFloor, rewriteImages } from './log-history.js';
import { holdersSql } from './query.js';
import { markErased } from './scrub.js';

/** A write that was refused; the store is unchanged. */
export class WriteRefused extends Error {
  constructor(readonly failure: WriteFailure) {
    super(failure.kind);
  }
}

/** Does one write inside the open transaction. @throws WriteRefused, or what SQLite throws */
export function createApply(db: SqliteConnection, specs: readonly AnySpec[]): (write: StoreWrite) => number {
  const statement = createStatements(db);
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));

  function apply(write: StoreWrite): number {
    switch (write.kind) {
      case 'commit':
        return commit(write.changes, write.context);
      case 'import':
        return importBatch(write);
      case 'epoch':
        return statement('update head set epoch = ? where epoch = ?').run(write.to, write.from).changes;
      case 'manifest':
        return statement('update head set manifest = ? where manifest is not ?').run(write.doc, write.doc).changes;
      case 'trim':
        return trim(write.before);
      case 'images':
        requireEpoch(write.epoch);
        return rewriteImages(statement, write.images);
    }
  }

  /** @throws WriteRefused when the store is under another epoch */
  function requireEpoch(routedBy: number): void {
    const { epoch } = statement('select epoch from head').get() as { epoch: number };
    if (epoch !== routedBy) throw new WriteRefused({ kind: 'route', epoch, routedBy });
  }

  // — committing —

  function commit(changes: readonly ChangeWrite[], context: CommitContext): number {
    requireEpoch(context.epoch);
    let seq: number | bigint | null = null;
    for (const change of changes) seq = applyChange(change, context) ?? seq;
    return Number(seq ?? lastSeq(statement));
  }

  function applyChange(change: ChangeWrite, context: CommitContext): number | bigint | null {
    const expected = change.kind === 'put' ? change.version - 1 : change.version;
    const current = statement(`select version, doc from ${change.collection} where id = ?`).get(change.id) as
      | { version: number; doc: string }
      | undefined;
    if ((current?.version ?? 0) !== expected) {
      throw new WriteRefused({
        kind: 'conflict',
        collection: change.collection,
        id: change.id,
        current: current?.doc ?? null,
      });
    }
    switch (change.kind) {
      case 'check':
        return null;
      case 'put':
        put(change);
        return append(change, change.operation, current?.doc ?? null, false, context);
      case 'remove':
        removeDocument(statement, change);
        eraseRecord(statement, change.id, Number.MAX_SAFE_INTEGER);
        return append(change, 'PURGE', null, true, context);
    }
  }

  function put({ collection, id, version, doc }: PutWrite): void {
    const write =
      version === 1
        ? statement(`insert into ${collection} (version, doc, id) values (?, ?, ?)`)
        : statement(`update ${collection} set version = ?, doc = ? where id = ?`);
    runUnique(write, collection, id, doc, version, doc, id);
  }

  function append(
    change: ChangeWrite,
    operation: string,
    before: string | null,
    erased: boolean,
    context: CommitContext,
  ): number | bigint {
    return statement(
      'insert into log (at, actor, request, collection, record, version, operation, before, erased) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      context.at,
      context.actor,
      context.requestId,
      change.collection,
      change.id,
      change.version,
      operation,
      before,
      erased ? 1 : 0,
    ).lastInsertRowid;
  }

  /** Runs a write. @throws WriteRefused naming the record that holds a unique key */
  function runUnique(write: Statement, collection: string, id: string, doc: string, ...values: unknown[]): void {
    try {
      withinLimits(id, () => write.run(...values));
    } catch (error) {
      const spec = specOf.get(collection);
      if (!spec || !isUniqueViolation(error)) throw error;
      for (const key of uniqueKeysOf(spec, JSON.parse(doc) as object)) {
        const { text, values: of } = holdersSql(key, id);
        const holder = statement(`select id from ${collection} where ${text}`).pluck().get(of);
        if (typeof holder === 'string')
          throw new WriteRefused({ kind: 'exists', collection, fields: key.fields, existingId: holder });
      }
      throw error;
    }
  }

  // — moving and trimming —

  function importBatch({ documents, entries, removed, floor, epoch: under }: ImportWrite): number {
    const { epoch } = statement('select epoch from head').get() as { epoch: number };
    if (epoch !== under || epoch >= 0) throw new WriteRefused({ kind: 'route', epoch, routedBy: under });
    for (const each of removed) removeDocument(statement, each);
    importDocuments(documents);
    importEntries(statement, keepable(statement, entries, floor));
    raiseFloor(statement, floor ?? 0);
    return 0;
  }

  function importDocuments(documents: ImportWrite['documents']): void {
    try {
      documents.forEach(overwrite);
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      // One of them may have passed its key to another of them: without all of them, only other records can conflict.
      for (const each of documents) removeDocument(statement, each);
      documents.forEach(overwrite);
    }
  }

  function overwrite({ collection, id, version, doc }: ImportWrite['documents'][number]): void {
    runUnique(statement(upsertSql(collection)), collection, id, doc, version, doc, id);
  }

  function trim(before: string): number {
    const kept = statement('select min(seq) from log where seq > ? and at >= ?')
      .pluck()
      .get(floorOf(statement), before) as number | null;
    return raiseFloor(statement, kept === null ? lastSeq(statement) : kept - 1);
  }

  return apply;
}

/** Writes a document over the one of its id, if any. Values: version, doc, id. */
export const upsertSql = (collection: string): string =>
  `insert into ${collection} (version, doc, id) values (?, ?, ?) on conflict (id) do update set version = excluded.version, doc = excluded.doc`;

export function removeDocument(
  statement: (sql: string) => Statement,
  { collection, id }: { readonly collection: string; readonly id: string },
): void {
  if (statement(`delete from ${collection} where id = ?`).run(id).changes > 0) markErased(statement);
}

/** Whether another document holds a unique key. */
export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE';
