import { performance } from 'node:perf_hooks';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often the process is checked for being idle, in ms. */
const CHECK_MS = 5_000;
/** A process that works less than this share of the time is idle: a pause of some 50 ms delays nobody. */
const IDLE_SHARE = 0.02;
/** Growth of the heap since the last collection, in bytes: less isn't worth a pause. */
const GROWTH = 96 * 1024 * 1024;

/**
 * Releases memory after a load. V8 collects garbage when it needs memory, and an idle process needs none: the garbage of a load
 * would stay for hours.
 */
export function collectWhenIdle(checkMs = CHECK_MS): void {
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
  }, checkMs).unref();
}
