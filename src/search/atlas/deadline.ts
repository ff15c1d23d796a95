import { asVectorFailure } from './errors.js';

/** The limits of a request: the server ends it after a time, and if the server hangs, the signal does. */
export interface Limits {
  readonly maxTimeMS: number;
  readonly signal: AbortSignal;
}

/** Timeout of a search, in ms: after that, words are the better answer. */
export const SEARCH_MS = 5_000;
/** Timeout of one write or one page of a read, in ms. */
export const WORK_MS = 20_000;

/** Does work under a timeout, or until the signal aborts. @throws StoreError for any error */
export async function within<T>(ms: number, signal: AbortSignal, work: (limits: Limits) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const late = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
  });
  // It may reject when nobody is waiting any more.
  late.catch(() => {});
  const stop = () => limit.abort(signal.reason);
  const timer = setTimeout(() => limit.abort(new DOMException(`Not done within ${ms} ms.`, 'TimeoutError')), ms);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work({ maxTimeMS: ms, signal: limit.signal }), late]);
  } catch (error) {
    throw asVectorFailure(limit.signal.aborted ? limit.signal.reason : error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
