import { delay } from '../../util/async.js';
import type { WriteTimes } from './writers.js';

/** Rests between the pages of a verification, so that it doesn't slow down writes. */
export interface Rests {
  /** Call between two pages: rests when writes take clearly longer than before. The signal ends the rest. */
  rest(signal?: AbortSignal): Promise<void>;
}

/** Measurements after a page was read, in ms. */
export interface PageTimes {
  /** How long the page took. */
  readonly page: number;
  /** How long writes take meanwhile, and how long they took before; null without writes. */
  readonly write: number | null;
  readonly usual: number | null;
}

/** The factor by which writes may take longer than before. */
const TOLERATED = 2;
/** Writes that take less than this, in ms, count as quick, however long they took before. */
const QUICK_MS = 10;
/** The longest rest, in ms. */
const LONGEST_MS = 1_000;

/**
 * How long to rest after a page, in ms: while writes are slowed down, as long as the page took, up to a bound. So a
 * verification takes at most twice as long as without rests.
 */
export function restAfter({ page, write, usual }: PageTimes): number {
  if (write === null || usual === null || write <= Math.max(QUICK_MS, TOLERATED * usual)) return 0;
  return Math.min(LONGEST_MS, page);
}

export interface RestsOptions {
  /** Whether writes are paced: then it doesn't rest, as writers would only write more to replay. Left out: they never are. */
  readonly isPacing?: (() => boolean) | undefined;
  /** Milliseconds, on the clock of the write times. Left out: the system's. */
  readonly clock?: () => number;
  /** Waits for a number of milliseconds; the signal ends the wait. Left out: the system's timers. */
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
  // The usual time of writes before; without any, the least since.
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
