import { nextTurn } from '../../util/async.js';
import { SLICE_MS } from '../index/time-slices.js';

/** How fast work in the background goes on: others' work comes first, as long as nobody waits for this. */
export interface Pace {
  /** Between two slices: lets everybody else have a turn. Where others use it, it rests three times as long as it worked. */
  pause(): Promise<void>;
  /** While somebody waits for the work it takes no rest. Returns how to end that; calling it again does nothing. */
  hurry(): () => void;
}

/** Others had work when a round of the event loop takes longer than this, in ms: one in which nothing is done takes a tenth of it. */
const BUSY_MS = 0.2;
/**
 * Work at leisure rests for this multiple of the time that it took: it has a fourth of the time, and who asks for one thing
 * after another meets a slice with few of them.
 */
export const REST = 3;
/** The longest rest, in ms: what came after a slice may have waited for something else. */
const LONGEST_REST_MS = 2 * REST * SLICE_MS;

/** @param round lets others have their turn, and resolves with how long that took, in ms. Left out: a round of the event loop. */
export function createPace(round: () => Promise<number> = roundOfLoop): Pace {
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
      const othersTook = await round();
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

async function roundOfLoop(): Promise<number> {
  const start = performance.now();
  await nextTurn();
  return performance.now() - start;
}
