import { withTimeout } from '../../../util/async.js';

/** Deadline of any request to a MongoDB server, retries and waits included, in milliseconds. */
export const DEADLINE = 10_000;
/** How often what is safe to repeat is tried. */
export const ATTEMPTS = 3;

/** The work exceeded its deadline; it may continue without us. */
export class DeadlineExceeded extends Error {
  constructor(readonly ms: number) {
    super(`no answer within ${ms / 1_000} seconds`);
  }
}

/**
 * The work's outcome, unless it takes longer. The driver has no total deadline of its own, and waits forever when it
 * writes to a connection that is just being closed. @throws DeadlineExceeded
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return withTimeout(work, ms, () => {
    throw new DeadlineExceeded(ms);
  });
}

/** How long to wait for an answer before sending a hedged request, in milliseconds. */
const HEDGE = 2_500;

/** The work's outcome; if it takes long, that of a hedged second try if it comes first. */
export async function hedged<T>(work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const second = new Promise<T>((resolve) => {
    // A second try that fails says nothing about the first.
    timer = setTimeout(() => void work().then(resolve, () => undefined), HEDGE);
  });
  try {
    return await Promise.race([work(), second]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long the server may work on one read, in milliseconds: it stops before nobody waits any more. */
export const MAX_TIME = 8_000;
