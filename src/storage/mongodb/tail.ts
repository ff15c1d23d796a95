import type { LogEntry } from '../../domain/log-entry.js';
import { roughSize } from './recent.js';

/**
 * The end of a log, shared by all who follow it: each new entry is read once however many wait for it, and none is kept
 * for a follower that is slow.
 */
export interface Tail {
  /** The log has entries up to this number. */
  advance(head: number): void;
  /** Whether the log is known to go beyond `after`. */
  isBeyond(after: number): boolean;
  /** Entries after `after`, when the tail has them; null when they must be read from the store. */
  since(after: number): Promise<readonly LogEntry[] | null>;
  /** Resolves when the log goes beyond `after`, the signal aborts or the tail is closed. */
  beyond(after: number, signal: AbortSignal): Promise<void>;
  /** Counts followers: the tail hears of other processes' commits only while somebody follows. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface TailOptions {
  readonly read: (after: number, limit: number) => Promise<readonly LogEntry[]>;
  /** Starts to listen for other processes; returns how to stop. */
  readonly listen: (onHead: (seq: number) => void) => () => void;
}

/** How many entries the tail keeps, and how long their images may be together: what is older is read from the store. */
const KEPT = 500;
const KEPT_CHARACTERS = 4_000_000;

export function createTail({ read, listen }: TailOptions): Tail {
  const waiters = new Set<{ readonly after: number; readonly wake: () => void }>();
  let kept: readonly LogEntry[] = [];
  let head = 0;
  let followers = 0;
  let stop: (() => void) | null = null;
  let filling: Promise<void> | null = null;
  let isClosed = false;

  function advance(to: number): void {
    if (to <= head) return;
    head = to;
    for (const { after, wake } of waiters) if (after < head) wake();
  }

  /** Takes in what was appended since. All who wait share one read. */
  async function fill(): Promise<void> {
    const last = kept.at(-1)?.seq ?? head - KEPT;
    if (last >= head) return;
    const from = Math.max(last, head - KEPT);
    const added = await read(from, KEPT);
    const all = from === last ? [...kept, ...added] : added;
    let size = 0;
    let first = all.length;
    for (; first > 0 && all.length - first < KEPT; first -= 1) {
      size += roughSize(all[first - 1]!.before, KEPT_CHARACTERS);
      if (size > KEPT_CHARACTERS) break;
    }
    kept = all.slice(first);
  }

  return {
    advance,
    isBeyond: (after) => after < head,
    async since(after) {
      if (after >= head) return [];
      filling ??= fill().finally(() => {
        filling = null;
      });
      await filling;
      const first = kept[0]?.seq;
      if (first === undefined || after < first - 1) return null;
      return kept.filter(({ seq }) => seq > after);
    },
    beyond(after, signal) {
      if (after < head || signal.aborted || isClosed) return Promise.resolve();
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
      if (followers++ === 0) stop = listen(advance);
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
      isClosed = true;
      stop?.();
      for (const { wake } of waiters) wake();
    },
  };
}
