import type { LogEntry } from '../../domain/log-entry.js';
import { isSamePosition, type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { Store } from '../../storage/store.js';
import type { JsonObject } from '../../util/json.js';
import type { ChangeEvent } from './change-event.js';
import { cursorAt } from './log-cursor.js';

/** Where a log lies. */
export interface FollowedStore {
  readonly store: Store;
  /** Reads of each collection that the log is about. */
  readonly collections: Readonly<
    Record<string, { get(ids: readonly string[]): Promise<readonly (RecordBase | null)[]> }>
  >;
}

/** A stretch of a log as followers see it. */
export interface ChangePage {
  readonly changes: readonly {
    readonly change: ChangeEvent;
    /** After its entry. */
    readonly position: LogPosition;
  }[];
  /** After its last entry. */
  readonly end: LogPosition;
}

/** Pages of a log's changes. Each is read once for all who follow the log; what is known is there at once. */
export interface ChangePages {
  /** Where the log lies. */
  place(): FollowedStore;
  /** What follows on a position; it ends there when nothing does. @throws LogReplacedError, StoreError */
  readAfter(position: LogPosition): ChangePage | Promise<ChangePage>;
  /** Whether the log has the entry that a position names; looked up once until what was read is forgotten. @throws StoreError */
  holds(position: LogPosition): boolean | Promise<boolean>;
  /** Reads where the log lies now. */
  moveTo(place: FollowedStore): void;
  /** Forgets what was read. */
  clear(): void;
  /** How many times it was forgotten: pages from before may show what was purged. */
  readonly cleared: number;
}

/** How many changes are read at once, and how many such pages are kept for followers that come after the first. */
const PAGE = 50;
const PAGES_KEPT = 8;

/** @param name names the log in its cursors */
export function createChangePages(name: string, first: FollowedStore): ChangePages {
  let place = first;
  const pages = new Map<string, ChangePage | Promise<ChangePage>>();
  const held = new Map<string, boolean | Promise<boolean>>();
  /** The page that was asked for last. Most who follow are at one place, and have that place from the page before it. */
  let latest: { readonly after: LogPosition; readonly page: ChangePage } | null = null;

  /** What was read at a position before, or is now; not kept where it says nothing of later. */
  function once<T>(
    known: Map<string, T | Promise<T>>,
    { seq, mark }: LogPosition,
    read: (from: FollowedStore) => Promise<T>,
    isLasting: (found: T) => boolean,
  ): T | Promise<T> {
    const key = `${seq} ${mark}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = inPlace(read);
    const keep = (value: T) => {
      if (known.get(key) !== reading) return;
      if (isLasting(value)) known.set(key, value);
      else known.delete(key);
    };
    reading.then(keep, () => known.get(key) === reading && known.delete(key));
    known.set(key, reading);
    if (known.size > PAGES_KEPT) known.delete(known.keys().next().value!);
    return reading;
  }

  let cleared = 0;

  function forgetAll(): void {
    cleared += 1;
    pages.clear();
    held.clear();
    latest = null;
  }

  /** Reads where the log lies; again if it has moved on meanwhile: what was there may be closed by now. */
  async function inPlace<T>(work: (from: FollowedStore) => Promise<T>): Promise<T> {
    const from = place;
    try {
      return await work(from);
    } catch (error) {
      if (from === place) throw error;
      return inPlace(work);
    }
  }

  async function readFrom({ store, collections }: FollowedStore, after: LogPosition): Promise<ChangePage> {
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
      .map((entry) => {
        const position = positionAfter(entry);
        return { change: toChange(entry, records.get(entry.recordId) ?? null, cursorAt(name, position)), position };
      });
    return { changes, end: positionAfter(last) };
  }

  function toChange(entry: LogEntry, record: RecordBase | null, cursor: string): ChangeEvent {
    let image: Promise<JsonObject | null> | undefined;
    const after = async () =>
      entry.operation === 'PURGE' ? null : place.store.log.image(entry.recordId, entry.version);
    return {
      cursor,
      entry,
      record,
      after: () => {
        image ??= after().catch((error: unknown) => {
          // What can't be read now is read for who asks next.
          image = undefined;
          throw error;
        });
        return image;
      },
    };
  }

  return {
    place: () => place,
    readAfter(position) {
      if (latest?.after === position) return latest.page;
      const page = once(
        pages,
        position,
        (from) => readFrom(from, position),
        ({ end }) => !isSamePosition(end, position),
      );
      if (!(page instanceof Promise)) latest = { after: position, page };
      return page;
    },
    holds: (position) =>
      once(
        held,
        position,
        ({ store }) => store.log.holds(position),
        (isHeld) => isHeld,
      ),
    moveTo(next) {
      place = next;
      forgetAll();
    },
    clear: forgetAll,
    get cleared() {
      return cleared;
    },
  };
}
