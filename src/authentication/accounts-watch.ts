import { isSamePosition, LOG_START, type LogPosition, positionAfter } from '../domain/log-position.js';
import { mayChangeRights } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import { delay } from '../util/async.js';

/** Says whether what was read of users, roles, grants and keys is still current, whichever process changes them. */
export interface AccountsWatch {
  /** Counts their changes. What was read under an earlier number may be stale. */
  generation(): number;
  /** Whether the end of the log was confirmed within the last second. */
  isCurrent(): boolean;
  /** Confirms it, with one read for all that wait, and counts a change if the log has moved on unnoticed. @throws StoreError */
  confirm(): Promise<void>;
  /** Counts a change: for this process's own, right after its commit. */
  changed(): void;
  /** Calls back after each change. */
  onChange(listener: () => void): void;
  /** Stops following the log. */
  close(): Promise<void>;
}

/** How old the confirmation may be that the log has no more than was followed, in milliseconds. */
const CONFIRMED_FOR_MS = 1_000;
/** How long until the log is followed again after that failed, in milliseconds. */
const RETRY_MS = 500;

/**
 * Follows the log of a catalog's store, which announces changes within milliseconds. That alone isn't relied on: every second
 * in which somebody asks, the log's end is compared with what was followed.
 * @param clock - in milliseconds, monotonic
 */
export function createAccountsWatch(store: Store, clock: () => number = () => performance.now()): AccountsWatch {
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let generation = 1;
  /** The last entry that was taken into account; null before the first look. */
  let seen: LogPosition | null = null;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let confirming: Promise<void> | null = null;
  let following: Promise<void> | null = null;

  function changed(): void {
    generation += 1;
    for (const listener of listeners) listener();
  }

  /** The confirmation dates from before the read, which doesn't see what is written after it began. */
  async function readHead(): Promise<void> {
    const at = clock();
    const before = seen;
    const { seq, mark } = await store.log.head();
    const head = { seq, mark };
    // The follower may have read on meanwhile.
    const isMissed = seen === before ? !before || !isSamePosition(head, before) : seq > (seen?.seq ?? 0);
    confirmedAt = at;
    if (!isMissed) return;
    seen = head;
    changed();
    following ??= follow(head);
  }

  async function follow(from: LogPosition): Promise<void> {
    let position = from;
    while (!closing.signal.aborted) {
      try {
        for await (const entries of store.log.follow(position, closing.signal)) {
          position = positionAfter(entries.at(-1)!);
          // Those up to the last confirmation were taken into account by it.
          const { seq: known } = seen ?? LOG_START;
          if (position.seq > known) seen = position;
          if (entries.some((entry) => entry.seq > known && mayChangeRights(entry))) changed();
        }
        return;
      } catch {
        // The log was replaced, or can't be read: what was read before may be wrong.
        confirmedAt = Number.NEGATIVE_INFINITY;
        changed();
        await delay(RETRY_MS, { signal: closing.signal, ref: false });
        position = await store.log.head().catch(() => position);
      }
    }
  }

  return {
    generation: () => generation,
    isCurrent: () => clock() - confirmedAt <= CONFIRMED_FOR_MS,
    confirm() {
      confirming ??= readHead().finally(() => {
        confirming = null;
      });
      return confirming;
    },
    changed,
    onChange: (listener) => void listeners.add(listener),
    async close() {
      closing.abort();
      await following;
    },
  };
}
