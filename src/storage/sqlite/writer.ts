import type { AnySpec } from '../shared/collection-spec.js';
import { createThread } from '../shared/thread.js';
import type { StoreWrite } from '../shared/writes.js';
import type { WriterRequest } from './writer-thread.js';

/** The main thread's side of the writer thread. One serves every store of the process. */
export interface Writer {
  /** Opens a file for writing, and makes it if `create`. */
  open(
    path: string,
    specs: readonly AnySpec[],
    options: { readonly epoch: number; readonly create: boolean },
  ): Promise<void>;
  /** Resolves when the write is durable. */
  write(path: string, write: StoreWrite): Promise<number>;
  /** Closes a file after the writes that were asked for before. */
  closeFile(path: string): Promise<void>;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

type Ask = WriterRequest extends infer R ? (R extends WriterRequest ? Omit<R, 'id'> : never) : never;

/** Starts the thread on first use. */
export function createWriter(): Writer {
  const opened = new Map<string, readonly AnySpec[]>();
  const thread = createThread<Ask>({
    url: new URL('./writer-thread.js', import.meta.url),
    name: 'mooring-writer',
    onStart: () => [...opened].map(([path, specs]) => ({ kind: 'open', path, specs, epoch: 0, create: false })),
  });

  return {
    async open(path, specs, { epoch, create }) {
      await thread.ask({ kind: 'open', path, specs, epoch, create });
      opened.set(path, specs);
    },
    write: (path, write) => thread.ask({ kind: 'write', path, write }),
    async closeFile(path) {
      opened.delete(path);
      if (thread.isRunning) await thread.ask({ kind: 'close', path });
    },
    close: thread.close,
  };
}
