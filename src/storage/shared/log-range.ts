import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import { isSamePosition, LOG_START, type LogPosition, positionAfter } from '../../domain/log-position.js';

/** Entries of a log that follow one on another, in memory. */
export interface Stretch {
  /** Where the first of them follows on. */
  readonly start: LogPosition;
  readonly entries: readonly SizedEntry[];
  /** After the last of them. */
  readonly end: LogPosition;
}

/** An entry and about how long its image is, in characters of JSON. */
export interface SizedEntry {
  readonly entry: LogEntry;
  readonly size: number;
}

/** How many entries are kept, and how long their images may be together: what is older is read from the store. */
export const KEPT = 500;
const KEPT_CHARACTERS = 4_000_000;

export const EMPTY_STRETCH = stretchAt(LOG_START);

/** The stretch of no entries at a position. */
export function stretchAt(position: LogPosition): Stretch {
  return { start: position, entries: [], end: position };
}

/** The entries after a position; null when it isn't in the stretch. */
export function entriesSince({ start, entries, end }: Stretch, position: LogPosition): readonly LogEntry[] | null {
  if (isSamePosition(position, end)) return [];
  if (isSamePosition(position, start)) return entries.map(({ entry }) => entry);
  const index = entries.findLastIndex(({ entry }) => entry.seq === position.seq);
  const isIn = index >= 0 && isSamePosition(positionAfter(entries[index]!.entry), position);
  return isIn ? entries.slice(index + 1).map(({ entry }) => entry) : null;
}

/**
 * The stretch with entries that follow on its end, without those that are too old to be kept, and without images of records
 * that were purged.
 */
export function lengthened({ start, entries, end }: Stretch, added: readonly SizedEntry[]): Stretch {
  const last = added.at(-1);
  const all = afterPurges(entries, added);
  let first = all.length;
  for (let size = 0; first > 0 && all.length - first < KEPT; first -= 1) {
    size += all[first - 1]!.size;
    if (size > KEPT_CHARACTERS) break;
  }
  return {
    start: first > 0 ? positionAfter(all[first - 1]!.entry) : start,
    entries: all.slice(first),
    end: last ? positionAfter(last.entry) : end,
  };
}

function afterPurges(entries: readonly SizedEntry[], added: readonly SizedEntry[]): readonly SizedEntry[] {
  const all = [...entries, ...added];
  if (!added.some(({ entry }) => entry.operation === 'PURGE')) return all;
  const kept = withoutErased(
    all.map(({ entry }) => entry),
    0,
  );
  return all.map(({ size }, index) => ({ entry: kept[index]!, size }));
}
