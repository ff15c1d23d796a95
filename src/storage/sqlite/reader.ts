import type { AnySpec } from '../shared/collection-spec.js';
import { createThread } from '../shared/thread.js';
import { PAGE_BYTES } from '../store.js';
import type { Rows } from './connection.js';
import type { SqliteInspection } from './inspect.js';
import type { Sql } from './query.js';
import type { ReaderRequest } from './reader-thread.js';

/** The main thread's side of the reader thread. One serves every store of the process. */
export interface Reader {
  /**
   * The first column of a query's rows: as many as fit into `most` characters; left out, `PAGE_BYTES`. @throws
   * StoreError
   */
  read(path: string, sql: Sql, most?: number): Promise<Rows>;
  /** What a store's file holds. @throws StoreError when it can't be read */
  inspect(path: string, specs: readonly AnySpec[]): Promise<SqliteInspection>;
  /** Its manifest and epoch alone; null for a file that was never completed. @throws StoreError when it can't be read */
  head(path: string): Promise<Pick<SqliteInspection, 'manifest' | 'epoch'> | null>;
  /** Closes a file after the reads that were asked for before. */
  closeFile(path: string): Promise<void>;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

type Ask = ReaderRequest extends infer R ? (R extends ReaderRequest ? Omit<R, 'id'> : never) : never;

/** Starts the thread on first use. */
export function createReader(): Reader {
  const thread = createThread<Ask>({
    url: new URL('./reader-thread.js', import.meta.url),
    name: 'mooring-reader',
    isReader: true,
    onStart: () => [],
  });
  return {
    read: (path, { text, values }, most = PAGE_BYTES) => thread.ask({ kind: 'read', path, sql: text, values, most }),
    inspect: (path, specs) => thread.ask({ kind: 'inspect', path, specs }),
    head: (path) => thread.ask({ kind: 'head', path }),
    async closeFile(path) {
      if (thread.isRunning) await thread.ask({ kind: 'close', path });
    },
    close: thread.close,
  };
}
