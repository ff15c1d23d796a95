import { delay } from '../../util/async.js';
import type { WriteTimes } from './write-times.js';

/** Rests between the pages of a verification, so that it doesn't hold up those who write. */
export interface Rests {
  /** Between two pages: rests when writes take clearly longer than they did. The signal ends it. */
  rest(signal?: AbortSignal): Promise<void>;
}

/** What is known when a page has been read, all in ms. */
export interface PageTimes {
  /** How long it took. */
  readonly page: number;
  /** How long writes take meanwhile, and how long they took before; null when nobody wrote. */
  readonly write: number | null;
  readonly usual: number | null;
}

/** By which factor writes may take longer than they did. */
const TOLERATED = 2;
/** Writes that take less, in ms, are quick, whatever they took before. */
const QUICK_MS = 10;
/** The longest rest, in ms. */
const LONGEST_MS = 1_000;

/**
 * How long to rest after a page, in ms: while writes are held up, as long as the page took, within a bound. So a verification
 * takes at most twice as long as it does without rests.
 */
export function restAfter({ page, write, usual }: PageTimes): number {
  if (write === null || usual === null || write <= Math.max(QUICK_MS, TOLERATED * usual)) return 0;
  return Math.min(LONGEST_MS, page);
}

export interface RestsOptions {
  /** While writers are paced, a rest would but give them more to write that has to be replayed: none is made. Left out: they never are. */
  readonly isPacing?: (() => boolean) | undefined;
  /** Tells milliseconds, as the times' does. Left out: the system's. */
  readonly clock?: () => number;
  /** Waits for a number of milliseconds; the signal ends it. Left out: by the system's timers. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
}

export function createRests(
  times: WriteTimes,
  projectId: string,
  {
    isPacing = () => false,
    clock = () => performance.now(),
    wait = (ms, signal) => delay(ms, { signal }),
  }: RestsOptions = {},
): Rests {
  // What writes took before; and the least that they took since, should nobody have written before.
  let usual = times.usual(projectId);
  let begun = clock();
  return {
    async rest(signal) {
      const write = times.since(projectId, begun);
      if (write !== null) usual = Math.min(usual ?? write, write);
      const ms = restAfter({ page: clock() - begun, write, usual });
      if (ms > 0 && !isPacing()) await wait(ms, signal);
      begun = clock();
    },
  };
}
