import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/**
 * Rewrites an index file, so that it has nothing but its rows: what was deleted may else stay in the gap of a page from which
 * SQLite moved it before. A large file is rewritten in a thread.
 */
export interface Vacuum {
  /** Resolves when it is rewritten. Rejects when another process is writing, and nothing was changed. One at a time. */
  run(): Promise<void>;
  isRunning(): boolean;
  /** Resolves when none is running. */
  settled(): Promise<void>;
}

/** Bytes that are rewritten at once, which takes up to 10 ms. */
const AT_ONCE = 2 ** 20;

export function createVacuum(db: Database.Database, path: string): Vacuum {
  let running: Promise<void> | null = null;

  function inThread(): Promise<void> {
    return new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./vacuum-thread.js', import.meta.url), { workerData: path });
      thread.on('error', reject);
      thread.on('exit', () => resolve());
    });
  }

  const size = () =>
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

  return {
    async run() {
      if (size() <= AT_ONCE) return void db.exec('vacuum');
      running = inThread().finally(() => {
        running = null;
      });
      await running;
    },
    isRunning: () => running !== null,
    async settled() {
      while (running) await running.catch(() => {});
    },
  };
}
