import { nextTurn } from '../../util/async.js';
import { SLICE_MS } from '../index/time-slices.js';

/** Paces background work: other work goes first, unless someone waits for this. */
export interface Pace {
  /** Call between slices. Yields to the event loop; if that was busy, also rests for three times as long as the work took. */
  pause(): Promise<void>;
  /** Disables rests until the returned function is called, which is idempotent. */
  hurry(): () => void;
}

/** A turn of the event loop that takes longer than this, in ms, had other work: an idle one takes a tenth of it. */
const BUSY_MS = 0.2;
/** Paced work rests for this multiple of the time it took, so it uses a quarter of the time and few requests meet a slice. */
export const REST = 3;
/** The longest rest, in ms: the time since the last slice may have been spent waiting for something else. */
const LONGEST_REST_MS = 2 * REST * SLICE_MS;

/** @param yieldTurn yields to other work and resolves with how long that took, in ms. Left out: one turn of the event loop. */
export function createPace(yieldTurn: () => Promise<number> = yieldToLoop): Pace {
  let waiting = 0;
  let worksSince = performance.now();
  let endRest: (() => void) | null = null;

  function rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => endRest?.(), ms);
      endRest = () => {
        clearTimeout(timer);
        endRest = null;
        resolve();
      };
    });
  }

  return {
    async pause() {
      const worked = performance.now() - worksSince;
      const othersTook = await yieldTurn();
      if (othersTook > BUSY_MS && waiting === 0) await rest(Math.min(REST * worked, LONGEST_REST_MS));
      worksSince = performance.now();
    },
    hurry() {
      waiting += 1;
      endRest?.();
      let isOver = false;
      return () => {
        if (!isOver) waiting -= 1;
        isOver = true;
      };
    },
  };
}

async function yieldToLoop(): Promise<number> {
  const start = performance.now();
  await nextTurn();
  return performance.now() - start;
}
