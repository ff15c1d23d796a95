import { StoreError } from '../domain/errors.js';
import { areDescriptorsLeft } from '../files/descriptors.js';
import { delay, withTimeout } from '../util/async.js';
import { createMutex } from '../util/mutex.js';
import type { OpenEntry } from './open-entry.js';
import { isIdle } from './open-entry.js';

/** Bounds the number of open stores: those used least recently are closed first; one in use, or followed, never is. */
export interface StoreLimit {
  /** Resolves when an entry may be opened, and counts it. One at a time, so that a burst can't exceed the limit. */
  makeRoom(entry: OpenEntry): Promise<void>;
  /** Called with each error: what failed for lack of file descriptors works when repeated, if other stores can be closed. */
  relieve(error: unknown): void;
}

/** The open stores, as far as the limit needs them. */
export interface LimitedStores {
  readonly entries: ReadonlyMap<string, OpenEntry>;
  /** How many are being closed. */
  closing(): number;
  /** Whether nothing more is opened. */
  isClosed(): boolean;
  /** Whether an entry may be closed that was idle for `idleMs`: its index has no work left. */
  canClose(named: readonly [string, OpenEntry], idleMs: number): Promise<boolean>;
  close(name: string): Promise<void>;
}

/** A store used within this time is about to be used again, in milliseconds. */
const RECENT_MS = 1_000;
/** How long opening waits for another store to close, in milliseconds: then the limit is exceeded. */
const MAX_WAIT_MS = 5_000;
/** How many are checked to find one to close. */
const CANDIDATES = 16;

export function createStoreLimit(stores: LimitedStores, limit: number): StoreLimit {
  const { entries, closing, isClosed, canClose, close } = stores;
  const exclusively = createMutex();
  let isRelieving = false;

  /** File descriptors decide where they allow fewer stores. */
  const hasRoom = (): boolean =>
    [...entries.values()].filter(({ isCounted }) => isCounted).length + closing() < limit && areDescriptorsLeft();

  /** Waits until a store that was only just used may be closed. @returns whether there is one */
  async function waitForIdle(): Promise<boolean> {
    const now = performance.now();
    const idleAt = [...entries.values()]
      .filter(({ isCounted, isIndexing, activity }) => isCounted && !isIndexing && activity.followers === 0)
      .map(({ isOpen, activity }) => (isOpen && isIdle(activity, 0) ? activity.lastAt : now) + RECENT_MS);
    if (idleAt.length === 0) return false;
    await delay(Math.max(0, Math.min(...idleAt) - now));
    return true;
  }

  /** Closes up to `count` of the stores used least recently. @returns whether any was */
  async function closeLeastUsed(count: number): Promise<boolean> {
    const idle = [...entries]
      .filter(([, { isOpen, activity }]) => isOpen && isIdle(activity, RECENT_MS))
      .sort(([, a], [, b]) => a.activity.lastAt - b.activity.lastAt)
      .slice(0, count + CANDIDATES);
    const can = await Promise.all(idle.map((named) => canClose(named, RECENT_MS)));
    const chosen = idle.filter(([, { activity }], index) => can[index] && isIdle(activity, RECENT_MS)).slice(0, count);
    const done = Promise.allSettled(chosen.map(([name]) => close(name)));
    // A place that doesn't respond delays nothing else.
    await withTimeout(done, RECENT_MS, () => {});
    return chosen.length > 0;
  }

  return {
    makeRoom: (entry) =>
      exclusively(async () => {
        const end = performance.now() + MAX_WAIT_MS;
        while (!hasRoom() && !(await closeLeastUsed(1)) && !isClosed() && performance.now() < end) {
          if (!(await waitForIdle())) break;
        }
        entry.isCounted = true;
      }),
    relieve(error) {
      if (isRelieving || !(error instanceof StoreError) || error.code !== 'STORE_UNAVAILABLE') return;
      if (areDescriptorsLeft()) return;
      isRelieving = true;
      const done = () => {
        isRelieving = false;
      };
      closeLeastUsed(CANDIDATES).then(done, done);
    },
  };
}
