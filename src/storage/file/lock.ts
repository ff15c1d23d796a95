import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { StoreError } from '../../domain/errors.js';
import { codeOf } from './errors.js';

/** How long a process waits for another to finish, in milliseconds. */
const TIMEOUT = 5_000;
/** How often it tries, in milliseconds. */
const TURN_INTERVAL = 3;
const LOCK_INTERVAL = 1;
const HOLDER_BYTES = 160;

/**
 * One writer at a time, across processes. The lock is the operating system's own, on an empty file (SQLite asks for it,
 * the same way on every system), so that of a process that died is free at once: there are no stale locks, whatever ids
 * processes, containers and hosts have. Who waits holds the turn, which whoever wants the lock again must take first: of
 * two that write all the time, each is let in after the other.
 */
export interface Lock {
  /** @returns how to release it @throws StoreError after 5 s, naming who holds it */
  acquire(): Promise<() => void>;
  close(): void;
}

export function createLock(folder: string): Lock {
  let files: { readonly turn: Part; readonly lock: Part; readonly holder: number } | null = null;

  function open() {
    if (files?.lock.isThere()) return files;
    close();
    makeIn(folder);
    const holder = openSync(holderPath(folder), 'a+');
    closeSync(holder);
    files = {
      turn: createPart(join(folder, 'turn')),
      lock: createPart(join(folder, 'lock')),
      holder: openSync(holderPath(folder), 'r+'),
    };
    return files;
  }

  async function acquire(): Promise<() => void> {
    const deadline = performance.now() + TIMEOUT;
    for (;;) {
      const { turn, lock, holder } = open();
      await until(() => turn.take(), TURN_INTERVAL, deadline, folder);
      try {
        await until(() => lock.take(), LOCK_INTERVAL, deadline, folder);
      } finally {
        turn.release();
      }
      // A lock on a file that was removed keeps nobody out.
      if (lock.isThere()) {
        writeHolder(holder);
        return () => lock.release();
      }
      lock.release();
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

/** In the project's folder, which isn't made again when it is gone: whoever has it open would be alone in it. */
function makeIn(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

async function until(take: () => boolean, interval: number, deadline: number, folder: string): Promise<void> {
  while (!take()) {
    if (performance.now() > deadline) throw lockedOut(folder);
    await delay(interval * (0.5 + Math.random()));
  }
}

interface Part {
  take(): boolean;
  release(): void;
  /** Whether its file is still the one at its path. */
  isThere(): boolean;
  close(): void;
}

function createPart(path: string): Part {
  const db = new Database(path, { timeout: 0 });
  const begin = db.prepare('begin exclusive');
  const end = db.prepare('rollback');
  const { ino } = statSync(path);
  let isQuick = false;

  /** Nothing is ever written, so there is no journal to look for. It can't be said while another process has the lock. */
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
    isThere: () => statSync(path, { throwIfNoEntry: false })?.ino === ino,
    close: () => db.close(),
  };
}

const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));

const holderPath = (folder: string) => join(folder, 'holder');

function writeHolder(file: number): void {
  const text = JSON.stringify({ pid: process.pid, host: hostname().slice(0, 64), at: new Date().toISOString() });
  writeSync(file, text.padEnd(HOLDER_BYTES), 0);
}

function lockedOut(folder: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `${findHolder(folder)} has held the lock ${folder} for over ${TIMEOUT / 1000} seconds, so nothing was written.`,
    'Look at what that process does; when it ends, its lock is free at once. Then repeat the request.',
  );
}

function findHolder(folder: string): string {
  try {
    const { pid, host, at } = JSON.parse(readFileSync(holderPath(folder), 'utf8')) as { [field: string]: unknown };
    return `The process ${String(pid)} on ${String(host)} (since ${String(at)})`;
  } catch {
    return 'Another process';
  }
}
