import { erasesTexts } from '../../domain/log-entry.js';
import { LOG_START, type LogPosition, LogReplacedError, positionAfter } from '../../domain/log-position.js';
import type { PolledIterator } from '../../util/polled.js';
import type { ChangeEvent } from './change-event.js';
import { createChangePages, type FollowedStore } from './change-pages.js';
import { type FollowedLog, followLog } from './follower.js';
import { cursorAt } from './log-cursor.js';
import { createWaitQueue } from './wait-queue.js';

/** A log with many followers: it is read once for all of them, and each keeps only its own position. */
export interface ChangeFeed {
  /**
   * Changes after this position, then live ones. Ending it takes effect at once, even while it waits.
   * @throws LogReplacedError once the log was replaced by one without the last change
   */
  follow(after: LogPosition): PolledIterator<ChangeEvent>;
  /** Ends it for all followers: each gets the remaining changes, then this last change, unless it is null. */
  end(last: ChangeEvent | null): Promise<void>;
  /** Continues from another store that has the same log and more: its project has moved there. No follower misses a change. */
  moveTo(source: FollowedStore): void;
  /** Ends it for all with an error. */
  fail(error: unknown): void;
  isOver(): boolean;
}

/** What a feed follows. */
export interface ChangeFeedOptions extends FollowedStore {
  /** Names the log in its cursors. */
  readonly name: string;
  /** Called when the last follower has left, or the feed has ended. */
  readonly onIdle: () => void;
}

export function createChangeFeed({ name, onIdle, ...first }: ChangeFeedOptions): ChangeFeed {
  const pages = createChangePages(name, first);
  const waiting = createWaitQueue();
  let followers = 0;
  let watching = new AbortController();
  let head = LOG_START;
  /** Counts how often the log was found to be replaced. */
  let round = 0;
  let over: { readonly last: ChangeEvent | null } | { readonly error: unknown } | null = null;
  let lastShown: ChangeEvent | null = null;

  // — tailing the log, once for all —

  async function watch(): Promise<void> {
    const { store } = pages.source();
    const listening = watching;
    try {
      advance(await store.log.head());
      for await (const entries of store.log.follow(head, listening.signal)) {
        // What was purged or redacted must not stay in memory.
        if (entries.some(erasesTexts)) pages.clear();
        advance(positionAfter(entries.at(-1)!));
      }
    } catch (error) {
      if (listening !== watching) return;
      if (!(error instanceof LogReplacedError)) throw error;
      startOver();
      return;
    }
    if (listening === watching) finish({ last: null });
  }

  function listen(): void {
    watching = new AbortController();
    watch().catch((error: unknown) => finish({ error }));
  }

  /** The log was replaced: each follower continues in it if it has the entry that the follower read last. */
  function startOver(): void {
    round += 1;
    head = LOG_START;
    pages.clear();
    listen();
    waiting.wakeAll();
  }

  function moveTo(next: FollowedStore): void {
    if (over || next.store === pages.source().store) return;
    pages.moveTo(next);
    watching.abort();
    listen();
  }

  function advance({ seq, mark }: LogPosition): void {
    if (seq > head.seq) head = { seq, mark };
    waiting.wakeAll();
  }

  /** Commits from before the end may not have been read yet; if the store doesn't answer, the feed ends without them. */
  async function end(last: ChangeEvent | null): Promise<void> {
    const now = await pages
      .source()
      .store.log.head()
      .catch(() => head);
    if (!over) advance(now);
    finish({ last });
  }

  function finish(how: { readonly last: ChangeEvent | null } | { readonly error: unknown }): void {
    if (over) return;
    over = how;
    watching.abort();
    waiting.wakeAll();
    onIdle();
  }

  /**
   * The last change with the cursor before it, the same object for all followers at a position; null when there is none.
   * @throws the error with which the feed failed
   */
  function lastAt(position: LogPosition): ChangeEvent | null {
    if (over && 'error' in over) throw over.error;
    if (!over?.last) return null;
    const cursor = cursorAt(name, position);
    if (lastShown?.cursor !== cursor) lastShown = { ...over.last, cursor };
    return lastShown;
  }

  // — following —

  const log: FollowedLog = {
    pages,
    waiting,
    head: () => head,
    round: () => round,
    isOver: () => over !== null,
    lastAt,
  };

  function follow(after: LogPosition): PolledIterator<ChangeEvent> {
    followers += 1;
    return followLog(log, after, () => {
      followers -= 1;
      if (followers === 0) finish({ last: null });
    });
  }

  listen();
  return {
    follow,
    moveTo,
    end,
    fail: (error) => finish({ error }),
    isOver: log.isOver,
  };
}
