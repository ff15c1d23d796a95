import { setTimeout as delay } from 'node:timers/promises';

/**
 * What a source gives, no faster than once in so many milliseconds: what comes sooner takes the place of what waits, if
 * that may be left out. The last one is never left out.
 * @param canReplace whether the newer one says all that the older one does
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
      const isDue = delay(wait, null);
      for (;;) {
        const newer = await Promise.race([upcoming, isDue]);
        if (newer === null) break;
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

/** What comes next. It may fail before anybody asks how it went. */
function take<T>(source: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = source.next();
  next.catch(() => undefined);
  return next;
}
