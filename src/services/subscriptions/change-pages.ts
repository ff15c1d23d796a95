import type { LogEntry } from '../../domain/log-entry.js';
import { isSamePosition, type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { Store } from '../../storage/store.js';
import type { JsonObject } from '../../util/json/json.js';
import type { ChangeEvent } from './change-event.js';
import { cursorAt } from './log-cursor.js';

/** The store whose log is followed. */
export interface FollowedStore {
  readonly store: Store;
  /** Reads of each collection whose changes are followed. */
  readonly collections: Readonly<
    Record<string, { get(ids: readonly string[]): Promise<readonly (RecordBase | null)[]> }>
  >;
}

/** A page of a log's changes. */
export interface ChangePage {
  readonly changes: readonly {
    readonly change: ChangeEvent;
    /** After its entry. */
    readonly position: LogPosition;
  }[];
  /** After its last entry. */
  readonly end: LogPosition;
}

/** Pages of a log's changes. Each is read once for all followers; one that was read is returned synchronously. */
export interface ChangePages {
  /** The store that is read now. */
  source(): FollowedStore;
  /** The page after a position; empty, it ends at that position. @throws LogReplacedError, StoreError */
  readAfter(position: LogPosition): ChangePage | Promise<ChangePage>;
  /** Whether the log has the entry of a position; read once until the cache is cleared. @throws StoreError */
  holds(position: LogPosition): boolean | Promise<boolean>;
  /** Reads from another store, which has the same log. */
  moveTo(source: FollowedStore): void;
  /** Clears the cache. */
  clear(): void;
  /** How often it was cleared: earlier pages may show what was purged. */
  readonly cleared: number;
}

/** Changes in a page, and pages in the cache. */
const PAGE = 50;
const PAGES_KEPT = 8;

/** @param name names the log in its cursors */
export function createChangePages(name: string, first: FollowedStore): ChangePages {
  let source = first;
  const pages = new Map<string, ChangePage | Promise<ChangePage>>();
  const held = new Map<string, boolean | Promise<boolean>>();
  /** The page that was read last. Most followers are at one position, the same object, which they have from the page before. */
  let latest: { readonly after: LogPosition; readonly page: ChangePage } | null = null;

  /** What was read at a position before, or is read now; cached only if it is still true later. */
  function once<T>(
    known: Map<string, T | Promise<T>>,
    { seq, mark }: LogPosition,
    read: (from: FollowedStore) => Promise<T>,
    isLasting: (found: T) => boolean,
  ): T | Promise<T> {
    const key = `${seq} ${mark}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const reading = fromSource(read);
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

  function clear(): void {
    cleared += 1;
    pages.clear();
    held.clear();
    latest = null;
  }

  /** Reads from the current store; again if the log moved meanwhile: the store may have been closed. */
  async function fromSource<T>(work: (from: FollowedStore) => Promise<T>): Promise<T> {
    const from = source;
    try {
      return await work(from);
    } catch (error) {
      if (from === source) throw error;
      return fromSource(work);
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
      entry.operation === 'PURGE' ? null : source.store.log.image(entry.recordId, entry.version);
    return {
      cursor,
      entry,
      record,
      after: () => {
        image ??= after().catch((error: unknown) => {
          // An image that can't be read now is read for the next caller.
          image = undefined;
          throw error;
        });
        return image;
      },
    };
  }

  return {
    source: () => source,
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
      source = next;
      clear();
    },
    clear,
    get cleared() {
      return cleared;
    },
  };
}
