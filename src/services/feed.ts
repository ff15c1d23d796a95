import { setTimeout as delay } from 'node:timers/promises';
import {
  isSamePosition,
  LOG_START,
  type LogPosition,
  LogReplacedError,
  positionAfter,
} from '../domain/log-position.js';
import { type Change, createChangePages, type FeedPlace } from './change-pages.js';
import { interruptible } from './interruptible.js';
import { cursorAt } from './position.js';

/** A log that many follow: it is read once for all of them, and each keeps only its own position. */
export interface Feed {
  /**
   * Changes after this position, then those to come. `return()` ends it at once, even while it waits.
   * @throws LogReplacedError once the log is another than the one that the last change was read from
   */
  follow(after: LogPosition): AsyncIterableIterator<Change>;
  /** Ends it for all: each gets what is left, then this last change if there is one. */
  end(last: Change | null): Promise<void>;
  /** Goes on from another store that has the same log, and more: its project has moved there. Nobody misses anything. */
  moveTo(place: FeedPlace): void;
  /** Ends it for all with an error. */
  fail(error: unknown): void;
  isOver(): boolean;
}

/** What a feed is made of. */
export interface FeedSource extends FeedPlace {
  /** Names the log in its cursors. */
  readonly name: string;
  /** Called when the last follower has left, or the feed is over. */
  readonly onIdle: () => void;
}

/** How long to wait for entries that are known of and can't be read yet, in ms. */
const LAG_MS = 100;

export function createFeed({ name, onIdle, ...first }: FeedSource): Feed {
  const pages = createChangePages(name, first);
  const followers = new Set<{ wake: () => void }>();
  let watching = new AbortController();
  let head = LOG_START;
  /** Counts up when the log was found to be another than the one that was followed. */
  let round = 0;
  let over: { readonly last: Change | null } | { readonly error: unknown } | null = null;

  // — listening for what is new, once for all —

  async function watch(): Promise<void> {
    const { store } = pages.place();
    const listening = watching;
    try {
      advance(await store.log.head());
      for await (const entries of store.log.follow(head, listening.signal)) {
        // What was purged is to be nowhere, so not in memory either.
        if (entries.some((entry) => entry.operation === 'PURGE')) pages.clear();
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

  /** The log is another now: each follower goes on in it if it holds what that has read last. */
  function startOver(): void {
    round += 1;
    head = LOG_START;
    pages.clear();
    listen();
    wakeAll();
  }

  function moveTo(next: FeedPlace): void {
    if (over || next.store === pages.place().store) return;
    pages.moveTo(next);
    watching.abort();
    listen();
  }

  function advance({ seq, mark }: LogPosition): void {
    if (seq > head.seq) head = { seq, mark };
    wakeAll();
  }

  function wakeAll(): void {
    for (const follower of followers) follower.wake();
  }

  /** What was committed before its end may not have been heard of yet; where its store doesn't answer, it ends without. */
  async function end(last: Change | null): Promise<void> {
    const now = await pages
      .place()
      .store.log.head()
      .catch(() => head);
    if (!over) advance(now);
    finish({ last });
  }

  function finish(how: { readonly last: Change | null } | { readonly error: unknown }): void {
    if (over) return;
    over = how;
    watching.abort();
    wakeAll();
    onIdle();
  }

  // — following —

  function follow(from: LogPosition): AsyncIterableIterator<Change> {
    const follower = { wake: () => {} };
    let isOpen = true;
    const leave = () => {
      isOpen = false;
      followers.delete(follower);
      follower.wake();
      if (followers.size === 0) finish({ last: null });
    };
    followers.add(follower);

    async function* changes(): AsyncGenerator<Change> {
      let position = from;
      let confirmed = -1;
      try {
        while (isOpen) {
          if (confirmed !== round && !isSamePosition(position, head)) {
            confirmed = round;
            if (!(await pages.holds(position))) throw new LogReplacedError();
          } else if (position.seq < head.seq) {
            const { changes, end } = await pages.readAfter(position);
            if (isSamePosition(end, position)) await delay(LAG_MS);
            for (const { change, position: at } of changes) {
              position = at;
              yield change;
            }
            position = end;
          } else if (over) {
            if ('error' in over) throw over.error;
            if (over.last) yield { ...over.last, cursor: cursorAt(name, position) };
            return;
          } else {
            await new Promise<void>((resolve) => {
              follower.wake = resolve;
            });
          }
        }
      } finally {
        leave();
      }
    }
    return interruptible(changes(), leave);
  }

  listen();
  return {
    follow,
    moveTo,
    end,
    fail: (error) => finish({ error }),
    isOver: () => over !== null,
  };
}
