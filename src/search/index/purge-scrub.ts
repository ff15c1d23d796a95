import { StoreError } from '../../domain/errors.js';
import { delay, nextTurn } from '../../util/async.js';
import { codeOf } from '../../util/errors.js';
import { createMutex } from '../../util/mutex.js';
import type { IndexFile } from './index-file.js';
import type { RecordTable } from './record-table.js';

/**
 * Scrubs purged and redacted texts from an index file, whose FTS5 segments, pages and write-ahead log may still have them after
 * their rows changed.
 */
export interface PurgeScrub {
  /** Marks the file as to be scrubbed, in the transaction that deletes rows which may have been purged. */
  mark(): void;
  /** Scrubs the file if it is marked, by any process. @throws StoreError while another program keeps the write-ahead log open */
  run(): Promise<void>;
}

export interface PurgeScrubOptions {
  readonly file: IndexFile;
  readonly records: Pick<RecordTable, 'erase'>;
  readonly isClosed: () => boolean;
}

/** The interval, in ms, and the number of attempts while another process uses the file. */
const RETRY_MS = 20;
const TRIES = 250;
/** The key of the mark: a counter, so that a mark set during a run isn't cleared by it. */
const MARK = 'purged';

export function createPurgeScrub({ file, records, isClosed }: PurgeScrubOptions): PurgeScrub {
  const exclusive = createMutex();

  /** Does it as soon as no other process prevents that. */
  async function persist(isDone: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; !isClosed() && !(await isDone()); tries += 1) {
      if (tries === TRIES) throw stillOpen();
      await delay(RETRY_MS);
    }
  }

  async function isRewritten(): Promise<boolean> {
    try {
      await file.rewrite();
      return true;
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY')) throw error;
      return false;
    }
  }

  async function scrub(): Promise<void> {
    const marked = isClosed() ? null : file.getMeta(MARK);
    if (marked === null) return;
    while (!isClosed() && records.erase()) await nextTurn();
    await persist(isRewritten);
    await persist(file.flush);
    if (isClosed()) return;
    file.write(() => {
      if (file.getMeta(MARK) === marked) file.setMeta(MARK, null);
    });
  }

  return {
    mark: () => file.setMeta(MARK, `${Number(file.getMeta(MARK)) + 1}`),
    // A caller that waits for another's run finds the mark cleared, unless more was purged meanwhile.
    run: () => exclusive(scrub),
  };
}

function stillOpen(): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    "Another program is using the search index, so purged texts can't be removed from its file.",
    'Searches no longer find them. Stop the program that has the file open: they are removed with the next change to the project.',
  );
}
