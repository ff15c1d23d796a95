/** Counts what happens by name, and says when it is too much: a bucket each, which refills evenly. In memory of this process. */
export interface RateLimit {
  /**
   * Takes one from a bucket. An empty one stays as it is.
   * @returns 0 when there was one; else how long to wait for the next, in seconds, at least 1
   */
  take(name: string, perMinute: number): number;
}

interface Bucket {
  left: number;
  /** When it was filled up to `left`, on the clock's scale. */
  at: number;
}

const MINUTE_MS = 60_000;
/** Buckets that are kept. */
const MOST = 10_000;

/**
 * @param clock - in milliseconds, monotonic
 * @param most - beyond this the bucket that was used least recently is dropped: a stranger with many addresses can't fill the
 *   memory
 */
export function createRateLimit(clock: () => number = () => performance.now(), most = MOST): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(name, perMinute) {
      const at = clock();
      const known = buckets.get(name);
      const left = known ? Math.min(perMinute, known.left + ((at - known.at) * perMinute) / MINUTE_MS) : perMinute;
      const isEmpty = left < 1;
      const bucket = { left: isEmpty ? left : left - 1, at };
      // Moved to the end: the first is the one that was used least recently.
      buckets.delete(name);
      if (buckets.size >= most) buckets.delete(buckets.keys().next().value!);
      buckets.set(name, bucket);
      return isEmpty ? Math.ceil(((1 - left) * MINUTE_MS) / perMinute / 1_000) : 0;
    },
  };
}
