import type { ExecutionResult } from 'graphql';

/**
 * Results of a source's events, each made when it is asked for: a reader that doesn't read holds nothing. Ending it
 * doesn't wait for the next event. A source that fails ends with the error as its last result.
 */
export function mapEvents(
  source: AsyncIterable<unknown>,
  over: AbortController,
  resolve: (event: unknown) => Promise<ExecutionResult>,
  fail: (error: unknown) => ExecutionResult,
): AsyncGenerator<ExecutionResult, void, void> {
  const events = source[Symbol.asyncIterator]();
  const done = { done: true, value: undefined } as const;
  let stopWaiting: (() => void) | null = null;

  const finish = () => {
    if (over.signal.aborted) return;
    over.abort();
    stopWaiting?.();
    // A generator that waits for an event takes this only after it; the signal is what ends its waiting.
    events.return?.().catch(() => undefined);
  };
  const advance = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    try {
      const event = await events.next();
      if (!event.done) return { done: false, value: await resolve(event.value) };
      finish();
      return done;
    } catch (error) {
      if (over.signal.aborted) return done;
      stopWaiting = null;
      finish();
      return { done: false, value: fail(error) };
    }
  };
  const generator: AsyncGenerator<ExecutionResult, void, void> = {
    next: () =>
      new Promise((settle) => {
        if (over.signal.aborted) return settle(done);
        stopWaiting = () => settle(done);
        advance().then(settle);
      }),
    return: () => {
      finish();
      return Promise.resolve(done);
    },
    throw: (error) => {
      finish();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]: () => generator,
  };
  return generator;
}
