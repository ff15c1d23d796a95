import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** Keeps an index file's write-ahead log short. A thread copies and syncs its pages: the event loop doesn't wait for the disk. */
export interface Checkpointer {
  /** Starts a checkpoint when the log has grown long. Called after each write. */
  afterWrite(): void;
  /** Resolves when so little is left that SQLite may do the rest when the file is closed. */
  beforeClose(): Promise<void>;
}

/** Pages of 4 KB in the write-ahead log from which it is worth a thread: while the file is open, and when it is closed. */
const PAGES = 4_000;
const PAGES_AT_CLOSE = 250;
/** SQLite does it by itself, in a commit, if no thread came to it. */
const PAGES_AT_MOST = 8 * PAGES;
/** How many writes are made between two looks. */
const LOOK_EVERY = 16;

export function createCheckpointer(db: Database.Database, path: string): Checkpointer {
  let writes = 0;
  let thread: Worker | null = null;
  let running: Promise<void> | null = null;
  db.pragma(`wal_autocheckpoint = ${PAGES_AT_MOST}`);

  function isLongerThan(pages: number): boolean {
    const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return state !== undefined && state.log - state.checkpointed >= pages;
  }

  function start(): void {
    const started = new Worker(new URL('./checkpoint-thread.js', import.meta.url), { workerData: path });
    started.unref();
    // What it couldn't do is done by the next one.
    started.on('error', () => {});
    thread = started;
    running = new Promise((resolve) => {
      started.on('exit', () => {
        thread = null;
        running = null;
        resolve();
      });
    });
  }

  return {
    afterWrite() {
      writes += 1;
      if (!thread && writes % LOOK_EVERY === 0 && isLongerThan(PAGES)) start();
    },
    async beforeClose() {
      if (!thread && isLongerThan(PAGES_AT_CLOSE)) start();
      thread?.ref();
      await running;
    },
  };
}
