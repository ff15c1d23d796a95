import { renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { RouteChangedError } from '../../domain/errors.js';
import { makePrivateFile } from '../../files/private-files.js';
import { delay } from '../../util/async.js';
import { codeOf } from '../../util/errors.js';
import { connect, type SqliteConnection, toStoreError } from './connection.js';

export interface MoveDatabaseOptions {
  /** The database file; its whole folder is moved. */
  readonly path: string;
  /** The folder's new path, on the same file system. */
  readonly to: string;
  /** Only the store under this epoch; −∞: only one that was never completed; null: any. */
  readonly epoch: number | null;
}

/** How long to wait for another process's write, and how often to retry. In milliseconds. */
const TIMEOUT = 5_000;
const INTERVAL = 3;
/**
 * The epoch of a store that was moved aside. Nothing is routed by it, so a process that still has it open writes no
 * more. Beyond any migration's.
 */
const GONE = Number.MIN_SAFE_INTEGER;

/**
 * Moves a store's folder aside while holding the lock that all its writers need: the store that was checked is the one
 * that is moved, however long this process was suspended in between. Database, WAL and shared memory stay together.
 * @throws RouteChangedError when it is under another epoch; @throws StoreError when that can't be known
 */
export async function moveDatabaseAside(options: MoveDatabaseOptions): Promise<void> {
  const { path, to, epoch } = options;
  const deadline = performance.now() + TIMEOUT;
  for (;;) {
    try {
      if (tryToMove(options)) return;
    } catch (error) {
      const isBusy = /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
      // One that can no longer be read, or written on a full disk, is removed all the same when any store may be.
      if (!isBusy && epoch === null && codeOf(error).startsWith('SQLITE_')) return renameSync(dirname(path), to);
      if (!isBusy || performance.now() > deadline) throw toStoreError(error, path);
    }
    await delay(INTERVAL * (0.5 + Math.random()));
  }
}

/** @returns whether it was done; false when another file is at the path by now @throws what SQLite throws */
function tryToMove({ path, to, epoch }: MoveDatabaseOptions): boolean {
  const seen = identityOf(path) ?? makeEmpty(path);
  const db = connect({ path, readonly: false, create: false });
  try {
    db.pragma('busy_timeout = 0');
    db.exec('begin immediate');
    if (identityOf(path) !== seen) return false;
    const found = epochIn(db);
    if (epoch !== null && found !== epoch) throw new RouteChangedError(found, epoch);
    if (found !== Number.NEGATIVE_INFINITY) db.exec(`update head set epoch = ${GONE}`);
    renameSync(dirname(path), to);
    commit(db);
    return true;
  } finally {
    if (db.inTransaction) db.exec('rollback');
    db.close();
  }
}

/** The folder is already moved: what follows frees a full disk, too. */
function commit(db: SqliteConnection): void {
  try {
    db.exec('commit');
  } catch {
    // A process that still has it open may write into what is being removed.
  }
}

/** −∞ for a file that was never completed. */
function epochIn(db: SqliteConnection): number {
  if (db.pragma('user_version', { simple: true }) === 0) return Number.NEGATIVE_INFINITY;
  return db.prepare('select epoch from head').pluck().get() as number;
}

/** Which file is at a path. Inode numbers are reused; with the time it was made, the number names one file. */
function identityOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.birthtimeNs}` : null;
}

/** The folder has no database any more; an empty one is made to be locked. */
function makeEmpty(path: string): string | null {
  makePrivateFile(path);
  return identityOf(path);
}
