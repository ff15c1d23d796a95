import { asVectorFailure } from './failures.js';

/** What a request to the server is limited by: the server gives up by itself, and if it hangs we do. */
export interface Limits {
  readonly maxTimeMS: number;
  readonly signal: AbortSignal;
}

/** Time for a search: beyond it, words have answered better. */
export const SEARCH_MS = 5_000;
/** Time for one write or one page of a read. */
export const WORK_MS = 20_000;

/** Does work within so many ms, or until the signal. Its errors are ours. @throws StoreError */
export async function within<T>(ms: number, signal: AbortSignal, work: (limits: Limits) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const late = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
  });
  // Nobody may be waiting any more when it rejects.
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
