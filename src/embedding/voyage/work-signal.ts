import { setMaxListeners } from 'node:events';

/** A signal for one piece of work. Unlike `AbortSignal.any`, it leaves nothing behind in the signals that it follows. */
export interface WorkSignal {
  readonly signal: AbortSignal;
  /** Aborts the work after so many milliseconds, unless it is over by then. */
  limit(ms: number, reason: () => Error): void;
  /** The work is over: its timer and its listeners go. */
  end(): void;
}

/** Begins work that is aborted when one of the signals is. */
export function createWorkSignal(followed: readonly (AbortSignal | undefined)[]): WorkSignal {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listeners = followed
    .filter((signal) => signal !== undefined)
    .map((signal) => ({ signal, abort: () => controller.abort(signal.reason) }));
  for (const { signal, abort } of listeners) {
    // As many as there are pieces of work under way, which is no leak.
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
