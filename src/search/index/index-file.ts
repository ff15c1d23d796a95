import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../../domain/errors.js';
import { isOfDescriptors, outOfDescriptors } from '../../files/descriptors.js';
import { makePrivateFile, makePrivateFolder } from '../../files/private-files.js';
import type { SearchLogger } from '../logger.js';
import { createCheckpointer } from './checkpoint.js';
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './index-schema.js';

/**
 * The file of one project's search index: WAL, shared by every process that searches the project. Everything in it can be
 * made again from the store, so it isn't fsynced with each write, and a damaged one is set aside and replaced.
 */
export interface IndexFile {
  readonly db: Database.Database;
  /** A statement, prepared once. */
  statement(sql: string): Database.Statement;
  /** Reads that see one moment. */
  read<T>(work: () => T): T;
  /** One write transaction: all of the work or none, alone among all processes. */
  write<T>(work: () => T): T;
  /** Another text after each change of the file, by whichever process. Within `read` it stays the same. */
  version(): string;
  getMeta(key: string): string | null;
  setMeta(key: string, value: string | null): void;
  /** Whether this is still the file at its path: another process may have set it aside, a person may have removed it. */
  isCurrent(): boolean;
  /** Makes what was deleted leave the write-ahead log too. False while another process reads. */
  flush(): boolean;
  close(): Promise<void>;
}

/** How long a write waits for another process's, in ms; those take a few ms each. */
const BUSY_TIMEOUT_MS = 2_000;

/** Opens the index file, makes it when there is none, and sets it aside when it is damaged or of another version. */
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

/** Renames a damaged file, with what belongs to it. Nothing is deleted: a person may want to look at it. */
export function setAside(path: string, logger: SearchLogger, cause: unknown): void {
  const aside = `${path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  logger.warn({ err: cause, path: aside }, 'The search index was damaged. It was set aside and is being rebuilt.');
}

/** The file is sound but isn't this index: it is of another version, or another program's. */
export class ForeignIndexError extends Error {}

/** The file was closed while it was worked on. */
export class ClosedIndexError extends Error {}

/** Whether an error says that the file's content is wrong, rather than the request or the disk. */
export function isDamage(error: unknown): boolean {
  if (error instanceof ForeignIndexError) return true;
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

/** Whether an error is the index file's, or of one that is closed by now. */
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
    return new StoreError('STORE_FULL', 'The disk that holds the search index is full.', `Make room. ${hint}`, cause);
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
  const statements = new Map<string, Database.Statement>();
  const statement = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const prepared = db.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  };
  // Made once: it costs more than most of what is done in it.
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
    getMeta: (key) => {
      const row = statement('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
      return row?.value ?? null;
    },
    setMeta: (key, value) => {
      if (value === null) statement('DELETE FROM meta WHERE key = ?').run(key);
      else statement('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)').run(key, value);
    },
    isCurrent: () => statSync(path, { throwIfNoEntry: false })?.ino === inode,
    flush: () => {
      db.pragma('busy_timeout = 0');
      const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      return result?.busy === 0;
    },
    async close() {
      // Of a damaged file there is nothing to save.
      await checkpointer.beforeClose().catch(() => {});
      db.close();
    },
  };
}
