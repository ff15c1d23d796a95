import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../domain/json.js';
import type { LogEntry } from '../domain/log-entry.js';
import {
  isSamePosition,
  LOG_START,
  type LogPosition,
  LogReplacedError,
  positionAfter,
} from '../domain/log-position.js';
import type { RecordBase } from '../domain/record.js';
import type { Store } from '../storage/store.js';
import { cursorAt } from './position.js';

/** One change, as those who follow a log see it. */
export interface Change {
  /** Continue after this change with it. */
  readonly cursor: string;
  readonly entry: LogEntry;
  /** The record as it is now, at least as new as the entry; null when it was purged. */
  readonly record: RecordBase | null;
  /** The record as the entry left it; null when it was purged or its image isn't kept. */
  after(): Promise<JsonObject | null>;
}

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

/** Where a log lies. */
export interface FeedPlace {
  readonly store: Store;
  /** Reads of each collection that the log is about. */
  readonly collections: Readonly<
    Record<string, { get(ids: readonly string[]): Promise<readonly (RecordBase | null)[]> }>
  >;
}

export interface FeedSource extends FeedPlace {
  /** Names the log in its cursors. */
  readonly name: string;
  /** Called when the last follower has left, or the feed is over. */
  readonly onIdle: () => void;
}

/** How many changes are read at once, and how many such pages are kept for followers that come after the first. */
const PAGE = 50;
const PAGES_KEPT = 8;
/** How long to wait for entries that were heard of and can't be read yet, in ms. */
const LAG_MS = 100;

/** A stretch of the log as followers see it. */
interface FeedPage {
  readonly changes: readonly Change[];
  /** After its last entry. */
  readonly end: LogPosition;
}

export function createFeed({ name, onIdle, ...first }: FeedSource): Feed {
  let place: FeedPlace = first;
  const followers = new Set<{ wake: () => void }>();
  const pages = new Map<string, Promise<FeedPage>>();
  let watching = new AbortController();
  let head = LOG_START;
  /** Counts up when the log was found to be another than the one that was followed. */
  let round = 0;
  let over: { readonly last: Change | null } | { readonly error: unknown } | null = null;

  // — reading, once for all —

  function page(after: LogPosition): Promise<FeedPage> {
    const key = `${after.seq} ${after.mark}`;
    let found = pages.get(key);
    if (!found) {
      found = read(after);
      const forget = () => void (pages.get(key) === found && pages.delete(key));
      found.then(({ end }) => isSamePosition(end, after) && forget(), forget);
      pages.set(key, found);
      if (pages.size > PAGES_KEPT) pages.delete(pages.keys().next().value!);
    }
    return found;
  }

  const read = (after: LogPosition): Promise<FeedPage> => inPlace((from) => readFrom(from, after));

  /** Reads where the log lies; again if it has moved on meanwhile: what was there may be closed by now. */
  async function inPlace<T>(work: (from: FeedPlace) => Promise<T>): Promise<T> {
    const from = place;
    try {
      return await work(from);
    } catch (error) {
      if (from === place) throw error;
      return inPlace(work);
    }
  }

  /** @throws LogReplacedError when the log doesn't hold what a follower has read last */
  async function confirm(position: LogPosition): Promise<void> {
    if (!(await inPlace(({ store }) => store.log.holds(position)))) throw new LogReplacedError();
  }

  async function readFrom({ store, collections }: FeedPlace, after: LogPosition): Promise<FeedPage> {
    const entries = await store.log.readAfter(after, PAGE);
    const last = entries.at(-1);
    if (!last) return { changes: [], end: after };
    const records = new Map<string, RecordBase | null>();
    await Promise.all(
      Object.entries(collections).map(async ([collection, reader]) => {
        const ids = [...new Set(entries.filter((each) => each.collection === collection).map((each) => each.recordId))];
        const found = ids.length > 0 ? await reader.get(ids) : [];
        for (const [index, id] of ids.entries()) records.set(id, found[index] ?? null);
      }),
    );
    const changes = entries
      .filter(({ collection }) => Object.hasOwn(collections, collection))
      .map((entry) => toChange(entry, records.get(entry.recordId) ?? null));
    return { changes, end: positionAfter(last) };
  }

  function toChange(entry: LogEntry, record: RecordBase | null): Change {
    let image: Promise<JsonObject | null> | undefined;
    const after = async () =>
      entry.operation === 'PURGE' ? null : place.store.log.image(entry.recordId, entry.version);
    return {
      cursor: cursorAt(name, positionAfter(entry)),
      entry,
      record,
      after: () => {
        image ??= after();
        return image;
      },
    };
  }

  // — hearing of what is new, once for all —

  async function watch(): Promise<void> {
    const { store } = place;
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
    if (over || next.store === place.store) return;
    place = next;
    watching.abort();
    pages.clear();
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
    const now = await place.store.log.head().catch(() => head);
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
            await confirm(position);
          } else if (position.seq < head.seq) {
            const { changes, end } = await page(position);
            if (isSamePosition(end, position)) await delay(LAG_MS);
            for (const change of changes) {
              position = positionAfter(change.entry);
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

/** A generator's `return()` waits for what the generator waits for; this one interrupts it first. */
export function interruptible<T>(generator: AsyncGenerator<T>, interrupt: () => void): AsyncIterableIterator<T> {
  return {
    next: () => generator.next(),
    return: () => {
      interrupt();
      return generator.return(undefined);
    },
    throw: (error) => {
      interrupt();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
