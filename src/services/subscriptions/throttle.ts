import { delay } from '../../util/async.js';

/**
 * The events of a source, at most one per `paceMs` milliseconds: one that comes sooner replaces the one that waits, if it
 * may. The last one is always yielded.
 * @param canReplace whether the newer event makes the older one redundant
 */
export async function* throttle<T>(
  source: AsyncIterator<T>,
  paceMs: number,
  canReplace: (newer: T, older: T) => boolean,
): AsyncGenerator<T> {
  let last = Number.NEGATIVE_INFINITY;
  let upcoming = take(source);
  for (;;) {
    const next = await upcoming;
    if (next.done) return;
    let event = next.value;
    upcoming = take(source);
    const wait = last + paceMs - performance.now();
    if (wait > 0) {
      const isDue = delay(wait);
      for (;;) {
        const newer = await Promise.race([upcoming, isDue]);
        if (typeof newer === 'boolean') break;
        if (newer.done || !canReplace(newer.value, event)) {
          await isDue;
          break;
        }
        event = newer.value;
        upcoming = take(source);
      }
    }
    last = performance.now();
    yield event;
  }
}

/** The next event. It may be rejected before it is awaited. */
function take<T>(source: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = source.next();
  next.catch(() => undefined);
  return next;
}
