import type { Store } from '../../storage/store.js';
import { meanwhile } from '../../util/async.js';
import type { RecordStream, StreamItem } from './record-stream.js';

/** How much is held at a time, in bytes of JSON: a memory's content alone may have a megabyte. */
const PAGE_BYTES = 8 * 1_048_576;
/** How many are read at once of what isn't known yet to be small. */
const FIRST_PAGE = 32;

/** How many items to read at a time: few when they are large, so that what is held stays the same. */
export interface PageLimit {
  items(): number;
  /** Learns from what was read. */
  saw(read: readonly ({ readonly bytes: number } | null)[]): void;
}

/** A limit of at most `most` items. It follows the largest of the last page, and at most doubles from page to page. */
export function createPageLimit(most: number): PageLimit {
  let items = Math.min(most, FIRST_PAGE);
  return {
    items: () => items,
    saw(read) {
      const largest = read.reduce((most, item) => Math.max(most, item?.bytes ?? 0), 1);
      items = Math.max(1, Math.min(most, items * 2, Math.floor(PAGE_BYTES / largest)));
    },
  };
}

/** A page of a stream; never empty. */
export interface StreamPage {
  readonly stream: RecordStream;
  readonly items: readonly StreamItem[];
}

/** All that a store has of these streams, page by page; of the first one, what comes after the key. */
export async function* pagesOf(
  store: Store,
  streams: readonly RecordStream[],
  from: string | null,
  most: number,
): AsyncGenerator<StreamPage> {
  let after = from;
  for (const stream of streams) {
    const limit = createPageLimit(most);
    for (;;) {
      const items = await stream.read(store, after, limit.items());
      if (items.length === 0) break;
      limit.saw(items);
      after = items.at(-1)!.key;
      yield { stream, items };
    }
    after = null;
  }
}

/** The keys in groups, each as large as may be held at once. What is read of a group tells how large the next may be. */
export async function* inGroups<T>(keys: readonly T[], limit: PageLimit): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < keys.length; ) {
    const group = keys.slice(start, start + limit.items());
    start += group.length;
    yield group;
  }
}

/** The same, with a rest before each page but the first is read. */
export async function* withRests<T>(
  pages: AsyncGenerator<T>,
  rest: (() => Promise<void>) | undefined,
): AsyncGenerator<T> {
  for await (const page of pages) {
    yield page;
    await rest?.();
  }
}

/** The same; while one takes long, work is done each time `everyMs` have passed. When this ends, however it does, none is under way. */
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

/** The same, read one ahead of what is asked for. */
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
 * Does work for each page and gives what came of it, in the order of the pages. A page's work begins when fewer than
 * `lanes` others' are under way. When this ends, however it does, none is.
 */
export async function* overlapping<T, R>(
  pages: AsyncGenerator<T>,
  work: (page: T) => Promise<R>,
  lanes: (page: T) => number,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  try {
    for await (const page of pages) {
      while (underWay.length >= lanes(page)) yield await underWay[0]!.finally(() => underWay.shift());
      const begun = work(page);
      // It is awaited later, and may fail before.
      begun.catch(() => {});
      underWay.push(begun);
    }
    while (underWay.length > 0) yield await underWay[0]!.finally(() => underWay.shift());
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** The streams from the one of this name on. */
export function streamsFrom(streams: readonly RecordStream[], name: string | undefined): readonly RecordStream[] {
  if (name === undefined) return streams;
  const index = streams.findIndex((stream) => stream.name === name);
  return index < 0 ? [] : streams.slice(index);
}
