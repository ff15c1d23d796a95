import { createThread } from '../shared/thread.js';
import type { StoreWrite } from '../shared/writes.js';
import type { FolderOptions } from './folder/folder.js';
import type { RemovalTarget } from './projects.js';
import type { FileRequest } from './writer-thread.js';

/** The main thread's side of the thread of projects' folders. One serves every file store of the process. */
export interface FileWriter {
  /** Opens a folder. @throws StoreError */
  open(options: FolderOptions): Promise<FolderWriter>;
  /**
   * Removes a closed project's folder and its cache, and what an interrupted removal left of it.
   * @throws RouteChangedError when it is under another epoch: nothing is removed then
   * @throws StoreError also when there is none: it may lie elsewhere now
   */
  destroy(target: RemovalTarget): Promise<void>;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

/** An open folder. Everything fails with a StoreError when it can't be done. */
export interface FolderWriter {
  /** Resolves when the write is durable. */
  write(write: StoreWrite): Promise<number>;
  /** Brings the cache up to what any process has committed. */
  refresh(): Promise<void>;
  /** Rebuilds the cache from the files. */
  renew(): Promise<void>;
  /** The problems found; empty when all is well. */
  health(): Promise<readonly string[]>;
  /** Closes the folder after the requests made before. */
  close(): Promise<void>;
}

type Ask = FileRequest extends infer R ? (R extends FileRequest ? Omit<R, 'id'> : never) : never;

/** The handle of requests that aren't about an open folder: those count from 1. */
const NO_FOLDER = 0;

/** Starts the thread on first use. */
export function createFileWriter(): FileWriter {
  const opened = new Map<number, FolderOptions>();
  const thread = createThread<Ask>({
    url: new URL('./writer-thread.js', import.meta.url),
    name: 'mooring-files',
    onStart: () =>
      [...opened].map(([handle, options]) => ({ kind: 'open', handle, options: { ...options, create: null } })),
  });
  let lastHandle = 0;

  return {
    async open(options) {
      lastHandle += 1;
      const handle = lastHandle;
      await thread.ask({ kind: 'open', handle, options });
      opened.set(handle, options);
      return {
        write: (write) => thread.ask({ kind: 'write', handle, write }),
        refresh: () => thread.ask({ kind: 'refresh', handle }),
        renew: () => thread.ask({ kind: 'renew', handle }),
        health: () => thread.ask({ kind: 'health', handle }),
        async close() {
          opened.delete(handle);
          if (thread.isRunning) await thread.ask({ kind: 'close', handle });
        },
      };
    },
    destroy: (options) => thread.ask({ kind: 'destroy', handle: NO_FOLDER, options }),
    close: thread.close,
  };
}
