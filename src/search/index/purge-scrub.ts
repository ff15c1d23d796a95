import { StoreError } from '../../domain/errors.js';
import { delay, nextTurn } from '../../util/async.js';
import type { IndexFile } from './index-file.js';
import type { RecordTable } from './record-table.js';

/** Scrubs purged and redacted texts from an index file, whose FTS5 segments and write-ahead log still have them after their rows changed. */
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

/** The interval, in ms, and the number of attempts to truncate the write-ahead log while another process reads it. */
const FLUSH_MS = 20;
const FLUSHES = 250;
/** The key of the mark: a counter, so that a mark set during a run isn't cleared by it. */
const MARK = 'purged';

export function createPurgeScrub({ file, records, isClosed }: PurgeScrubOptions): PurgeScrub {
  async function flush(): Promise<void> {
    for (let tries = 0; !isClosed() && !file.flush(); tries += 1) {
      if (tries === FLUSHES) throw stillOpen();
      await delay(FLUSH_MS);
    }
  }

  return {
    mark: () => file.setMeta(MARK, `${Number(file.getMeta(MARK)) + 1}`),
    async run() {
      const marked = file.getMeta(MARK);
      if (marked === null) return;
      while (!isClosed() && records.erase()) await nextTurn();
      await flush();
      if (isClosed()) return;
      file.write(() => {
        if (file.getMeta(MARK) === marked) file.setMeta(MARK, null);
      });
    },
  };
}

function stillOpen(): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    "Another program is reading the search index, so purged texts can't be removed from its write-ahead log.",
    'Searches no longer find them. Stop the program that has the file open: they are removed with the next change to the project.',
  );
}
