import type { CollectionProgress, Progress } from '../../domain/migration.js';
import { toTenths } from '../../util/round.js';

/** The progress before anything was counted. */
export const NO_PROGRESS: Progress = {
  collections: [],
  vectors: { done: 0, total: 0, failed: 0 },
  rate: null,
  etaSeconds: null,
  lag: { entries: 0, seconds: 0 },
  pacing: 0,
  tokens: 0,
  dollars: 0,
  fenceMs: null,
  canCutOver: false,
  canRollBack: false,
};

/** Counts what a migration does, and estimates how long it takes. */
export interface ProgressTracker {
  /** Sets the size of a collection. */
  total(collection: string, total: number): void;
  /** Sets that both sides have the whole collection, of this size. */
  complete(collection: string, count: number): void;
  /** Counts copied records or entries. */
  done(collection: string, count: number): void;
  /** Counts a reject. */
  rejected(collection: string): void;
  /** Counts compared records; `restartVerified` starts from 0. */
  verified(collection: string, count: number): void;
  restartVerified(): void;
  /** Everything is compared: what is replayed from now on is compared as it is written. */
  allVerified(): void;
  /** Adds the cost of embeddings. */
  spent(amounts: { readonly tokens: number; readonly dollars: number | null }): void;
  set(facts: Partial<Pick<Progress, 'vectors' | 'lag' | 'pacing' | 'fenceMs' | 'canCutOver' | 'canRollBack'>>): void;
  /** The progress now. */
  now(): Progress;
}

/** The window over which the rate and the change of the lag are measured, in ms. */
const WINDOW_MS = 5_000;

export function createProgressTracker(from: Progress, clock: () => number = () => performance.now()): ProgressTracker {
  const collections = new Map<string, CollectionProgress>(from.collections.map((each) => [each.name, each]));
  let facts: Progress = from;
  /** Work done so far, by time, within the window. */
  let marks: { readonly at: number; readonly work: number }[] = [];
  /** Measurements of the lag: those within the window, and at least the last two. */
  let lags: { readonly at: number; readonly entries: number }[] = [];
  let work = 0;
  let isVerified = false;

  function change(name: string, with_: (known: CollectionProgress) => Partial<CollectionProgress>): void {
    const known = collections.get(name) ?? { name, done: 0, total: 0, rejected: 0, verified: 0 };
    const next = { ...known, ...with_(known) };
    // More may have been written since the totals were counted.
    collections.set(name, { ...next, total: Math.max(next.total, next.done, next.verified) });
  }

  function worked(count: number): void {
    const at = clock();
    work += count;
    marks.push({ at, work });
    marks = marks.filter((mark) => mark.at >= at - WINDOW_MS);
  }

  function rate(): number | null {
    const [first] = marks;
    const seconds = first ? (clock() - first.at) / 1_000 : 0;
    if (!first || seconds > WINDOW_MS / 1_000 || marks.length < 2) return null;
    return seconds > 0 ? toTenths((work - first.work) / seconds) : null;
  }

  function measured(entries: number): void {
    const at = clock();
    const recent = lags.filter((each) => each.at >= at - WINDOW_MS);
    lags = [...(recent.length > 0 ? recent : lags.slice(-1)), { at, entries }];
  }

  /** How many entries a second the lag falls by; negative when it grows, null when unknown. */
  function fall(): number | null {
    const [first, last] = [lags[0], lags.at(-1)];
    const seconds = first && last ? (last.at - first.at) / 1_000 : 0;
    return seconds > 0 ? (first!.entries - last!.entries) / seconds : null;
  }

  /** The time for what is left to copy and to compare at the current rate, and for the lag as it falls. */
  function eta(perSecond: number | null): number | null {
    if (perSecond === null || perSecond === 0) return null;
    const all = [...collections.values()];
    const toCopy = all.reduce((sum, { total, done }) => sum + total - done, 0);
    const toCompare = isVerified ? 0 : all.reduce((sum, { total, verified }) => sum + total - verified, 0);
    const { entries } = facts.lag;
    const falling = entries > 0 ? fall() : 0;
    if (falling === null) return null;
    if (entries === 0 || falling > 0)
      return toTenths((toCopy + toCompare) / perSecond + (entries === 0 ? 0 : entries / falling));
    // During the copy the lag can only grow: afterwards it is replayed, at the rate of the copy at best.
    const gain = perSecond + falling;
    return toCopy > 0 && gain > 0 ? toTenths((toCopy + toCompare + entries) / gain) : null;
  }

  return {
    total: (name, total) => change(name, () => ({ total })),
    complete: (name, count) => change(name, () => ({ total: count, done: count })),
    done(name, count) {
      change(name, ({ done }) => ({ done: done + count }));
      worked(count);
    },
    rejected: (name) => change(name, ({ rejected }) => ({ rejected: rejected + 1 })),
    verified(name, count) {
      change(name, ({ verified }) => ({ verified: verified + count }));
      worked(count);
    },
    restartVerified() {
      isVerified = false;
      for (const name of [...collections.keys()]) change(name, () => ({ verified: 0 }));
    },
    allVerified() {
      isVerified = true;
    },
    spent({ tokens, dollars }) {
      const total = facts.dollars === null || dollars === null ? null : facts.dollars + dollars;
      facts = { ...facts, tokens: facts.tokens + tokens, dollars: total };
    },
    set(next) {
      if (next.lag) measured(next.lag.entries);
      facts = { ...facts, ...next };
    },
    now() {
      const perSecond = rate();
      return { ...facts, collections: [...collections.values()], rate: perSecond, etaSeconds: eta(perSecond) };
    },
  };
}
