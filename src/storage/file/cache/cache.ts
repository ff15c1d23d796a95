import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { makePrivateFolder } from '../../../files/private-files.js';
import { codeOf } from '../../../util/errors.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { StoreWrite } from '../../shared/writes.js';
import { createApply } from '../../sqlite/apply.js';
import { connect, createStatements, type SqliteConnection, type Statement } from '../../sqlite/connection.js';
import { applySchema } from '../../sqlite/schema.js';
import { createScrub, type Scrub } from '../../sqlite/scrub.js';
import type { Fingerprint } from '../disk/atomic-file.js';
import type { CommitPosition } from '../log/log-file.js';
import { checksumPath, isSound, takeChecksum, writeChecksum } from './cache-checksum.js';

/**
 * The database that reads are answered from: a SQLite store's tables, made from the files. It can always be rebuilt, so
 * it isn't synced with a commit; it says up to which commit of the log it goes.
 */
export interface Cache {
  readonly db: SqliteConnection;
  /** Removes erased texts from its file. */
  readonly scrub: Scrub;
  readonly ino: number;
  /** Names of the collections that it has tables for. */
  readonly collections: ReadonlySet<string>;
  readonly statement: (sql: string) => Statement;
  /** Does one write inside the open transaction. */
  readonly apply: (write: StoreWrite) => number;
  position(): CommitPosition;
  setPosition(position: CommitPosition): void;
  readonly files: KnownFiles;
  /** Runs the work in a transaction: all of it or nothing. */
  transaction<T>(work: () => T): T;
  /** Writes a checksum next to it, by which the next opening trusts it, unless another process has it open. */
  close(): void;
}

/** The documents' files as they were last written or read. */
export interface KnownFiles {
  find(collection: string, id: string): KnownFile | undefined;
  /** `doc`: the record's text in the cache, whose checksum is kept. */
  set(collection: string, id: string, dir: string, fingerprint: Fingerprint, doc: string): void;
  /** Its file isn't, or may not be, what is known of it. */
  doubt(collection: string, id: string): void;
  forget(collection: string, id: string): void;
  /** The files of one folder, by id. */
  inFolder(collection: string, dir: string): Map<string, KnownFile>;
  /** The folders that have files: one and those below it; left out, all. */
  folders(collection: string, dir?: string): readonly string[];
}

export interface KnownFile extends Fingerprint {
  /** Its folder inside its collection's. */
  readonly dir: string;
}

export interface CacheOptions {
  readonly path: string;
  readonly specs: readonly AnySpec[];
  /** The name of the store that it must belong to. */
  readonly store: string;
}

/** Incremented when the tables below change: a cache of another format is rebuilt. */
const FORMAT = 2;
/** A checkpoint syncs; four times SQLite's default lets it wait for about 400 commits. */
const CHECKPOINT_PAGES = 4_000;
const START: CommitPosition = { n: 0, id: '', ino: 0, offset: 0, mark: '' };

/** Opens a cache; null when there is none, or it is of another store or format, or damaged. */
export function openCache(options: CacheOptions): Cache | null {
  const { path, specs, store } = options;
  const checksum = existsSync(path) ? takeChecksum(path) : 'broken';
  if (checksum === 'broken') return null;
  let db: SqliteConnection | null = null;
  try {
    db = connectCache(path, false);
    applySchema(db, specs, 0, path);
    const place = db.prepare('select format, store from place').get() as { format: number; store: string } | undefined;
    const isOurs = place?.format === FORMAT && place.store === store;
    if (isOurs && (checksum === 'whole' || isSound(db, specs))) {
      const cache = wrap(db, options);
      cache.scrub.now();
      return cache;
    }
  } catch (error) {
    if (!/^(SQLITE_(CORRUPT|NOTADB|FORMAT|ERROR|CONSTRAINT|IOERR_SHORT_READ)|STORE_TOO_NEW)/.test(codeOf(error))) {
      db?.close();
      throw error;
    }
  }
  db?.close();
  return null;
}

/** Makes an empty cache in place of the existing one. */
export function createCache(options: CacheOptions): Cache {
  const { path, specs, store } = options;
  makePrivateFolder(dirname(path));
  removeCache(path);
  const db = connectCache(path, true);
  try {
    applySchema(db, specs, 0, path);
    db.exec(`
      create table place (one integer primary key check (one = 1), format integer not null, store text not null,
        n integer not null, id text not null, ino real not null, offset integer not null, mark text not null);
      create table files (collection text not null, id text not null, dir text not null,
        ino real not null, size integer not null, mtime real not null, sum integer not null, primary key (collection, id)) without rowid;
      create index files_dir on files (collection, dir);
    `);
    db.prepare('insert into place values (1, ?, ?, 0, ?, 0, 0, ?)').run(FORMAT, store, '', '');
    return wrap(db, options);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Removes a cache's files. Nothing is lost: they can be rebuilt. */
export function removeCache(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, checksumPath(path)]) rmSync(file, { force: true });
}

function connectCache(path: string, create: boolean): SqliteConnection {
  const db = connect({ path, readonly: false, create });
  // What a power loss takes from it is replayed from the log.
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  return db;
}

function wrap(db: SqliteConnection, { path, specs }: CacheOptions): Cache {
  const statement = createStatements(db);
  const scrub = createScrub(db);
  return {
    db,
    scrub,
    ino: statSync(path).ino,
    collections: new Set(specs.map(({ name }) => name)),
    statement,
    apply: createApply(db, specs),
    position: () =>
      (statement('select n, id, ino, offset, mark from place').get() as CommitPosition | undefined) ?? START,
    setPosition: ({ n, id, ino, offset, mark }) =>
      void statement('update place set n = ?, id = ?, ino = ?, offset = ?, mark = ?').run(n, id, ino, offset, mark),
    files: createKnownFiles(statement),
    transaction(work) {
      db.exec('begin immediate');
      try {
        const result = work();
        db.exec('commit');
        return result;
      } catch (error) {
        if (db.inTransaction) db.exec('rollback');
        throw error;
      }
    },
    close() {
      scrub.close();
      db.close();
      writeChecksum(path);
    },
  };
}

function createKnownFiles(statement: (sql: string) => Statement): KnownFiles {
  return {
    find: (collection, id) =>
      statement('select dir, ino, size, mtime from files where collection = ? and id = ?').get(collection, id) as
        | KnownFile
        | undefined,
    set: (collection, id, dir, { ino, size, mtime }, doc) =>
      void statement('insert or replace into files values (?, ?, ?, ?, ?, ?, ?)').run(
        collection,
        id,
        dir,
        ino,
        size,
        mtime,
        crc32(doc),
      ),
    doubt: (collection, id) =>
      void statement('update files set mtime = -1 where collection = ? and id = ?').run(collection, id),
    forget: (collection, id) => void statement('delete from files where collection = ? and id = ?').run(collection, id),
    inFolder(collection, dir) {
      const rows = statement('select id, dir, ino, size, mtime from files where collection = ? and dir = ?').all(
        collection,
        dir,
      ) as (KnownFile & { readonly id: string })[];
      return new Map(rows.map((row) => [row.id, row]));
    },
    folders: (collection, dir = '') =>
      // After the slash, the next character is the zero.
      statement("select distinct dir from files where collection = ? and (? in ('', dir) or dir > ? and dir < ?)")
        .pluck()
        .all(collection, dir, `${dir}/`, `${dir}0`) as string[],
  };
}
