import { GoneError, type Turns } from '../../util/turn.js';

/** How long pieces may run back to back before other connections get the event loop, in ms. One piece may take longer. */
const SLICE_MS = 10;
/** The most pieces begun in one round of the event loop. */
const BURST = 128;

/** The waiting pieces of each owner; the owner whose turn it is comes first. */
type Ring = Set<Set<() => void>>;

/**
 * Pieces run at once while none waits and the event loop hasn't been held for long. From then on the owners take turns, one
 * piece each: an owner with little work waits for one piece of each other, not for all of them. Light owners wait only for
 * light ones, and one that has begun continues while there is time, or each of its pieces would wait behind all newcomers;
 * but each round runs one heavy piece. @param clock in milliseconds
 */
export function createTurns(clock = () => performance.now()): Turns {
  const light: Ring = new Set();
  const heavy: Ring = new Set();
  let waiting = 0;
  /** When the first piece of this round of the event loop began; null before. */
  let begunAt: number | null = null;
  let isEnding = false;
  let hadHeavy = false;
  let isInPiece = false;

  function hasTime(): boolean {
    const now = clock();
    begunAt ??= now;
    if (!isEnding) {
      isEnding = true;
      setImmediate(endRound);
    }
    return now - begunAt < SLICE_MS;
  }

  /** Immediates set here run in the next round, after I/O, and the promises that each settles continue before the next. */
  function endRound(): void {
    if (!hadHeavy) doOne(heavy);
    hadHeavy = false;
    begunAt = null;
    isEnding = waiting > 0;
    if (!isEnding) return;
    for (let count = Math.min(waiting, BURST); count > 0; count -= 1) setImmediate(doNext);
    setImmediate(endRound);
  }

  function doNext(): void {
    if (waiting > 0 && hasTime()) doOne(light.size > 0 ? light : heavy);
  }

  function doOne(ring: Ring): void {
    const [queue] = ring;
    if (!queue) return;
    const [piece] = queue as Set<() => void>;
    queue.delete(piece!);
    ring.delete(queue);
    if (queue.size > 0) ring.add(queue);
    waiting -= 1;
    hadHeavy ||= ring === heavy;
    piece!();
  }

  /** Runs a piece up to its first wait. */
  function run<T>(work: () => T): T {
    const wasInPiece = isInPiece;
    isInPiece = true;
    try {
      return work();
    } finally {
      isInPiece = wasInPiece;
    }
  }

  return {
    of({ isGone = () => false, isLight = false, isPart = false } = {}) {
      let queue: Set<() => void> | null = null;
      const ring = isLight ? light : heavy;
      let hasBegun = false;
      const mayBegin = () => (isLight ? light.size === 0 || (hasBegun && !queue?.size) : waiting === 0);
      return <T>(work: () => T | Promise<T>): T | Promise<T> => {
        if (isGone()) return Promise.reject(new GoneError());
        if (isPart && isInPiece) return work();
        if (mayBegin() && hasTime()) {
          hasBegun = isLight;
          return run(work);
        }
        return new Promise<T>((resolve, reject) => {
          queue ??= new Set();
          queue.add(() => {
            if (isGone()) return reject(new GoneError());
            hasBegun = isLight;
            try {
              resolve(run(work));
            } catch (error) {
              reject(error);
            }
          });
          ring.add(queue);
          waiting += 1;
        });
      };
    },
  };
}
