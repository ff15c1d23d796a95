import { setTimeout as timeout } from 'node:timers/promises';

export interface DelayOptions {
  /** Ends the delay early. Left out: nothing does. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the timer keeps the process alive. Left out: it does. */
  readonly ref?: boolean;
}

/** Waits `ms` milliseconds. Never rejects: resolves to false as soon as the signal aborts, otherwise to true. */
export function delay(ms: number, { signal, ref = true }: DelayOptions = {}): Promise<boolean> {
  const elapsed = timeout(ms, true, { signal, ref });
  return signal ? elapsed.catch(() => false) : elapsed;
}

/** Resolves in the next turn of the event loop, so that others get theirs. */
export { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * The outcome of `work`; when it takes longer than `ms` milliseconds, what `onTimeout` returns or throws. The work itself isn't
 * stopped: its later outcome is ignored, a failure as well.
 */
export async function withTimeout<T, L>(work: Promise<T>, ms: number, onTimeout: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<L>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(onTimeout());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a promise settles within `ms` milliseconds. @throws what it rejects with in that time */
export function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return withTimeout(
    promise.then(() => true),
    ms,
    () => false,
  );
}

/**
 * The outcome of `awaited`. Until then `work` runs each time `everyMs` milliseconds have passed. When this ends, neither is
 * running. @throws what either throws
 */
export async function meanwhile<T>(awaited: Promise<T>, work: () => Promise<unknown>, everyMs: number): Promise<T> {
  try {
    while (!(await settlesWithin(awaited, everyMs))) await work();
  } finally {
    await awaited.catch(() => {});
  }
  return awaited;
}
