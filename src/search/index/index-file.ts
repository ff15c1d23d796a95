import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../../domain/errors.js';
import type { LogPosition } from '../../domain/log-position.js';
import { isOfDescriptors, outOfDescriptors } from '../../files/descriptors.js';
import { makePrivateFile, makePrivateFolder } from '../../files/private-files.js';
import type { SearchLogger } from '../contract.js';
import { createCheckpointer } from './checkpoint.js';
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './index-schema.js';
import { createVacuum } from './vacuum.js';

/**
 * The file of one project's search index: SQLite in WAL mode, shared by every process that searches the project. All of it
 * can be rebuilt from the store, so writes aren't fsynced, and a damaged file is set aside and replaced.
 */
export interface IndexFile {
  readonly db: Database.Database;
  /** A prepared statement, cached. */
  statement(sql: string): Database.Statement;
  /** Runs reads in one snapshot. */
  read<T>(work: () => T): T;
  /** Runs work in a write transaction: all or nothing, and exclusive among all processes. */
  write<T>(work: () => T): T;
  /** Differs after each change of the file by any process. Constant within `read`. */
  version(): string;
  getMeta(key: string): string | null;
  setMeta(key: string, value: string | null): void;
  readonly applied: AppliedPosition;
  /** Whether this is still the file at its path: another process may have set it aside, or a person removed it. */
  isCurrent(): boolean;
  /** Rewrites the file, so that it has nothing but its rows. Rejects when another process is writing. One at a time. */
  rewrite(): Promise<void>;
  isBeingRewritten(): boolean;
  /** Resolves when it isn't being rewritten: a write would block the thread until then, or fail. Awaited right before writes. */
  writable(): Promise<void>;
  /** Truncates the write-ahead log, so that deleted content leaves it too. False while another process reads. */
  flush(): boolean;
  close(): Promise<void>;
}

/** The position in the store's log up to which the rows of the file are. Set in the transaction that writes the rows. */
export interface AppliedPosition {
  /** As text, different for each position; null before the first backfill has begun. */
  text(): string | null;
  /** After a backfill has begun. A file of an earlier version has an empty mark, which no log contains. */
  position(): LogPosition;
  set(position: LogPosition): void;
}

/** How long a write waits for another process's, in ms; each takes a few ms. */
const BUSY_TIMEOUT_MS = 2_000;

/** Opens the index file. Creates it if missing, and sets it aside when it is damaged or of another version. */
export function openIndexFile(path: string, logger: SearchLogger): IndexFile {
  makePrivateFolder(dirname(path));
  try {
    return open(path);
  } catch (error) {
    if (!isDamage(error)) throw error;
    setAside(path, logger, error);
    return open(path);
  }
}

/** Renames a damaged file and its journal files. Nothing is deleted: a person may want to inspect it. */
export function setAside(path: string, logger: SearchLogger, cause: unknown): void {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  logger.warn({ err: cause, path: aside }, 'The search index was damaged. It was set aside and is being rebuilt.');
}

/** The file is a sound SQLite file but not this index: it is of another version, or another program's. */
class ForeignIndexError extends Error {}

/** The file was closed during the work on it. */
export class ClosedIndexError extends Error {}

/** Whether an error means that the file's content is wrong, not the request or the disk. */
export function isDamage(error: unknown): boolean {
  if (error instanceof ForeignIndexError) return true;
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** Whether an error comes from the index file, closed or open. */
export function isFileError(error: unknown): boolean {
  if (error instanceof TypeError) return error.message === 'The database connection is not open';
  return [Database.SqliteError, ForeignIndexError, ClosedIndexError].some((kind) => error instanceof kind);
}

/** An error of the index file in the caller's terms. */
export function asStoreError(error: unknown): unknown {
  if (isOfDescriptors(error)) return outOfDescriptors('The search index', error);
  if (!(error instanceof Database.SqliteError)) return error;
  const cause = { cause: error };
  const hint = 'The records themselves are safe: the index follows as soon as it can be written.';
  if (error.code.startsWith('SQLITE_FULL')) {
    return new StoreError(
      'STORE_FULL',
      'The disk that holds the search index is full.',
      `Free some space. ${hint}`,
      cause,
    );
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(error.code)) {
    return new StoreError(
      'STORE_READ_ONLY',
      "The search index can't be written.",
      `Check the permissions. ${hint}`,
      cause,
    );
  }
  return new StoreError('STORE_UNAVAILABLE', "The search index can't be used now.", `Try again. ${hint}`, cause);
}

function open(path: string): IndexFile {
  makePrivateFile(path);
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('secure_delete = ON');
    db.pragma('foreign_keys = ON');
    db.transaction(() => prepareSchema(db)).immediate();
  } catch (error) {
    db.close();
    throw error;
  }
  return wrap(db, path, statSync(path).ino);
}

function prepareSchema(db: Database.Database): void {
  for (;;) {
    const upgrade = UPGRADES[Number(db.pragma('user_version', { simple: true }))];
    if (upgrade === undefined) break;
    db.exec(upgrade);
  }
  const version = db.pragma('user_version', { simple: true });
  if (version === SCHEMA_VERSION) return;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (version !== 0 || tables !== 0) throw new ForeignIndexError(`The search index is of version ${version}.`);
  db.exec(SCHEMA);
}

function wrap(db: Database.Database, path: string, inode: number): IndexFile {
  const checkpointer = createCheckpointer(db, path);
  const vacuum = createVacuum(db, path);
  const statements = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const prepared = db.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  };
  const getMeta = (key: string): string | null => {
    const row = statement('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
    return row?.value ?? null;
  };
  const setMeta = (key: string, value: string | null): void => {
    if (value === null) statement('DELETE FROM meta WHERE key = ?').run(key);
    else statement('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value);
  };
  // Created once: that costs more than most of the work done in it.
  const inTransaction = db.transaction((work: () => unknown) => work());
  return {
    db,
    statement,
    read: <T>(work: () => T) => inTransaction.deferred(work) as T,
    write: <T>(work: () => T) => {
      const result = inTransaction.immediate(work) as T;
      checkpointer.afterWrite();
      return result;
    },
    version: () => {
      const others = statement('PRAGMA data_version').pluck().get() as number;
      const own = statement('SELECT total_changes()').pluck().get() as number;
      return `${others} ${own}`;
    },
    getMeta,
    setMeta,
    applied: {
      text: () => getMeta('applied'),
      position() {
        const [seq, mark = ''] = (getMeta('applied') ?? '0').split(' ');
        return { seq: Number(seq), mark };
      },
      set: ({ seq, mark }) => setMeta('applied', `${seq} ${mark}`),
    },
    isCurrent: () => statSync(path, { throwIfNoEntry: false })?.ino === inode,
    rewrite: vacuum.run,
    isBeingRewritten: vacuum.isRunning,
    writable: vacuum.settled,
    flush: () => {
      db.pragma('busy_timeout = 0');
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      return result?.busy === 0;
    },
    async close() {
      await vacuum.settled();
      // A damaged file has nothing to save.
      await checkpointer.beforeClose().catch(() => {});
      db.close();
    },
  };
}
