import { Worker } from 'node:worker_threads';
import { StoreError } from '../../domain/errors.js';
import type { AnySpec } from './schema.js';
import type { WriterReply, WriterRequest } from './writer-thread.js';
import { toError, type Write, type WriteResult } from './writes.js';

/** The main thread's end of the writer thread. One serves every store of the process. */
export interface Writer {
  /** Opens a file for writing, and makes it when asked to. */
  open(
    path: string,
    specs: readonly AnySpec[],
    options: { readonly epoch: number; readonly create: boolean },
  ): Promise<void>;
  /** Resolves when the write is durable. */
  write(path: string, write: Write): Promise<number>;
  /** Closes a file after what was asked before. */
  closeFile(path: string): Promise<void>;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

type Ask = WriterRequest extends infer R ? (R extends WriterRequest ? Omit<R, 'id'> : never) : never;

/** Starts the thread on first use. */
export function createWriter(): Writer {
  const opened = new Map<string, readonly AnySpec[]>();
  const waiting = new Map<number, { resolve: (value: number) => void; reject: (error: Error) => void }>();
  let worker: Worker | null = null;
  let nextId = 1;

  function start(): Worker {
    const thread = new Worker(new URL('./writer-thread.js', import.meta.url), { name: 'mooring-writer' });
    thread.on('message', (replies: WriterReply) => {
      for (const [id, result] of replies) settle(id, result);
    });
    thread.on('error', (error) => abandon(thread, error));
    thread.on('exit', () => abandon(thread, new Error('the writer thread ended')));
    thread.unref();
    // A thread that takes over from one that crashed has the same files open.
    for (const [path, specs] of opened)
      thread.postMessage({ kind: 'open', id: 0, path, specs, epoch: 0, create: false });
    return thread;
  }

  function settle(id: number, result: WriteResult): void {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    if (result.ok) call?.resolve(result.value);
    else call?.reject(toError(result.failure));
  }

  function abandon(thread: Worker, cause: Error): void {
    if (worker === thread) worker = null;
    for (const [id, { reject }] of waiting) {
      waiting.delete(id);
      reject(
        new StoreError(
          'STORE_UNAVAILABLE',
          `The writer thread ended before it answered: ${cause.message}. Whether the write was done isn't known.`,
          'Read the record before you repeat the request.',
          { cause },
        ),
      );
    }
  }

  function ask(request: Ask): Promise<number> {
    worker ??= start();
    const thread = worker;
    const id = nextId++;
    return new Promise((resolve, reject) => {
      if (waiting.size === 0) thread.ref();
      waiting.set(id, { resolve, reject });
      thread.postMessage({ ...request, id });
    });
  }

  return {
    async open(path, specs, { epoch, create }) {
      await ask({ kind: 'open', path, specs, epoch, create });
      opened.set(path, specs);
    },
    write: (path, write) => ask({ kind: 'write', path, write }),
    async closeFile(path) {
      opened.delete(path);
      if (worker) await ask({ kind: 'close', path });
    },
    async close() {
      const thread = worker;
      worker = null;
      await thread?.terminate();
    },
  };
}
