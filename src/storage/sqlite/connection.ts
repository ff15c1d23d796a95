import Database from 'better-sqlite3';
import { MooringError, StoreError, saidBy } from '../../domain/errors.js';
import { isOfDescriptors, outOfDescriptors } from '../../files/descriptors.js';
import { makePrivateFile } from '../../files/private-files.js';
import { codeOf } from '../../util/errors.js';
import { defineFunctions } from './functions.js';

/** How long a statement waits for another process's lock, in milliseconds. */
const BUSY_TIMEOUT = 5_000;

export type SqliteConnection = Database.Database;
export type Statement = Database.Statement<unknown[], unknown>;

export interface ConnectionOptions {
  readonly path: string;
  readonly readonly: boolean;
  /** Makes the file when there is none, for this user alone; SQLite gives the files next to it the same mode. */
  readonly create: boolean;
  /** Called with every statement that runs. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/**
 * Opens a database file with the settings that the store's promises need: WAL, and `synchronous=FULL` so that a commit
 * is on disk before it is acknowledged (the library's default in WAL is less).
 */
export function connect({ path, readonly, create, onStatement }: ConnectionOptions): SqliteConnection {
  const verbose = onStatement ? (message?: unknown) => onStatement(String(message)) : undefined;
  if (create) makePrivateFile(path);
  const db = new Database(path, {
    readonly,
    fileMustExist: !create,
    timeout: BUSY_TIMEOUT,
    ...(verbose ? { verbose } : {}),
  });
  try {
    defineFunctions(db);
    if (!readonly) {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('fullfsync = ON');
      db.pragma('checkpoint_fullfsync = ON');
      db.pragma('secure_delete = ON');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Most prepared statements kept: more than a program that writes its queries down has. */
const MOST_STATEMENTS = 500;

/** Prepares each statement once while it is in use; the least recently used are dropped. */
export function createStatements(db: SqliteConnection): (sql: string) => Statement {
  const prepared = new Map<string, Statement>();
  return (sql) => {
    const known = prepared.get(sql);
    // Far from full, the order of use doesn't matter.
    if (known && prepared.size < MOST_STATEMENTS / 2) return known;
    const statement = known ?? db.prepare(sql);
    prepared.delete(sql);
    prepared.set(sql, statement); // moved to the end, as the latest
    const [oldest] = prepared.keys();
    if (prepared.size > MOST_STATEMENTS) prepared.delete(oldest!);
    return statement;
  };
}

/** Rows of one column, and whether more were left out. */
export interface Rows {
  readonly rows: readonly unknown[];
  readonly isCut: boolean;
}

/** A statement's first column: as many rows as fit into `most` characters, and at least one. */
export function takeRows(statement: Statement, values: readonly unknown[], most: number): Rows {
  const rows: unknown[] = [];
  let size = 0;
  for (const row of statement.pluck().iterate(...values)) {
    if (size >= most) return { rows, isCut: true };
    if (typeof row === 'string') size += row.length;
    rows.push(row);
  }
  return { rows, isCut: false };
}

/** What one piece of work returned, or the error with which it was undone. */
export type Done<T> = { readonly value: T } | { readonly error: unknown };

/**
 * Does one of several pieces of work that share the open transaction; one that fails is undone alone.
 * @throws what ended the transaction for all that share it, such as a full disk, or prevents undoing the one that failed
 */
export function doApart<Of, T>(db: SqliteConnection, isShared: boolean, work: (of: Of) => T, of: Of): Done<T> {
  if (isShared) db.exec('savepoint one');
  try {
    const value = work(of);
    if (isShared) db.exec('release one');
    return { value };
  } catch (error) {
    if (!db.inTransaction) throw error;
    db.exec(isShared ? 'rollback to one; release one' : 'rollback; begin immediate');
    return { error };
  }
}

/** An error of SQLite or the file system as one of ours. Our own pass unchanged. */
export function toStoreError(error: unknown, path: string): MooringError {
  if (error instanceof MooringError) return error;
  const code = codeOf(error);
  const said = saidBy(error);
  const cause = { cause: error };
  if (isOfDescriptors(error)) return outOfDescriptors(`The database ${path}`, error);
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code)) {
    return new StoreError(
      'STORE_DAMAGED',
      `The database ${path} is damaged: ${said}.`,
      'Nothing was changed in it. Copy the file and its -wal and -shm neighbours to a safe place, then put a backup in their place, or recover what can be read with `sqlite3`.',
      cause,
    );
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/.test(code)) {
    return new StoreError(
      'STORE_FULL',
      `The disk that holds ${path} is full, so nothing was written.`,
      'Free some space, then repeat the request.',
      cause,
    );
  }
  if (/^(SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|EACCES|EROFS|EPERM)/.test(code)) {
    return new StoreError(
      'STORE_READ_ONLY',
      `${path} can't be written: ${said}.`,
      'Let the user that runs the server write to the file and its directory, or set MOORING_DATA to a directory that it can write.',
      cause,
    );
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StoreError(
      'STORE_UNAVAILABLE',
      `Another process has held the lock of ${path} for over ${BUSY_TIMEOUT / 1000} seconds, so nothing was written.`,
      'Find the program that keeps a transaction open on the file, then repeat the request.',
      cause,
    );
  }
  if (code === 'ERR_DLOPEN_FAILED' || said.startsWith('Could not locate the bindings file')) {
    return new StoreError(
      'STORE_UNSUITABLE',
      "SQLite's compiled part, of the package better-sqlite3, is missing or was made for another Node.",
      'Let npm run its install script: allow it in the `allowScripts` of package.json, run `npm rebuild better-sqlite3` where Mooring is installed, and start Mooring again.',
      cause,
    );
  }
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The database ${path} can't be used: ${said}.`,
    'Check that the file exists and that its disk works, then repeat the request.',
    cause,
  );
}
