import { statSync } from 'node:fs';
import { StoreError } from '../../domain/errors.js';
import { connect, createStatements, type SqliteConnection, type Statement, toStoreError } from './connection.js';

/** The inode of the file at a path; null when there is none. No other file gets it while this one is open. */
export function inodeAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

/** The database's file doesn't exist. */
export function noSuchFile(path: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The database ${path} doesn't exist.`,
    'Put the file back where it was (from a backup if it is lost), or set MOORING_DATA to the directory that has it.',
  );
}

/**
 * The connection that a store reads from. A backup that replaces the file, such as by renaming the data directory, is
 * another file: SQLite would continue in the one that was opened, and no other process would see it.
 */
export interface OpenFile {
  statement(sql: string): Statement;
  /** Whether it is the file at the path. Reads of one callback share one check. */
  isCurrent(): boolean;
  /** A write was done, perhaps into another file: the next `isCurrent` checks again. */
  checkAgain(): void;
  /** Opens the file at the path, if it is another one. @throws StoreError when there is none, or it can't be opened */
  renew(): Promise<void>;
  close(): void;
}

export interface OpenFileOptions {
  readonly path: string;
  /** Opens the file for writing, before it is read. */
  readonly prepare: () => Promise<void>;
  readonly onStatement: ((sql: string) => void) | undefined;
}

/** @throws StoreError */
export async function createOpenFile({ path, prepare, onStatement }: OpenFileOptions): Promise<OpenFile> {
  let isClosed = false;
  let renewing: Promise<void> | null = null;

  async function open(): Promise<{ db: SqliteConnection; statement: (sql: string) => Statement; ino: number | null }> {
    await prepare();
    try {
      // Read first: if another file replaces it meanwhile, that is noticed later.
      const ino = inodeAt(path);
      const db = connect({ path, readonly: true, create: false, onStatement });
      return { db, statement: createStatements(db), ino };
    } catch (error) {
      throw toStoreError(error, path);
    }
  }

  let current = await open();
  const isCurrent = createTickMemo(() => inodeAt(path) === current.ino);

  async function replace(): Promise<void> {
    if (inodeAt(path) === null) throw noSuchFile(path);
    const next = await open();
    const old = isClosed ? next : current;
    if (!isClosed) current = next;
    isCurrent.clear();
    old.db.close();
  }

  return {
    statement: (sql) => current.statement(sql),
    isCurrent: isCurrent.value,
    checkAgain: isCurrent.clear,
    renew() {
      renewing ??= replace().finally(() => {
        renewing = null;
      });
      return renewing;
    },
    close() {
      isClosed = true;
      current.db.close();
    },
  };
}

/** A value computed once for everybody who asks during one callback of the event loop, promises it settles included. */
export interface TickMemo<T> {
  /** The value, computed by the first call. What that throws isn't kept. */
  value(): T;
  /** Forgets the value: something was done that may change it. */
  clear(): void;
}

/**
 * A turn of the event loop would be too long: between two of its callbacks another process may have answered a client,
 * which may already ask here.
 */
export function createTickMemo<T>(compute: () => T): TickMemo<T> {
  let known: { readonly value: T } | null = null;
  const clear = () => {
    known = null;
  };
  // Node empties the queue of promises before it runs this.
  const clearAfterPromises = () => process.nextTick(clear);
  return {
    value() {
      if (!known) {
        known = { value: compute() };
        queueMicrotask(clearAfterPromises);
      }
      return known.value;
    },
    clear,
  };
}
