import type { Author } from '../../domain/author.js';
import type { LogPosition } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import { delay } from '../../util/async.js';
import type { ProjectRoute } from '../records/store-router.js';
import { NothingReadyError, TaskNotReadyError } from './errors.js';

export interface WaitOptions {
  readonly author: Author;
  readonly route: () => Promise<ProjectRoute>;
  readonly waitSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How often it is checked whether the caller still waits, in ms. */
const CHECK_MS = 200;

/** The least time between two attempts, in ms: after a commit, the next ones within it are looked at together. */
const REST_MS = 50;
/** How long one log is followed, in ms: the project may have moved to another store meanwhile. */
const FOLLOW_MS = 2_000;

/**
 * Attempts a claim, again after each commit to the project and each time that a claim expires, until it succeeds or the time
 * is over. @throws the error of the last attempt
 */
export async function untilReady<T>(attempt: () => Promise<T>, options: WaitOptions): Promise<T> {
  if (options.waitSeconds === 0) return attempt();
  // The next attempt then fails with the reason.
  let isEnded = false;
  const release = options.author.principal?.ending.onEnd(() => {
    isEnded = true;
  });
  try {
    return await untilOver(attempt, options, () => isEnded);
  } finally {
    release?.();
  }
}

async function untilOver<T>(
  attempt: () => Promise<T>,
  { author, route, waitSeconds, now }: WaitOptions,
  isEnded: () => boolean,
): Promise<T> {
  const end = now() + waitSeconds * 1_000;
  for (;;) {
    const { store, repositories } = await route();
    // Before the attempt, so that nothing committed after it is missed.
    const head = await store.log.head();
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error) || now() >= end) throw error;
      const time = new Date(now()).toISOString();
      const expiry = await repositories.search.graph((graph) => graph.nextExpiry(time));
      const until = Math.min(end, now() + FOLLOW_MS, expiry === null ? end : Date.parse(expiry));
      const left = () => (author.isGone?.() || isEnded() ? 0 : until - now());
      const wait = () => untilChanged(store, head, left);
      const rested = delay(REST_MS);
      await (author.releaseWhile?.(wait) ?? wait());
      if (author.isGone?.()) throw error;
      await rested;
    }
  }
}

/** Whether waiting may help. */
function isPassing(error: unknown): boolean {
  if (error instanceof NothingReadyError) return true;
  return error instanceof TaskNotReadyError && (error.heldBy !== null || error.blockedBy.length > 0);
}

/** Resolves when the log goes beyond a position, or is closed, or no time is left. @param left in ms */
async function untilChanged(store: Store, head: LogPosition, left: () => number): Promise<void> {
  const stop = new AbortController();
  const follower = store.log.follow(head, stop.signal)[Symbol.asyncIterator]();
  const changed = follower.next().then(
    () => stop.abort(),
    () => stop.abort(),
  );
  while (left() > 0 && (await delay(Math.min(CHECK_MS, left()), { signal: stop.signal })));
  stop.abort();
  await changed;
  await follower.return?.();
}
