import { toTenths } from '../../util/round.js';
/** How far the other side was at one moment. */
export interface LagSample {
  /** Milliseconds, from any start. */
  readonly at: number;
  /** The last entry of the live side's log. */
  readonly head: number;
  /** Up to which entry the other side had everything. */
  readonly position: number;
  /** How long it has been replayed so far, in ms: the rest of the time something else was done, or nothing. */
  readonly busy: number;
}

/** How long the writers of a project are paced, and how that was found. */
export interface Pacing {
  /** How long the write of one record waits, in ms; 0: nobody is paced. */
  readonly ms: number;
  /** Where the period began that is being measured. */
  readonly since: LagSample;
  /** Entries a second that can be replayed when there are enough for full pages; null before there were. */
  readonly rate: number | null;
  /** Whether more was written in the last period than can be replayed, though the writers waited as long as they may. */
  readonly isAtLimit: boolean;
}

export interface PacingLimits {
  /** The longest that a write may wait, in ms; 0: nobody is paced. */
  readonly mostMs: number;
  /** So many entries of lag are no matter, however slowly they are replayed: a page. */
  readonly page: number;
}

/** A decision is made for so long, in ms: shorter, and a page more or less would decide it. */
const PERIOD_MS = 1_000;
/** The first wait, in ms: two hundred writes a second of one writer. */
const FIRST_MS = 5;
/** Lag that is replayed within this time is no matter, in ms: it fits into a cut-over, with what is written meanwhile. */
const SHORT_MS = 1_500;
/** So few entries are no matter either: the first of a page takes longest. */
const FEW = 10;
/** Writers may write this part of what can be replayed: the rest is what the lag falls by. */
const MOST_WRITTEN = 0.5;
/** When they write less than this part, they wait longer than they need to. */
const LEAST_WRITTEN = 0.25;
/** By how much a wait grows in one period: the least factor, and the greatest. */
const GROWTH = { least: 2, most: 8 };
/** By which a wait shrinks that is longer than it has to be. */
const SHRINKING = 0.8;

/** Before anything was replayed. */
export function startPacing(since: LagSample): Pacing {
  return { ms: 0, since, rate: null, isAtLimit: false };
}

/** Lag that a cut-over can do with, in entries: at most a page, and little enough to be replayed at once. */
export function shortLag(rate: number | null, page: number): number {
  return rate === null ? page : Math.min(page, Math.max(FEW, Math.floor((rate * SHORT_MS) / 1_000)));
}

/**
 * The pacing after one more look. While the lag is longer than short, the wait of a write grows until clearly less is
 * written than can be replayed; then it stays, and shrinks once it isn't needed. The result depends on nothing but what is
 * given.
 */
export function nextPacing(before: Pacing, now: LagSample, { mostMs, page }: PacingLimits): Pacing {
  const { since, ms } = before;
  const period = now.at - since.at;
  if (period < PERIOD_MS) return before;
  const replayed = now.position - since.position;
  // A page of a few entries takes about as long as a full one, and says nothing of how many could be replayed.
  const isFull = replayed > 0 && since.head - since.position > page;
  const rate = isFull ? replayed / (Math.max(1, now.busy - since.busy) / 1_000) : before.rate;
  const lag = now.head - now.position;
  const part = (now.head - since.head) / (((rate ?? 0) * period) / 1_000 || 1);
  const found = { since: now, rate, isAtLimit: false };
  // While the first page is under way, nothing is known.
  if (rate === null && replayed === 0) return { ...found, ms };
  if (lag <= shortLag(rate, page) || part <= LEAST_WRITTEN) return { ...found, ms: shrunk(ms) };
  // Of a lag of a page or less it is enough that it doesn't grow.
  if (part <= MOST_WRITTEN || (lag <= page && part < 1)) return { ...found, ms };
  // Writers that do nothing else but wait write as much less as they wait longer; those that do write more than that.
  const growth = lag <= page ? GROWTH.least : Math.min(GROWTH.most, Math.max(GROWTH.least, part / MOST_WRITTEN));
  const longer = ms === 0 ? FIRST_MS : Math.round(ms * growth);
  return { ...found, ms: Math.min(mostMs, longer), isAtLimit: ms >= mostMs && part >= 1 };
}

function shrunk(ms: number): number {
  const less = toTenths(ms * SHRINKING);
  return less < FIRST_MS ? 0 : less;
}
