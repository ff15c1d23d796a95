import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import { isSamePosition, LOG_START, type LogPosition, positionAfter } from '../../domain/log-position.js';

/** Consecutive entries of a log, in memory. */
export interface LogRange {
  /** The position that the first of them follows. */
  readonly start: LogPosition;
  readonly entries: readonly SizedEntry[];
  /** After the last of them. */
  readonly end: LogPosition;
}

/** An entry and roughly how long its image is, in characters of JSON. */
export interface SizedEntry {
  readonly entry: LogEntry;
  readonly size: number;
}

/** Limits of the entries kept, and of their images together: older ones are read from the store. */
export const MAX_KEPT = 500;
export const MAX_CHARACTERS = 4_000_000;

export const EMPTY_RANGE = emptyRangeAt(LOG_START);

/** The range of no entries at a position. */
export function emptyRangeAt(position: LogPosition): LogRange {
  return { start: position, entries: [], end: position };
}

/** The entries after a position; null when the position isn't in the range. */
export function entriesSince({ start, entries, end }: LogRange, position: LogPosition): readonly LogEntry[] | null {
  if (isSamePosition(position, end)) return [];
  if (isSamePosition(position, start)) return entries.map(({ entry }) => entry);
  const index = entries.findLastIndex(({ entry }) => entry.seq === position.seq);
  const isIn = index >= 0 && isSamePosition(positionAfter(entries[index]!.entry), position);
  return isIn ? entries.slice(index + 1).map(({ entry }) => entry) : null;
}

/** The range with entries that follow its end, without those too old to keep, and without images of purged records. */
export function extended({ start, entries, end }: LogRange, added: readonly SizedEntry[]): LogRange {
  const last = added.at(-1);
  const all = afterPurges(entries, added);
  let first = all.length;
  for (let size = 0; first > 0 && all.length - first < MAX_KEPT; first -= 1) {
    size += all[first - 1]!.size;
    if (size > MAX_CHARACTERS) break;
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
