import { withTimeout } from '../../../util/async.js';

/** How long anything asked of a MongoDB server may take in all, tries and waits included, in milliseconds. */
export const DEADLINE = 10_000;
/** How often what is safe to repeat is tried. */
export const ATTEMPTS = 3;

/** The work ran out of time; it may go on without us. */
export class DeadlineExceeded extends Error {
  constructor(readonly ms: number) {
    super(`no answer within ${ms / 1_000} seconds`);
  }
}

/**
 * The work's outcome, unless that takes longer. The driver has no total deadline of its own, and it waits for ever when it
 * writes to a connection that is just being closed. @throws DeadlineExceeded
 */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return withTimeout(work, ms, () => {
    throw new DeadlineExceeded(ms);
  });
}

/** How long an answer is waited for before the same is asked a second time, in milliseconds. */
const HEDGE = 2_500;

/** The work's outcome; of work that is long in coming, that of a second try if it comes first. */
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
