import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** Keeps an index file's write-ahead log short. A thread copies and syncs the pages, so the event loop never waits for the disk. */
export interface Checkpointer {
  /** Starts a checkpoint when the log has grown long. Called after each write. */
  afterWrite(): void;
  /** Resolves when little enough is left for SQLite to checkpoint as it closes the file. */
  beforeClose(): Promise<void>;
}

/** Pages of 4 KB in the write-ahead log that start a thread: while the file is open, and when it is closed. */
const PAGES = 4_000;
const PAGES_AT_CLOSE = 250;
/** With this many, SQLite checkpoints within a commit, if no thread has. */
const MAX_PAGES = 8 * PAGES;
/** The length of the log is checked after this many writes. */
const CHECK_EVERY = 16;

export function createCheckpointer(db: Database.Database, path: string): Checkpointer {
  let writes = 0;
  let thread: Worker | null = null;
  let running: Promise<void> | null = null;
  db.pragma(`wal_autocheckpoint = ${MAX_PAGES}`);

  function isLongerThan(pages: number): boolean {
    const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    return state !== undefined && state.log - state.checkpointed >= pages;
  }

  function start(): void {
    const started = new Worker(new URL('./checkpoint-thread.js', import.meta.url), { workerData: path });
    started.unref();
    // The next one does what this one couldn't.
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
      if (!thread && writes % CHECK_EVERY === 0 && isLongerThan(PAGES)) start();
    },
    async beforeClose() {
      if (!thread && isLongerThan(PAGES_AT_CLOSE)) start();
      thread?.ref();
      await running;
    },
  };
}
