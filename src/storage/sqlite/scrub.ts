import type { SqliteConnection, Statement } from './connection.js';

/**
 * Removes erased texts from a file. SQLite overwrites what is deleted, but not the copies that stay in the gap of a page when it
 * moves rows to another: only a file that is rewritten has none of them. So what erases counts it within its transaction, and
 * the file is rewritten afterwards; after a kill in between, when it is opened next.
 */
export interface Scrub {
  /** If something was erased since the file was rewritten last, rewrites it, and empties the write-ahead log. */
  now(): void;
  /**
   * The same, but a file for which it takes long is rewritten less often: in a hundredth of the time. What is put off is done
   * later, or when it is closed.
   */
  soon(): void;
  /** The same, but others that wait now, for a cut-over, go first. */
  later(): void;
  /** Does what was put off. */
  close(): void;
}

/** How long a file rests after it was rewritten, as a multiple of how long that took. */
const REST = 99;
/** How long others go first, in milliseconds. */
const LATER_MS = 1_000;
/** Until it is tried again while a transaction is open, in milliseconds. */
const BUSY_MS = 100;

/** Counts an erasure, in its transaction. */
export function markErased(statement: (sql: string) => Statement): void {
  statement('update head set erased = erased + 1').run();
}

export function createScrub(db: SqliteConnection): Scrub {
  let timer: NodeJS.Timeout | null = null;
  let restsUntil = 0;

  function after(ms: number): void {
    timer ??= setTimeout(now, ms).unref();
  }

  function now(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (db.inTransaction) {
      after(BUSY_MS);
      return;
    }
    const start = performance.now();
    rewriteIfErased(db);
    const end = performance.now();
    restsUntil = end + REST * (end - start);
  }

  return {
    now,
    soon() {
      const rest = restsUntil - performance.now();
      if (rest <= 0) {
        now();
        return;
      }
      truncateWal(db);
      after(rest);
    },
    later: () => after(LATER_MS),
    close() {
      if (timer) now();
    },
  };
}

function rewriteIfErased(db: SqliteConnection): void {
  try {
    const { erased, scrubbed } = db.prepare('select erased, scrubbed from head').get() as Head;
    if (erased <= scrubbed) return;
    db.exec('vacuum');
    // Another process may have erased more since.
    db.prepare('update head set scrubbed = max(scrubbed, ?)').run(erased);
  } catch {
    // What was erased is gone from the tables, and the commit is done. The next erasure or opening repeats this.
  }
  truncateWal(db);
}

/** What was erased must not stay readable in the write-ahead log; a busy reader only postpones that to the next checkpoint. */
export function truncateWal(db: SqliteConnection): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // The next one repeats it.
  }
}

interface Head {
  readonly erased: number;
  readonly scrubbed: number;
}
