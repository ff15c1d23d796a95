import { Worker } from 'node:worker_threads';
import { type Json, sizeOf } from '../util/json/json.js';
import { type Redacted, redact } from './screen-record.js';

/** Finds secrets in what is about to be saved. */
export interface Scanner {
  /** Redacts values, each for itself. Large ones don't block the event loop: another thread scans them. */
  redact(values: readonly Json[]): Promise<readonly Redacted[]>;
  /** Ends the thread. Calling it again does nothing. */
  close(): Promise<void>;
}

/** The most characters that are scanned on this thread, for all values of a call together. */
export const MOST_INLINE = 65_536;

/** A call that the thread hasn't answered. */
interface Call {
  readonly values: readonly Json[];
  readonly answer: (found: Promise<readonly Redacted[]>) => void;
}

/** @param url the thread's file. Left out: the scanner's own */
export function createScanner(url = new URL('./scanner-thread.js', import.meta.url)): Scanner {
  const waiting = new Map<number, Call>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const thread = new Worker(url, { name: 'mooring-secrets' });
    thread.on('message', ([id, found]: readonly [number, readonly Redacted[]]) => {
      finish(id, async () => found);
    });
    thread.on('error', () => abandon(thread));
    thread.on('exit', () => abandon(thread));
    thread.unref();
    return thread;
  }

  /** Does the work of a thread that ended on this one: nothing is saved unscanned. */
  function abandon(thread: Worker): void {
    if (worker === thread) worker = null;
    for (const [id, { values }] of waiting) finish(id, async () => values.map(redact));
  }

  function finish(id: number, found: () => Promise<readonly Redacted[]>): void {
    const call = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    call?.answer(found());
  }

  return {
    async redact(values) {
      if (sizeOf(values, MOST_INLINE) <= MOST_INLINE) return values.map(redact);
      worker ??= start();
      const thread = worker;
      lastId += 1;
      const id = lastId;
      return new Promise((answer) => {
        if (waiting.size === 0) thread.ref();
        waiting.set(id, { values, answer });
        thread.postMessage([id, values]);
      });
    },
    async close() {
      const thread = worker;
      worker = null;
      await thread?.terminate();
    },
  };
}
