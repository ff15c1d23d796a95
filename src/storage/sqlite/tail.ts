import type { LogEntry } from '../../domain/log-entry.js';

/**
 * The end of a log, shared by all who follow it: each new entry is read once however many wait for it, and none is kept
 * for a follower that is slow.
 */
export interface Tail {
  /** The log has entries up to this number. */
  advance(head: number): void;
  /** Entries after `after`, when the tail still has them; null when they must be read from the store. */
  since(after: number): readonly LogEntry[] | null;
  /** Resolves when the log goes beyond `after`, or the signal aborts. */
  beyond(after: number, signal: AbortSignal): Promise<void>;
  /** Counts followers: the tail hears of other processes' commits only while somebody follows. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface TailOptions {
  readonly read: (after: number, limit: number) => readonly SizedEntry[];
  readonly head: () => number;
  /** Starts to listen for other processes; returns how to stop. */
  readonly listen: (onRing: () => void) => () => void;
}

/** An entry and how long its image is, in characters of JSON. */
export interface SizedEntry {
  readonly entry: LogEntry;
  readonly size: number;
}

/** How many entries the tail keeps, and how long their images may be together: what is older is read from the store. */
const KEPT = 500;
const KEPT_CHARACTERS = 4_000_000;

export function createTail({ read, head: readHead, listen }: TailOptions): Tail {
  const waiters = new Set<{ readonly after: number; readonly wake: () => void }>();
  let kept: SizedEntry[] = [];
  let head = 0;
  let followers = 0;
  let stop: (() => void) | null = null;

  function advance(to: number): void {
    if (to <= head) return;
    head = to;
    for (const waiter of waiters) {
      if (waiter.after < head) waiter.wake();
    }
  }

  function look(): void {
    try {
      advance(readHead());
    } catch {
      // The store is being closed or can't be read now; who reads next is told.
    }
  }

  /** A log that was put back from a backup, say, is shorter than it was: what isn't there is waited for. */
  function lookAgain(): void {
    try {
      const now = readHead();
      if (now >= head) return;
      head = now;
      kept = [];
    } catch {
      // As above.
    }
  }

  /** Takes in what was appended since. */
  function fill(): void {
    const last = kept.at(-1)?.entry.seq ?? head - KEPT;
    if (last >= head) return;
    const from = Math.max(last, head - KEPT);
    const added = read(from, KEPT);
    kept = from === last ? [...kept, ...added] : [...added];
    let size = kept.reduce((sum, each) => sum + each.size, 0);
    let old = 0;
    for (; kept.length - old > KEPT || size > KEPT_CHARACTERS; old += 1) size -= kept[old]!.size;
    kept = kept.slice(old);
  }

  return {
    advance,
    since(after) {
      fill();
      const first = kept[0]?.entry.seq;
      if (first === undefined || after < first - 1) return null;
      return kept.filter(({ entry }) => entry.seq > after).map(({ entry }) => entry);
    },
    beyond(after, signal) {
      if (after < head) lookAgain();
      if (after < head || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(waiter);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const waiter = { after, wake };
        waiters.add(waiter);
        signal.addEventListener('abort', wake);
      });
    },
    join() {
      if (followers++ === 0) {
        stop = listen(look);
        look();
      }
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (--followers > 0) return;
        stop?.();
        kept = [];
      };
    },
    close() {
      stop?.();
      for (const { wake } of waiters) wake();
    },
  };
}
