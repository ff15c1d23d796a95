import { setTimeout as timeout } from 'node:timers/promises';

export interface DelayOptions {
  /** Ends the delay early. Left out: nothing does. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the timer keeps the process alive. Left out: it does. */
  readonly ref?: boolean;
}

/** Waits `ms` milliseconds. Never rejects: resolves with false as soon as the signal aborts, and with true otherwise. */
export function delay(ms: number, { signal, ref = true }: DelayOptions = {}): Promise<boolean> {
  const elapsed = timeout(ms, true, { signal, ref });
  return signal ? elapsed.catch(() => false) : elapsed;
}

/** Resolves in the next turn of the event loop: whatever waits for the loop comes first. */
export { setImmediate as nextTurn } from 'node:timers/promises';

/** Whether a promise settles within so many ms. Rejects as it does, if it does so in time. */
export async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The promise's value; while it is pending, `work` runs each time `everyMs` have passed. Returns only once neither is under
 * way. @throws what either throws
 */
export async function meanwhile<T>(awaited: Promise<T>, work: () => Promise<unknown>, everyMs: number): Promise<T> {
  try {
    while (!(await settlesWithin(awaited, everyMs))) await work();
  } finally {
    await awaited.catch(() => {});
  }
  return awaited;
}
