import { GoneError, type Turns } from '../domain/turn.js';

/** How long pieces may follow each other before other connections are heard, in ms. One piece may take longer. */
const SLICE_MS = 10;
/** The most pieces that are begun in one round of the event loop. */
const BURST = 128;

/**
 * Pieces are done at once while none waits and the event loop hasn't been kept for long. From then on requests do one
 * piece each in turn: one that has little to do waits for a piece of each other, not for all of them.
 */
export function createTurns(): Turns {
  /** Of each request the pieces that wait; the next one's first. */
  const ring = new Set<Set<() => void>>();
  let waiting = 0;
  /** When the first piece of this round of the event loop began; null before. */
  let begunAt: number | null = null;
  let isEnding = false;

  function hasTime(): boolean {
    const now = performance.now();
    begunAt ??= now;
    if (!isEnding) {
      isEnding = true;
      setImmediate(endRound);
    }
    return now - begunAt < SLICE_MS;
  }

  /** Immediates that are set here run in the next round, after I/O, and what each has settled goes on before the next. */
  function endRound(): void {
    begunAt = null;
    isEnding = waiting > 0;
    if (!isEnding) return;
    for (let count = Math.min(waiting, BURST); count > 0; count -= 1) setImmediate(doNext);
    setImmediate(endRound);
  }

  function doNext(): void {
    const [queue] = ring;
    if (!queue || !hasTime()) return;
    const [piece] = queue as Set<() => void>;
    queue.delete(piece!);
    ring.delete(queue);
    if (queue.size > 0) ring.add(queue);
    waiting -= 1;
    piece!();
  }

  return {
    of(isGone = () => false) {
      const queue = new Set<() => void>();
      return <T>(work: () => T | Promise<T>): T | Promise<T> => {
        if (waiting === 0 && hasTime()) return work();
        return new Promise<T>((resolve, reject) => {
          queue.add(() => {
            if (isGone()) return reject(new GoneError());
            try {
              resolve(work());
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
