import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import {
  isSamePosition,
  LOG_START,
  type LogPosition,
  LogReplacedError,
  positionAfter,
} from '../../domain/log-position.js';

/**
 * The end of a log, shared by its followers: each new entry is read once however many wait for it, and none is kept for a
 * slow follower.
 */
export interface LogTail {
  /** The log reaches at least this number: somebody appended to it. */
  advance(seq: number): void;
  /** The log was found to end at this number, so it may be shorter than before, or another log. */
  found(seq: number): void;
  /** Where the log ended when it was last read. */
  end(): LogPosition;
  /** Whether the log is known to reach beyond a position. */
  isBeyond(position: LogPosition): boolean;
  /** Entries after a position if the tail has them; null when only the store can say, also whether it holds the position. */
  since(position: LogPosition): Promise<readonly LogEntry[] | null>;
  /** Resolves when the log may end elsewhere than when it was last read, the signal aborts or the tail is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts a follower; other processes' commits are listened for while there is one. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface LogTailOptions {
  readonly readEnd: () => LogPosition | Promise<LogPosition>;
  /** @throws LogReplacedError when the log doesn't hold the position */
  readonly readAfter: (position: LogPosition, limit: number) => readonly SizedEntry[] | Promise<readonly SizedEntry[]>;
  /** Starts listening for other processes' commits, which it reports to the tail. Returns how to stop. */
  readonly listen: (tail: LogTail) => () => void;
  /** Whether an entry may be announced before it can be read; left out, what can't be read doesn't exist. */
  readonly canLag?: boolean;
}

export function createLogTail({ readEnd, readAfter, listen, canLag = false }: LogTailOptions): LogTail {
  let kept: LogRange = EMPTY_RANGE;
  /** How far the log is said to reach. */
  let announced = 0;
  let filling: Promise<void> | null = null;
  const followers = createLogFollowers({
    listen: () => listen(tail),
    onIdle() {
      kept = EMPTY_RANGE;
    },
  });

  function found(seq: number): void {
    announced = seq;
    followers.notify();
  }

  /** Reads what was appended since. When the log doesn't continue from where it ended, nothing is kept of it. */
  async function fill(): Promise<void> {
    followers.caughtUp();
    const { end } = kept;
    try {
      if (kept === EMPTY_RANGE || announced - end.seq > MAX_KEPT) await startOver();
      else {
        const added = await readAfter(end, MAX_KEPT);
        kept = extended(kept, added);
        // Another process may have appended more than is read at once.
        if (added.length === MAX_KEPT) followers.notify();
      }
    } catch (error) {
      if (!(error instanceof LogReplacedError)) {
        followers.notify();
        throw error;
      }
      await startOver();
    }
    if (announced <= kept.end.seq) return;
    if (canLag) followers.notify();
    else announced = kept.end.seq;
  }

  async function startOver(): Promise<void> {
    kept = EMPTY_RANGE;
    kept = emptyRangeAt(await readEnd());
  }

  const tail: LogTail = {
    advance(seq) {
      if (seq > announced) found(seq);
    },
    found,
    end: () => kept.end,
    isBeyond: ({ seq }) => seq < announced,
    async since(position) {
      if (followers.hasNews()) {
        filling ??= fill().finally(() => {
          filling = null;
        });
      }
      await filling;
      return entriesSince(kept, position);
    },
    next: followers.next,
    join: followers.join,
    close: followers.close,
  };
  return tail;
}

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
const MAX_KEPT = 500;
export const MAX_CHARACTERS = 4_000_000;

export const EMPTY_RANGE = emptyRangeAt(LOG_START);

/** The range of no entries at a position. */
function emptyRangeAt(position: LogPosition): LogRange {
  return { start: position, entries: [], end: position };
}

/** The entries after a position; null when the position isn't in the range. */
function entriesSince({ start, entries, end }: LogRange, position: LogPosition): readonly LogEntry[] | null {
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

/** The followers of a log, and whether its end has moved since it was last read. */
export interface LogFollowers {
  /** The log may end elsewhere than when it was last read: wakes all who wait. */
  notify(): void;
  /** Whether that was notified since the last `caughtUp`; true before the first. */
  hasNews(): boolean;
  /** The log is being read up to its end. */
  caughtUp(): void;
  /** Resolves when there is news, the signal aborts or it is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts a follower; the first one starts the listening, the last to leave stops it. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface LogFollowersOptions {
  /** Starts listening for other processes; returns how to stop. */
  readonly listen: () => () => void;
  /** Called when the last has left. From then on there is news. */
  readonly onIdle: () => void;
}

function createLogFollowers({ listen, onIdle }: LogFollowersOptions): LogFollowers {
  const waiters = new Set<() => void>();
  let count = 0;
  let hasNews = true;
  let isClosed = false;
  let stop: (() => void) | null = null;

  function wakeAll(): void {
    for (const wake of waiters) wake();
  }

  return {
    notify() {
      hasNews = true;
      wakeAll();
    },
    hasNews: () => hasNews,
    caughtUp() {
      hasNews = false;
    },
    next(signal) {
      if (hasNews || signal.aborted || isClosed) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiters.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    join() {
      if (count++ === 0) stop = listen();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (--count > 0) return;
        stop?.();
        hasNews = true;
        onIdle();
      };
    },
    close() {
      isClosed = true;
      stop?.();
      wakeAll();
    },
  };
}
