import { renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { RouteChangedError } from '../../domain/errors.js';
import { makePrivateFile } from '../../files/private-files.js';
import { delay } from '../../util/async.js';
import { codeOf } from '../../util/errors.js';
import { type Connection, connect, toStoreError } from './connection.js';

export interface MoveAsideOptions {
  /** The database file; its whole folder is moved. */
  readonly path: string;
  /** The folder's new path, on the same file system. */
  readonly to: string;
  /** Only the store under this epoch, −∞: only what never was a whole one; null: whatever lies there. */
  readonly epoch: number | null;
}

/** How long another process's write is waited for, in milliseconds, and how often it is looked. */
const TIMEOUT = 5_000;
const INTERVAL = 3;
/**
 * The epoch of a store that was moved aside. Nobody is routed by it, so who still has it open writes nothing any more.
 * Farther than any migration's.
 */
const GONE = Number.MIN_SAFE_INTEGER;

/**
 * Moves a store's folder aside while holding the lock that all who write it need: what was looked at is what is moved,
 * however long this process was stopped in between. Database, WAL and shared memory stay together.
 * @throws RouteChangedError when it is under another epoch; @throws StoreError when that can't be known
 */
export async function moveAside(options: MoveAsideOptions): Promise<void> {
  const { path, to, epoch } = options;
  const deadline = performance.now() + TIMEOUT;
  for (;;) {
    try {
      if (tryToMove(options)) return;
    } catch (error) {
      const isBusy = /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
      // What can't be read any more, or written on a full disk, is removed all the same when it is asked for as it is.
      if (!isBusy && epoch === null && codeOf(error).startsWith('SQLITE_')) return renameSync(dirname(path), to);
      if (!isBusy || performance.now() > deadline) throw toStoreError(error, path);
    }
    await delay(INTERVAL * (0.5 + Math.random()));
  }
}

/** @returns whether it was done; false when another file is at the path by now @throws what SQLite throws */
function tryToMove({ path, to, epoch }: MoveAsideOptions): boolean {
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

/** It is out of everybody's way already: a full disk, too, is freed by what follows. */
function commit(db: Connection): void {
  try {
    db.exec('commit');
  } catch {
    // Who still has it open may write into what is being removed.
  }
}

/** −∞ for a file whose making was broken off. */
function epochIn(db: Connection): number {
  if (db.pragma('user_version', { simple: true }) === 0) return Number.NEGATIVE_INFINITY;
  return db.prepare('select epoch from head').pluck().get() as number;
}

/** Which file is at a path. Numbers of inodes are used again; with the time of its making, it is that file. */
function identityOf(path: string): string | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.birthtimeNs}` : null;
}

/** What lies in the folder has no database any more; an empty one is what is locked. */
function makeEmpty(path: string): string | null {
  makePrivateFile(path);
  return identityOf(path);
}
