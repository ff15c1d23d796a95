/** How many entries of the log are replayed at a time: more, as long as that replays more of them a second. */
export interface PageSize {
  readonly entries: number;
  /** Learns from a page: how many entries it had, and how long it took, in ms. */
  learn(page: { readonly entries: number; readonly ms: number }): void;
}

/** Entries of a page at most, unless a batch is larger, and at least. */
export const MAX_PAGE_ENTRIES = 1_000;
const FEWEST = 10;
/** The first page has no more entries, however many a batch has: how long the target takes isn't known yet. */
const FIRST = 32;
/** A full page that took less, in ms, is followed by one that is twice as large. */
const QUICK_MS = 300;
/** One that took less, in ms, is so too, to try: much of what it took may be what any page takes. */
const SHORT_MS = 2_000;
/** One that took longer, in ms, is followed by a smaller one: stores give an import up that takes 10 seconds. */
const LONG_MS = 6_000;
/** A page that is twice as large has to replay this multiple of what the one before did in the same time. */
const GAIN = 1.2;
/** After a larger page that wasn't worth it, this many stay as they were before the next try. */
const PAGES_BETWEEN = 8;

/** It begins small, and grows to `batchSize` entries or `MAX_PAGE_ENTRIES`, whichever is more. */
export function createPageSize(batchSize: number): PageSize {
  const most = Math.max(MAX_PAGE_ENTRIES, batchSize);
  let size = Math.min(batchSize, FIRST);
  /** What the page replayed, in entries a ms, that the present one is twice as large as. */
  let before: number | null = null;
  let pagesLeft = 0;

  return {
    get entries() {
      return size;
    },
    learn({ entries, ms }) {
      if (ms > LONG_MS) size = Math.max(FEWEST, Math.min(size, entries) >> 1);
      if (ms > LONG_MS || entries < size) {
        before = null;
        return;
      }
      const rate = entries / Math.max(1, ms);
      const isQuick = ms < QUICK_MS;
      if (before !== null && !isQuick && rate < before * GAIN) {
        size = Math.max(FEWEST, size >> 1);
        before = null;
        pagesLeft = PAGES_BETWEEN;
      } else if (size < most && (isQuick || (ms < SHORT_MS && pagesLeft === 0))) {
        before = rate;
        size = Math.min(size * 2, most);
      } else {
        before = null;
        pagesLeft = Math.max(0, pagesLeft - 1);
      }
    },
  };
}
