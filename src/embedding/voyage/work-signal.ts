import { setMaxListeners } from 'node:events';

/** The signal of one piece of work. Unlike `AbortSignal.any`, it leaves nothing behind in the signals that it follows. */
export interface WorkSignal {
  readonly signal: AbortSignal;
  /** Sets a timeout, in ms. */
  limit(ms: number, reason: () => Error): void;
  /** Ends the work: removes the timer and the listeners. */
  end(): void;
}

/** Aborts when any of the signals aborts. */
export function createWorkSignal(followed: readonly (AbortSignal | undefined)[]): WorkSignal {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listeners = followed
    .filter((signal) => signal !== undefined)
    .map((signal) => ({ signal, abort: () => controller.abort(signal.reason) }));
  for (const { signal, abort } of listeners) {
    // One listener for each piece of work in progress, which isn't a leak.
    setMaxListeners(0, signal);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    limit(ms, reason) {
      timer = setTimeout(() => controller.abort(reason()), ms);
    },
    end() {
      clearTimeout(timer);
      for (const { signal, abort } of listeners) signal.removeEventListener('abort', abort);
    },
  };
}
