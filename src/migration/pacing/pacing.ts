import { toTenths } from '../../util/round.js';

/** How far the other side was at a moment. */
export interface LagSample {
  /** Milliseconds, from any start. */
  readonly at: number;
  /** The last entry of the live side's log. */
  readonly head: number;
  /** The entry up to which the other side had everything. */
  readonly position: number;
  /** Time spent replaying so far, in ms: the rest went to other work, or to none. */
  readonly busy: number;
}

/** How much a project's writers are paced, and the measurements behind it. */
export interface Pacing {
  /** How long the write of one record waits, in ms; 0: writes aren't paced. */
  readonly ms: number;
  /** The start of the period being measured. */
  readonly since: LagSample;
  /** Entries a second that can be replayed in full pages; null before there was a full page. */
  readonly rate: number | null;
  /** Whether more was written in the last period than can be replayed, although writes waited as long as allowed. */
  readonly isAtLimit: boolean;
}

export interface PacingLimits {
  /** The longest wait of a write, in ms; 0: writes aren't paced. */
  readonly mostMs: number;
  /** Entries in a page: a lag of up to a page is acceptable, however slowly it is replayed. */
  readonly page: number;
}

/** How long a decision holds, in ms: in a shorter period, one page more or less would change it. */
const PERIOD_MS = 1_000;
/** The first wait, in ms: limits one writer to two hundred writes a second. */
const FIRST_MS = 5;
/** Lag that takes less than this to replay is acceptable, in ms: it fits into a cut-over, with what is written meanwhile. */
const SHORT_MS = 1_500;
/** A lag of this many entries is acceptable in any case: the first entry of a page takes longest. */
const FEW = 10;
/** The part of what can be replayed that may be written: the rest reduces the lag. */
const MOST_WRITTEN = 0.5;
/** When less than this part is written, the wait is longer than necessary. */
const LEAST_WRITTEN = 0.25;
/** The factor by which a wait grows in one period. */
const GROWTH = { least: 2, most: 8 };
/** The factor by which a wait shrinks that is longer than necessary. */
const SHRINKING = 0.8;

/** The pacing before anything was replayed. */
export function startPacing(since: LagSample): Pacing {
  return { ms: 0, since, rate: null, isAtLimit: false };
}

/** The lag with which a cut-over may start, in entries: at most a page, and short enough to replay at once. */
export function shortLag(rate: number | null, page: number): number {
  return rate === null ? page : Math.min(page, Math.max(FEW, Math.floor((rate * SHORT_MS) / 1_000)));
}

/**
 * The pacing after one more sample. While the lag isn't short, the wait of a write grows until clearly less is written than
 * can be replayed; then it stays, and shrinks when it is no longer needed. A pure function.
 */
export function nextPacing(before: Pacing, now: LagSample, { mostMs, page }: PacingLimits): Pacing {
  const { since, ms } = before;
  const period = now.at - since.at;
  if (period < PERIOD_MS) return before;
  const replayed = now.position - since.position;
  // A page of a few entries takes about as long as a full one, so it says nothing about the rate.
  const isFull = replayed > 0 && since.head - since.position > page;
  const rate = isFull ? replayed / (Math.max(1, now.busy - since.busy) / 1_000) : before.rate;
  const lag = now.head - now.position;
  const part = (now.head - since.head) / (((rate ?? 0) * period) / 1_000 || 1);
  const found = { since: now, rate, isAtLimit: false };
  // During the first page, nothing is known.
  if (rate === null && replayed === 0) return { ...found, ms };
  if (lag <= shortLag(rate, page) || part <= LEAST_WRITTEN) return { ...found, ms: shrunk(ms) };
  // A lag of a page or less may stay, as long as it doesn't grow.
  if (part <= MOST_WRITTEN || (lag <= page && part < 1)) return { ...found, ms };
  // Writers that only wait between writes write less in proportion to the wait; busy ones write more than that.
  const growth = lag <= page ? GROWTH.least : Math.min(GROWTH.most, Math.max(GROWTH.least, part / MOST_WRITTEN));
  const longer = ms === 0 ? FIRST_MS : Math.round(ms * growth);
  return { ...found, ms: Math.min(mostMs, longer), isAtLimit: ms >= mostMs && part >= 1 };
}

function shrunk(ms: number): number {
  const less = toTenths(ms * SHRINKING);
  return less < FIRST_MS ? 0 : less;
}
