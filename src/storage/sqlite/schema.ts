import { StoreError } from '../../domain/errors.js';
import type { AnySpec } from '../shared/collection-spec.js';
import type { SqliteConnection } from './connection.js';

/**
 * The steps from each version of the schema to the next; a file's `user_version` counts those it has. When a spec gains
 * a field or an index, append a step, even an empty one: after the steps each collection gets what it lacks.
 */
const STEPS: readonly ((db: SqliteConnection) => void)[] = [
  (db) =>
    db.exec(`
      create table head (
        one integer primary key check (one = 1),
        epoch integer not null,
        floor integer not null default 0,
        manifest text
      ) strict;
      create table log (
        seq integer primary key autoincrement,
        at text not null,
        actor text not null,
        request text not null,
        collection text not null,
        record text not null,
        version integer not null,
        operation text not null,
        before text,
        erased integer not null default 0
      ) strict;
      create index log_record on log (record, seq);
    `),
  // The catalog has usage and the saved settings of storage.
  () => {},
  // The catalog has migrations, and what they found.
  () => {},
  // A project has a key of its path.
  () => {},
  // A task can be a part of another; a memory has a kind, and can supersede another.
  () => {},
  // The entries of a request, in their order, are found without reading others.
  (db) => db.exec('create index if not exists log_request on log (request)'),
  // The catalog has users, their roles, grants and keys, and secrets; a project has an owner.
  () => {},
  // Erasures are counted, and how many of them the file was rewritten after.
  (db) => {
    const columns = columnsOf(db, 'head');
    for (const column of ['erased', 'scrubbed'])
      if (!columns.has(column)) db.exec(`alter table head add column ${column} integer not null default 0`);
  },
  // The catalog has what signing in keeps.
  () => {},
];

/** Brings a file to the current schema, in one transaction. @throws StoreError when a newer version made the file */
export function applySchema(db: SqliteConnection, specs: readonly AnySpec[], epoch: number, path: string): void {
  db.transaction(() => {
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > STEPS.length) {
      throw new StoreError(
        'STORE_TOO_NEW',
        `${path} has schema ${version}, and this version of Mooring knows schemas up to ${STEPS.length}: a newer one wrote it.`,
        'Run the version of Mooring that wrote it, or a later one. Nothing was changed in the file.',
      );
    }
    if (version === STEPS.length) return;
    for (const step of STEPS.slice(version)) step(db);
    if (version === 0) db.prepare('insert into head (one, epoch) values (1, ?)').run(epoch);
    for (const spec of specs) ensureCollection(db, spec);
    db.pragma(`user_version = ${STEPS.length}`);
  }).immediate();
}

/** The table of a collection: the document as JSON, and a generated column for each field that conditions may name. */
export function ensureCollection(db: SqliteConnection, { name, fields, indexes, unique }: AnySpec): void {
  db.exec(`create table if not exists ${name} (id text primary key, version integer not null, doc text not null)`);
  const columns = columnsOf(db, name);
  for (const field of Object.keys(fields)) {
    if (!columns.has(field))
      db.exec(`alter table ${name} add column ${field} generated always as (doc ->> '$.${field}') virtual`);
  }
  for (const index of indexes) {
    db.exec(
      `create index if not exists ${name}_${index.join('_')} on ${name} (${index.join(', ')}, id) where deletedAt is null`,
    );
  }
  for (const { fields: key, among } of unique) {
    const where = [
      ...key.map((field) => `${field} is not null`),
      ...(among === 'live' ? ['deletedAt is null'] : []),
    ].join(' and ');
    db.exec(
      `create unique index if not exists ${name}_unique_${key.join('_')} on ${name} (${key.join(', ')}) where ${where}`,
    );
  }
  db.exec(`create index if not exists ${name}_deleted on ${name} (deletedAt, id) where deletedAt is not null`);
}

function columnsOf(db: SqliteConnection, table: string): ReadonlySet<unknown> {
  return new Set(db.prepare(`select name from pragma_table_xinfo('${table}')`).pluck().all());
}
