import { encodeCursor } from '../domain/cursor.js';
import type { JsonObject } from '../domain/json.js';
import type { LogEntry } from '../domain/log-entry.js';
import type { RecordBase } from '../domain/record.js';
import type { Store } from '../storage/store.js';

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
  /** Changes after this sequence number, then those to come. `return()` ends it at once, even while it waits. */
  follow(after: number): AsyncIterableIterator<Change>;
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

/** A stretch of the log as followers see it. */
interface FeedPage {
  readonly changes: readonly Change[];
  /** Number of its last entry. */
  readonly seq: number;
}

export function createFeed({ name, onIdle, ...first }: FeedSource): Feed {
  let place: FeedPlace = first;
  const followers = new Set<{ wake: () => void }>();
  const pages = new Map<number, Promise<FeedPage>>();
  let watching = new AbortController();
  let head = -1;
  let over: { readonly last: Change | null } | { readonly error: unknown } | null = null;

  // — reading, once for all —

  function page(after: number): Promise<FeedPage> {
    let found = pages.get(after);
    if (!found) {
      found = read(after);
      found.catch(() => pages.delete(after));
      pages.set(after, found);
      if (pages.size > PAGES_KEPT) pages.delete(pages.keys().next().value!);
    }
    return found;
  }

  async function read(after: number): Promise<FeedPage> {
    const from = place;
    try {
      const read = await readFrom(from, after);
      if (read) return read;
    } catch (error) {
      if (from === place) throw error;
    }
    // It has moved on meanwhile; what was here may be closed by now.
    return from === place ? { changes: [], seq: head } : read(after);
  }

  /** Null when the log has nothing after it. */
  async function readFrom({ store, collections }: FeedPlace, after: number): Promise<FeedPage | null> {
    const entries = await store.log.read(after, PAGE);
    const last = entries.at(-1);
    if (!last) return null;
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
    return { changes, seq: last.seq };
  }

  function toChange(entry: LogEntry, record: RecordBase | null): Change {
    let image: Promise<JsonObject | null> | undefined;
    const after = async () =>
      entry.operation === 'PURGE' ? null : place.store.log.image(entry.recordId, entry.version);
    return {
      cursor: encodeCursor(name, [entry.seq]),
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
      advance((await store.log.head()).seq);
      for await (const entries of store.log.follow(head, listening.signal)) {
        // What was purged is to be nowhere, so not in memory either.
        if (entries.some((entry) => entry.operation === 'PURGE')) pages.clear();
        advance(entries.at(-1)?.seq ?? head);
      }
    } catch (error) {
      if (listening === watching) throw error;
    }
    if (listening === watching) finish({ last: null });
  }

  function listen(): void {
    watching = new AbortController();
    watch().catch((error: unknown) => finish({ error }));
  }

  function moveTo(next: FeedPlace): void {
    if (over || next.store === place.store) return;
    place = next;
    watching.abort();
    pages.clear();
    listen();
  }

  function advance(seq: number): void {
    head = Math.max(head, seq);
    for (const follower of followers) follower.wake();
  }

  /** What was committed before its end may not have been heard of yet; where its store doesn't answer, it ends without. */
  async function end(last: Change | null): Promise<void> {
    const { seq } = await place.store.log.head().catch(() => ({ seq: head }));
    if (!over) advance(seq);
    finish({ last });
  }

  function finish(how: { readonly last: Change | null } | { readonly error: unknown }): void {
    if (over) return;
    over = how;
    watching.abort();
    for (const follower of followers) follower.wake();
    onIdle();
  }

  // — following —

  function follow(from: number): AsyncIterableIterator<Change> {
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
      try {
        while (isOpen) {
          if (position < head) {
            const { changes, seq } = await page(position);
            for (const change of changes) {
              position = change.entry.seq;
              yield change;
            }
            position = seq;
          } else if (over) {
            if ('error' in over) throw over.error;
            if (over.last) yield { ...over.last, cursor: encodeCursor(name, [position]) };
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
