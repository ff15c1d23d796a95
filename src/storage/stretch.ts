import type { LogEntry } from '../domain/log-entry.js';
import { isSamePosition, LOG_START, type LogPosition, positionAfter } from '../domain/log-position.js';

/** Entries of a log that follow one on another, in memory. */
export interface Stretch {
  /** Where the first of them follows on. */
  readonly start: LogPosition;
  readonly entries: readonly SizedEntry[];
}

/** An entry and about how long its image is, in characters of JSON. */
export interface SizedEntry {
  readonly entry: LogEntry;
  readonly size: number;
}

/** How many entries are kept, and how long their images may be together: what is older is read from the store. */
export const KEPT = 500;
const KEPT_CHARACTERS = 4_000_000;

export const EMPTY_STRETCH: Stretch = { start: LOG_START, entries: [] };

export function endOfStretch({ start, entries }: Stretch): LogPosition {
  const last = entries.at(-1);
  return last ? positionAfter(last.entry) : start;
}

/** The entries after a position; null when it isn't in the stretch. */
export function entriesSince({ start, entries }: Stretch, position: LogPosition): readonly LogEntry[] | null {
  const index = isSamePosition(start, position) ? -1 : entries.findLastIndex(({ entry }) => entry.seq === position.seq);
  const isIn =
    index >= 0 ? isSamePosition(positionAfter(entries[index]!.entry), position) : isSamePosition(start, position);
  return isIn ? entries.slice(index + 1).map(({ entry }) => entry) : null;
}

/** The stretch with entries that follow on its end, without those that are too old to be kept. */
export function lengthened({ start, entries }: Stretch, added: readonly SizedEntry[]): Stretch {
  const all = [...entries, ...added];
  let first = all.length;
  for (let size = 0; first > 0 && all.length - first < KEPT; first -= 1) {
    size += all[first - 1]!.size;
    if (size > KEPT_CHARACTERS) break;
  }
  return { start: first > 0 ? positionAfter(all[first - 1]!.entry) : start, entries: all.slice(first) };
}
