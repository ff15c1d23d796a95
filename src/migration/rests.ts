import { setTimeout as delay } from 'node:timers/promises';
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

/** Writes may take so many times as long as they did. */
const TOLERATED = 2;
/** Writes that take less, in ms, are quick, whatever they took before. */
const QUICK_MS = 10;
/** A rest takes at most so many times as long as the page: a verification takes at most that much longer, and ends. */
const MOST = 4;
/** The longest rest, in ms. */
const LONGEST_MS = 1_000;

/** How long to rest after a page, in ms: the longer, the more writes are held up, within bounds. */
export function restAfter({ page, write, usual }: PageTimes): number {
  if (write === null || usual === null || write <= Math.max(QUICK_MS, TOLERATED * usual)) return 0;
  const share = usual > 0 ? write / usual - 1 : MOST;
  return Math.min(LONGEST_MS, page * Math.min(MOST, share));
}

export interface RestsOptions {
  /** Tells milliseconds, as the times' does. Left out: the system's. */
  readonly clock?: () => number;
  /** Waits so many milliseconds; the signal ends it. Left out: by the system's timers. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export function createRests(
  times: WriteTimes,
  projectId: string,
  { clock = () => performance.now(), wait = waitFor }: RestsOptions = {},
): Rests {
  // What writes took before; and the least that they took since, should nobody have written before.
  let usual = times.usual(projectId);
  let begun = clock();
  return {
    async rest(signal) {
      const write = times.since(projectId, begun);
      if (write !== null) usual = Math.min(usual ?? write, write);
      const ms = restAfter({ page: clock() - begun, write, usual });
      if (ms > 0) await wait(ms, signal);
      begun = clock();
    },
  };
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => {});
}
