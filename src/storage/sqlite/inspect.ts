import type { JsonObject } from '../../util/json/json.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { connect, type SqliteConnection, toStoreError } from './connection.js';
import { applySchema, ensureCollection } from './schema.js';

/** What a database file holds, found without opening its store. */
export interface SqliteInspection {
  readonly manifest: JsonObject | null;
  readonly epoch: number;
  /** Documents of each collection, deleted ones included. */
  readonly counts: ReadonlyMap<string, number>;
  /** Names as `collection.index`. */
  readonly indexes: { readonly present: readonly string[]; readonly missing: readonly string[] };
}

/** Reads what a store's file holds. @throws StoreError when it can't be read */
export function inspectSqlite(path: string, specs: readonly AnySpec[]): SqliteInspection {
  return withConnection(path, true, (db) => {
    const head = db.prepare('select epoch, manifest from head').get() as { epoch: number; manifest: string | null };
    const present = new Set(indexesOf(db, specs));
    const all = wantedIndexes(specs);
    return {
      manifest: head.manifest === null ? null : (JSON.parse(head.manifest) as JsonObject),
      epoch: head.epoch,
      counts: new Map(specs.map(({ name }) => [name, count(db, name)])),
      indexes: {
        present: all.filter((name) => present.has(name)),
        missing: all.filter((name) => !present.has(name)),
      },
    };
  });
}

/** The manifest and epoch alone; null for a file that was never completed. @throws StoreError when it can't be read */
export function findHead(path: string): Pick<SqliteInspection, 'manifest' | 'epoch'> | null {
  return withConnection(path, true, (db) => {
    if (db.pragma('user_version', { simple: true }) === 0) return null;
    const { epoch, manifest } = db.prepare('select epoch, manifest from head').get() as {
      epoch: number;
      manifest: string | null;
    };
    return { epoch, manifest: manifest === null ? null : (JSON.parse(manifest) as JsonObject) };
  });
}

/** Rebuilds the missing indexes of a store's file. @returns their names @throws StoreError */
export function repairSqlite(path: string, specs: readonly AnySpec[]): readonly string[] {
  return withConnection(path, false, (db) => {
    const before = new Set(indexesOf(db, specs));
    db.transaction(() => {
      for (const spec of specs) ensureCollection(db, spec);
    }).immediate();
    return indexesOf(db, specs).filter((name) => !before.has(name));
  });
}

const wanted = new Map<string, readonly string[]>();

/** The indexes of a new file. */
function wantedIndexes(specs: readonly AnySpec[]): readonly string[] {
  const name = specs.map((spec) => spec.name).join();
  const known = wanted.get(name) ?? indexesOfNew(specs);
  wanted.set(name, known);
  return known;
}

function indexesOfNew(specs: readonly AnySpec[]): readonly string[] {
  const db = connect({ path: ':memory:', readonly: false, create: false });
  try {
    applySchema(db, specs, 1, ':memory:');
    return indexesOf(db, specs);
  } finally {
    db.close();
  }
}

function indexesOf(db: SqliteConnection, specs: readonly AnySpec[]): readonly string[] {
  const found = db
    .prepare("select tbl_name, name from sqlite_schema where type = 'index' and sql is not null")
    .all() as {
    tbl_name: string;
    name: string;
  }[];
  const names = new Set(specs.map(({ name }) => name));
  return found.filter(({ tbl_name }) => names.has(tbl_name)).map(({ tbl_name, name }) => `${tbl_name}.${name}`);
}

function count(db: SqliteConnection, name: string): number {
  return db.prepare(`select count(*) from ${name}`).pluck().get() as number;
}

function withConnection<T>(path: string, readonly: boolean, use: (db: SqliteConnection) => T): T {
  let db: SqliteConnection | undefined;
  try {
    db = connect({ path, readonly, create: false });
    return use(db);
  } catch (error) {
    throw toStoreError(error, path);
  } finally {
    db?.close();
  }
}
