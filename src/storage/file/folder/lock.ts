import { closeSync, mkdirSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreError } from '../../../domain/errors.js';
import { folderModeIn } from '../../../files/private-files.js';
import { delay } from '../../../util/async.js';
import { codeOf } from '../../../util/errors.js';
import { findPlainFile, findPlainFolder, NEW, openPlain, readPlain, UPDATE } from '../disk/plain-file.js';

/** How long a process waits for another to finish, in milliseconds. */
const TIMEOUT = 5_000;
/** How often it tries, in milliseconds. */
const TURN_INTERVAL = 3;
const LOCK_INTERVAL = 1;
const HOLDER_BYTES = 160;

/**
 * One writer at a time, across processes. The lock is the operating system's own, on an empty file (SQLite acquires it,
 * the same way on every system), so a dead process's lock is free at once: there are no stale locks, whatever ids
 * processes, containers and hosts have. A waiter holds the turn, which a process that wants the lock again must acquire
 * first: of two that write all the time, each gets in after the other.
 */
export interface Lock {
  /** @returns how to release it @throws StoreError after 5 s, naming the holder */
  acquire(): Promise<() => void>;
  close(): void;
}

/** The files of a lock. */
export const lockFilesOf = (folder: string) => ({
  turn: join(folder, 'turn'),
  lock: join(folder, 'lock'),
  holder: join(folder, 'holder'),
});

/** A lock in a folder of the project's folder. It throws a StoreError where something other than a plain file is. */
export function createLock(folder: string): Lock {
  const home = dirname(folder);
  const { turn: turnPath, lock: lockPath, holder: holderPath } = lockFilesOf(folder);
  let files: { readonly turn: LockFile; readonly lock: LockFile; readonly holder: number } | null = null;

  function open() {
    if (files?.lock.isCurrent()) return files;
    close();
    if (!findPlainFolder(home, folder)) makeIn(folder);
    const opened: LockFile[] = [];
    try {
      const turn = createLockFile(home, turnPath);
      opened.push(turn);
      const lock = createLockFile(home, lockPath);
      opened.push(lock);
      files = { turn, lock, holder: openPlain(home, holderPath, UPDATE) };
      return files;
    } catch (error) {
      for (const file of opened) file.close();
      throw error;
    }
  }

  async function acquire(): Promise<() => void> {
    const deadline = performance.now() + TIMEOUT;
    for (;;) {
      const { turn, lock, holder } = open();
      await until(() => turn.take(), TURN_INTERVAL, deadline);
      try {
        await until(() => lock.take(), LOCK_INTERVAL, deadline);
      } finally {
        turn.release();
      }
      // A lock on a removed file keeps nobody out.
      if (lock.isCurrent()) {
        writeHolder(holder);
        return () => lock.release();
      }
      lock.release();
    }
  }

  async function until(take: () => boolean, interval: number, deadline: number): Promise<void> {
    while (!take()) {
      if (performance.now() > deadline) throw lockedOut(folder, readPlain(home, holderPath, HOLDER_BYTES * 2));
      await delay(interval * (0.5 + Math.random()));
    }
  }

  function close(): void {
    if (!files) return;
    files.turn.close();
    files.lock.close();
    closeSync(files.holder);
    files = null;
  }

  return { acquire, close };
}

/**
 * Inside the project's folder, which isn't made again when it is missing: a process that has it open would be alone in
 * it.
 */
function makeIn(folder: string): void {
  try {
    mkdirSync(folder, folderModeIn(dirname(folder)));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

interface LockFile {
  take(): boolean;
  release(): void;
  /** Whether its file is still the one at its path. */
  isCurrent(): boolean;
  close(): void;
}

/**
 * Nothing is ever written to its file: SQLite must find nothing there that it could take for its own. @throws
 * StoreError
 */
function createLockFile(home: string, path: string): LockFile {
  makeEmpty(home, path);
  const { ino } = statSync(path);
  const db = new Database(path, { timeout: 0 });
  const begin = db.prepare('begin exclusive');
  const end = db.prepare('rollback');
  let isQuick = false;

  /**
   * Nothing is ever written, so there is no journal to look for. It can't be set while another process has the lock.
   */
  function quicken(): void {
    try {
      db.pragma('journal_mode = MEMORY');
      isQuick = true;
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }

  return {
    take() {
      try {
        begin.run();
        return true;
      } catch (error) {
        if (isBusy(error)) return false;
        throw error;
      }
    },
    release() {
      end.run();
      if (!isQuick) quicken();
    },
    isCurrent: () => findPlainFile(home, path)?.ino === ino,
    close: () => db.close(),
  };
}

const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

/** An existing one isn't even opened: closing it would release a lock that this process has on it. */
function makeEmpty(home: string, path: string): void {
  try {
    if (!findPlainFile(home, path)) closeSync(openPlain(home, path, NEW));
  } catch (error) {
    // Another process made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (findPlainFile(home, path)?.size !== 0) throw notEmpty(path);
}

function writeHolder(file: number): void {
  const text = JSON.stringify({ pid: process.pid, host: hostname().slice(0, 64), at: new Date().toISOString() });
  try {
    writeSync(file, text.padEnd(HOLDER_BYTES), 0);
  } catch {
    // It is only shown to those that wait too long: on a full disk the lock is held all the same.
  }
}

function notEmpty(path: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} isn't empty, as a file that is only there to be locked is: somebody else's file is in its place.`,
    'Move it out of the folder; then repeat the request.',
  );
}

function lockedOut(folder: string, holder: Buffer | null): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `${describe(holder)} has held the lock ${folder} for over ${TIMEOUT / 1000} seconds, so nothing was written.`,
    'Check what that process does; when it ends, its lock is free at once. Then repeat the request.',
  );
}

function describe(holder: Buffer | null): string {
  try {
    const { pid, host, at } = JSON.parse(String(holder ?? '')) as { [field: string]: unknown };
    return `The process ${String(pid)} on ${String(host)} (since ${String(at)})`;
  } catch {
    return 'Another process';
  }
}
