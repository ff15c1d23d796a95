import type { CommitContext } from '../store.js';
import { type Connection, createStatements, type Statement } from './connection.js';
import { insertEntry } from './log.js';
import type { AnySpec } from './schema.js';
import type { ChangeWrite, PutWrite, Write, WriteFailure } from './writes.js';

/** A write that can't be done as asked; the store is as before. */
export class WriteRefused extends Error {
  constructor(readonly failure: WriteFailure) {
    super(failure.kind);
  }
}

/** Does one write inside the transaction that is open. @throws WriteRefused, or what SQLite throws */
export function createApply(db: Connection, specs: readonly AnySpec[]): (write: Write) => number {
  const statement = createStatements(db);
  const specOf = new Map(specs.map((spec) => [spec.name, spec]));

  function apply(write: Write): number {
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
    }
  }

  // — committing —

  function commit(changes: readonly ChangeWrite[], context: CommitContext): number {
    const { epoch } = statement('select epoch from head').get() as { epoch: number };
    if (epoch !== context.epoch) throw new WriteRefused({ kind: 'route', epoch, routedBy: context.epoch });
    let seq: number | bigint | null = null;
    for (const change of changes) seq = applyChange(change, context) ?? seq;
    return Number(seq ?? statement('select max(seq) from log').pluck().get() ?? 0);
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
        statement(`delete from ${change.collection} where id = ?`).run(change.id);
        statement('update log set before = null, erased = 1 where record = ?').run(change.id);
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

  /** Runs a write, and says which record holds the key when a unique one is taken. */
  function runUnique(write: Statement, collection: string, id: string, doc: string, ...values: unknown[]): void {
    try {
      write.run(...values);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE')) throw error;
      const document = JSON.parse(doc) as { readonly [field: string]: unknown };
      for (const { fields, among } of specOf.get(collection)?.unique ?? []) {
        const where = [
          ...fields.map((field) => `${field} = ?`),
          'id <> ?',
          ...(among === 'live' ? ['deletedAt is null'] : []),
        ];
        const holder = statement(`select id from ${collection} where ${where.join(' and ')}`)
          .pluck()
          .get(...fields.map((field) => document[field]), id);
        if (typeof holder === 'string')
          throw new WriteRefused({ kind: 'exists', collection, fields, existingId: holder });
      }
      throw error;
    }
  }

  // — moving and trimming —

  function importBatch({ documents, entries, removed, epoch: under }: Extract<Write, { kind: 'import' }>): number {
    const { epoch } = statement('select epoch from head').get() as { epoch: number };
    if (epoch !== under || epoch >= 0) throw new WriteRefused({ kind: 'route', epoch, routedBy: under });
    for (const { collection, id, version, doc } of documents) {
      const write = statement(
        `insert into ${collection} (version, doc, id) values (?, ?, ?) on conflict (id) do update set version = excluded.version, doc = excluded.doc`,
      );
      runUnique(write, collection, id, doc, version, doc, id);
    }
    for (const { collection, id } of removed) statement(`delete from ${collection} where id = ?`).run(id);
    for (const entry of entries) insertEntry(statement, entry);
    return documents.length;
  }

  function trim(before: string): number {
    const { floor } = statement('select floor from head').get() as { floor: number };
    const kept = statement('select min(seq) from log where seq > ? and at >= ?').pluck().get(floor, before) as
      | number
      | null;
    const last =
      kept === null ? ((statement('select max(seq) from log').pluck().get() as number | null) ?? 0) : kept - 1;
    if (last <= floor) return 0;
    const { changes } = statement(
      'update log set before = null, erased = 1 where seq > ? and seq <= ? and before is not null',
    ).run(floor, last);
    statement('update head set floor = ?').run(last);
    return changes;
  }

  return apply;
}
