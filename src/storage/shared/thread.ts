import { Worker } from 'node:worker_threads';
import { StoreError } from '../../domain/errors.js';
import { toError, type WriteFailure } from './writes.js';

/** Calls to a worker thread, several at a time. */
export interface Thread<Ask extends object> {
  /** Resolves with the thread's answer. `Value` must be what the thread answers such a call with. */
  ask<Value>(request: Ask): Promise<Value>;
  /** Whether the thread runs; the first call starts it. */
  readonly isRunning: boolean;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

/** Answers, in any order. */
export type ThreadReply<Value> = readonly (readonly [
  id: number,
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: WriteFailure },
])[];

export interface ThreadOptions<Ask> {
  readonly url: URL;
  readonly name: string;
  /** Whether the thread only reads: then nothing is lost with it. */
  readonly isReader?: boolean;
  /** The first requests of each new thread, also of one that replaces a crashed one. */
  readonly onStart: () => readonly Ask[];
}

export function createThread<Ask extends object>({
  url,
  name,
  isReader = false,
  onStart,
}: ThreadOptions<Ask>): Thread<Ask> {
  const what = isReader ? 'reader' : 'writer';
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let worker: Worker | null = null;
  let nextId = 1;

  function start(): Worker {
    const thread = new Worker(url, { name });
    thread.on('message', (replies: ThreadReply<unknown>) => {
      for (const [id, result] of replies) answer(id, result);
    });
    thread.on('error', (error) => abandon(thread, error));
    // The call it belonged to isn't known, and answers that follow may be late.
    thread.on('messageerror', (error) => {
      abandon(thread, error);
      void thread.terminate();
    });
    thread.on('exit', () => abandon(thread, new Error(`the ${what} thread ended`)));
    thread.unref();
    for (const request of onStart()) thread.postMessage({ ...request, id: 0 });
    return thread;
  }

  function answer(id: number, result: ThreadReply<unknown>[number][1]): void {
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
          `The ${what} thread ended before it answered: ${cause.message}.${isReader ? '' : " Whether the write was done isn't known."}`,
          isReader ? 'Repeat the request.' : 'Read the record before you repeat the request.',
          { cause },
        ),
      );
    }
  }

  return {
    ask<Value>(request: Ask): Promise<Value> {
      worker ??= start();
      const thread = worker;
      const id = nextId++;
      return new Promise((resolve, reject) => {
        if (waiting.size === 0) thread.ref();
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        thread.postMessage({ ...request, id });
      });
    },
    get isRunning() {
      return worker !== null;
    },
    async close() {
      const thread = worker;
      worker = null;
      await thread?.terminate();
    },
  };
}
