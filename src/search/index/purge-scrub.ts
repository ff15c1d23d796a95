import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../../domain/errors.js';
import type { IndexFile } from './index-file.js';
import type { RecordTable } from './record-table.js';
import { pause } from './time-slices.js';

/** Makes what was purged leave an index file, which forgets only where it has it. The file notes that there may be some. */
export interface PurgeScrub {
  /** Notes, in the transaction that removes rows, that they may be of what was purged. */
  note(): void;
  /** Erases what is noted by then, by whichever process. @throws StoreError while another program holds the log before the file */
  run(): Promise<void>;
}

export interface PurgeScrubOptions {
  readonly file: IndexFile;
  readonly records: Pick<RecordTable, 'erase'>;
  readonly isClosed: () => boolean;
}

/** How often, in ms, and how many times the write-ahead log is tried to be emptied while another process reads it. */
const FLUSH_MS = 20;
const FLUSHES = 250;
const NOTE = 'purged';

export function createPurgeScrub({ file, records, isClosed }: PurgeScrubOptions): PurgeScrub {
  async function flush(): Promise<void> {
    for (let tries = 0; !isClosed() && !file.flush(); tries += 1) {
      if (tries === FLUSHES) throw stillHeld();
      await delay(FLUSH_MS);
    }
  }

  return {
    note: () => file.setMeta(NOTE, `${Number(file.getMeta(NOTE)) + 1}`),
    async run() {
      const noted = file.getMeta(NOTE);
      if (noted === null) return;
      while (!isClosed() && records.erase()) await pause();
      await flush();
      if (isClosed()) return;
      file.write(() => {
        if (file.getMeta(NOTE) === noted) file.setMeta(NOTE, null);
      });
    },
  };
}

function stillHeld(): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    "Another program reads the search index, so what was purged can't leave its write-ahead log.",
    'Nothing finds it any more. End the program that has the file open, and it goes with the next change of the project.',
  );
}
