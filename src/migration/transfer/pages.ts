import type { Store } from '../../storage/store.js';
import type { RecordStream, StreamItem } from './record-stream.js';

/** Bytes of JSON held at a time: one memory's content may be a megabyte. */
const PAGE_BYTES = 8 * 1_048_576;
/** Items of the first page, whose sizes aren't known yet. */
const FIRST_PAGE = 32;

/** What was read of a key: its size in bytes, or null where there is nothing. */
type Sized = { readonly bytes: number } | null;

/** How many items one read may take: few when they are large, so that the memory held stays the same. */
export interface PageLimit {
  items(): number;
  /** Adjusts the limit to the items of a page. */
  learn(read: readonly Sized[]): void;
}

/** A limit of at most `most` items. It follows the largest item of the last page, and at most doubles from page to page. */
export function createPageLimit(most: number): PageLimit {
  let items = Math.min(most, FIRST_PAGE);
  return {
    items: () => items,
    learn(read) {
      const largest = read.reduce((bytes, item) => Math.max(bytes, item?.bytes ?? 0), 1);
      items = Math.max(1, Math.min(most, items * 2, Math.floor(PAGE_BYTES / largest)));
    },
  };
}

/** A page of a stream; never empty. */
export interface StreamPage {
  readonly stream: RecordStream;
  readonly items: readonly StreamItem[];
}

/** Everything a store has of these streams, page by page; of the first stream, what comes after the key. */
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
      limit.learn(items);
      after = items.at(-1)!.key;
      yield { stream, items };
    }
    after = null;
  }
}

/** Keys that one read may take. */
export interface KeyGroup<T> {
  readonly keys: readonly T[];
  /** Sizes the next group by what was read of this one. */
  learn(read: readonly Sized[]): void;
}

/** Splits keys into groups whose items fit into memory. */
export function* inGroups<T>(keys: readonly T[]): Generator<KeyGroup<T>> {
  const { items, learn } = createPageLimit(Math.max(1, keys.length));
  for (let start = 0; start < keys.length; ) {
    const group = keys.slice(start, start + items());
    start += group.length;
    yield { keys: group, learn };
  }
}

/** The streams from the one of this name on; all of them when no name is given. */
export function streamsFrom(streams: readonly RecordStream[], name: string | undefined): readonly RecordStream[] {
  if (name === undefined) return streams;
  const index = streams.findIndex((stream) => stream.name === name);
  return index < 0 ? [] : streams.slice(index);
}
