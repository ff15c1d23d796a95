/** The number of log entries replayed at a time: it grows as long as that replays more of them a second. */
export interface PageSize {
  readonly entries: number;
  /** Learns from a page: its number of entries, and how long it took, in ms. */
  learn(page: { readonly entries: number; readonly ms: number }): void;
}

/** The most entries of a page, unless a batch is larger, and the fewest. */
export const MAX_PAGE_ENTRIES = 1_000;
const FEWEST = 10;
/** The most entries of the first page, whatever the batch size: the target's speed isn't known yet. */
const FIRST = 32;
/** A full page that took less than this, in ms, is followed by one twice as large. */
const QUICK_MS = 300;
/** One that took less than this, in ms, is too, as a trial: most of its time may be what any page takes. */
const SHORT_MS = 2_000;
/** One that took longer than this, in ms, is followed by a smaller one: stores abort an import after 10 seconds. */
const LONG_MS = 6_000;
/** The factor by which a page twice as large must raise the rate. */
const GAIN = 1.2;
/** Pages between a larger page that wasn't worth it and the next trial. */
const PAGES_BETWEEN = 8;

/** Starts small, and grows to `batchSize` entries or `MAX_PAGE_ENTRIES`, whichever is more. */
export function createPageSize(batchSize: number): PageSize {
  const most = Math.max(MAX_PAGE_ENTRIES, batchSize);
  let size = Math.min(batchSize, FIRST);
  /** The rate of the page before it was doubled, in entries a ms; null when it wasn't. */
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
