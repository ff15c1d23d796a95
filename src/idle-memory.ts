import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often it is looked whether the process is idle, in ms. */
const LOOK_MS = 5_000;
/** Idle is who works less than this share of the time: then a pause of some 50 ms holds up nobody. */
const IDLE_SHARE = 0.02;
/** What the heap must have grown by since it was last collected, in bytes: less isn't worth a pause. */
const GROWTH = 96 * 1024 * 1024;

/**
 * Gives memory back after a load. V8 collects garbage when it needs room, and an idle process needs none: what a load left
 * would stay for hours.
 */
export function giveBackWhenIdle(lookMs = LOOK_MS): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  let before = performance.eventLoopUtilization();
  let kept = getHeapStatistics().total_heap_size;
  setInterval(() => {
    const { utilization } = performance.eventLoopUtilization(before);
    before = performance.eventLoopUtilization();
    if (utilization >= IDLE_SHARE || getHeapStatistics().total_heap_size < kept + GROWTH) return;
    collect();
    kept = getHeapStatistics().total_heap_size;
  }, lookMs).unref();
}
