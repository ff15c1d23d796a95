import type { LogHeader } from '../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { Log, LogImage, LogQuery } from '../../storage/store.js';
import type { Turn } from '../../util/turn.js';

/** Entries of which one page reads the headers, at most, and at a time. */
export const MOST_HEADERS = 10_000;
const HEADERS_AT_ONCE = 1_000;
/** Reads of images that one page makes, at most. Each is a page of `PAGE_BYTES`. */
const MOST_IMAGE_READS = 8;

/** A part of a log, in the order in which it is read. */
export interface ReadRange extends Pick<LogQuery, 'recordId' | 'requestId' | 'direction'> {
  /** Sequence numbers, exclusive. */
  readonly after: number;
  readonly before: number;
}

/** Which entries are wanted: first by what is cheap to read. `accept`: null when the entry isn't wanted after all. */
export interface WantedEntries<T> {
  readonly passes: (header: LogHeader) => boolean;
  readonly accept: (image: LogImage) => T | null;
}

export interface FoundEntries<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  /** The last entry that was read, or of which an item was found if there are more; null: none. */
  readonly end: LogPosition | null;
}

/** Reads up to `limit` wanted entries. Its work is bounded: it may end early, and then has more. */
export async function readLog<T>(
  log: Log,
  range: ReadRange,
  { passes, accept }: WantedEntries<T>,
  limit: number,
  turn: Turn,
): Promise<FoundEntries<T>> {
  const items: T[] = [];
  let end = null as LogHeader | null;
  let imageReads = 0;
  for (let read = 0, size = limit + 1; read < MOST_HEADERS; size = Math.min(2 * size, HEADERS_AT_ONCE)) {
    const after = end?.seq ?? range.after;
    const headers: readonly LogHeader[] = await turn(() => log.listHeaders({ ...range, after, limit: size }));
    read += headers.length;
    for (let seqs = headers.filter(passes).map(({ seq }) => seq); seqs.length > 0; ) {
      if (imageReads === MOST_IMAGE_READS) return { items, hasMore: true, end: end && positionAfter(end) };
      imageReads += 1;
      // One more than there is room for: it says whether there is more.
      const wanted = seqs.slice(0, limit + 1 - items.length);
      const { direction } = range;
      const images = await turn(() => log.list({ seqs: wanted, direction, limit: wanted.length }));
      for (const image of images.items) {
        const item = accept(image);
        if (item !== null && items.length === limit) return { items, hasMore: true, end: end && positionAfter(end) };
        if (item !== null) items.push(item);
        end = image.entry;
      }
      const last = images.items.at(-1)?.entry.seq;
      // The log was replaced meanwhile by one that lacks them.
      if (last === undefined) break;
      seqs = seqs.slice(seqs.indexOf(last) + 1);
    }
    end = headers.at(-1) ?? end;
    if (headers.length < size) return { items, hasMore: false, end: end && positionAfter(end) };
  }
  return { items, hasMore: true, end: end && positionAfter(end) };
}
