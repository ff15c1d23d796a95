import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** Keeps an index file's write-ahead log short. Copying and syncing its pages is done in a thread: the event loop doesn't wait for the disk. */
export interface Checkpointer {
  /** Starts a checkpoint when the log has grown long. Called after each write. */
  afterWrite(): void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/** Pages of 4 KB in the write-ahead log from which it is worth a thread: 16 MB. */
const PAGES = 4_000;
/** SQLite does it by itself, in a commit, if no thread came to it. */
const PAGES_AT_MOST = 8 * PAGES;
/** How many writes are made between two looks. */
const LOOK_EVERY = 16;

export function createCheckpointer(db: Database.Database, path: string): Checkpointer {
  let writes = 0;
  let running: Promise<void> | null = null;
  db.pragma(`wal_autocheckpoint = ${PAGES_AT_MOST}`);

  function run(): Promise<void> {
    return new Promise((resolve) => {
      const thread = new Worker(new URL('./checkpoint-thread.js', import.meta.url), { workerData: path });
      thread.unref();
      // What it couldn't do is done by the next one.
      thread.on('error', () => {});
      thread.on('exit', () => {
        running = null;
        resolve();
      });
    });
  }

  return {
    afterWrite() {
      writes += 1;
      if (running || writes % LOOK_EVERY !== 0) return;
      const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
      if (state && state.log - state.checkpointed >= PAGES) running = run();
    },
    idle: async () => {
      await running;
    },
  };
}
