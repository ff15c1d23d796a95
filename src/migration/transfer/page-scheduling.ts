import { meanwhile } from '../../util/async.js';

/** When pages are read and processed: with rests between them, one ahead, or several at a time. */

/** The same pages, with a rest before each one but the first is read. */
export async function* withRests<T>(
  pages: AsyncGenerator<T>,
  rest: (() => Promise<void>) | undefined,
): AsyncGenerator<T> {
  for await (const page of pages) {
    yield page;
    await rest?.();
  }
}

/**
 * The same pages; while one is awaited, `work` runs every `everyMs`. However this generator ends, no work is running
 * afterwards.
 */
export async function* whileWaiting<T>(
  pages: AsyncGenerator<T>,
  work: () => Promise<void>,
  everyMs: number,
): AsyncGenerator<T> {
  let next = pages.next();
  try {
    for (;;) {
      const { done, value } = await meanwhile(next, work, everyMs);
      if (done) return;
      yield value;
      next = pages.next();
    }
  } finally {
    await next.catch(() => {});
    await pages.return(undefined);
  }
}

/** The same pages, each read while the one before is processed. */
export async function* readAhead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  const read = () => {
    const next = pages.next();
    // It is awaited later, and may fail before.
    next.catch(() => {});
    return next;
  };
  let next = read();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = read();
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await pages.return(undefined);
  }
}

/**
 * Yields the result of the work on each page, in the order of the pages. A page's work starts when fewer than `lanes`
 * others are running. However this generator ends, none is running afterwards.
 */
export async function* overlapping<T, R>(
  pages: AsyncGenerator<T>,
  work: (page: T) => Promise<R>,
  lanes: (page: T) => number,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  try {
    for await (const page of pages) {
      while (running.length >= lanes(page)) yield await running[0]!.finally(() => running.shift());
      const started = work(page);
      // It is awaited later, and may fail before.
      started.catch(() => {});
      running.push(started);
    }
    while (running.length > 0) yield await running[0]!.finally(() => running.shift());
  } finally {
    await Promise.allSettled(running);
  }
}
