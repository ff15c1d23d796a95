import { setTimeout as delay } from 'node:timers/promises';
import type { LogEntry } from '../domain/log-entry.js';
import type { Store } from '../storage/store.js';
import { ClosedIndexError, ForeignIndexError, type IndexFile } from './index-file.js';
import { SEARCHED, type StoredRecord } from './index-record.js';
import type { KnownVectors } from './known.js';
import { settlesWithin } from './patience.js';
import type { RecordTable } from './record-table.js';
import { pause, writeInSlices } from './slices.js';
import type { PassageVector } from './vector-index.js';

/** Brings the rows of an index file to where the store's log is. */
export interface Feed {
  /** Applies all that was committed before the call, in slices that let others have their turn. */
  catchUp(): Promise<void>;
  /** Merges what small writes left behind, in slices and at leisure: for when nobody waits. */
  tidy(): Promise<void>;
  /** Whether the rows are being built for the first time. */
  isBuilding(): boolean;
  /** How many entries of the log aren't applied yet: all, while the rows are being built for the first time. */
  lag(): Promise<number>;
  /** Number of the last entry that was applied; null before the first build began. */
  applied(): number | null;
  /** Stops between two slices. */
  close(): Promise<void>;
}

export interface FeedOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  /** Of much work, what has vectors already gets them with its words. Left out, it waits for them as everything does. */
  readonly known?: KnownVectors | undefined;
}

/** Merging at leisure takes a fourth of the event loop's time: requests come in between. */
const REST = 3;
/** Entries and documents read at a time. */
const PAGE = 128;
/** Of much work the parts are merged after so many pages: many at once cost less than a few at a time. */
const PAGES_PER_TIDY = 16;
/** How long a page's words wait for vectors from elsewhere, in ms. */
const PATIENCE_MS = 1_000;

type Vectors = ReadonlyMap<string, readonly PassageVector[]>;
const NO_VECTORS: Vectors = new Map();

/**
 * Several processes may feed one file: what is written is worked out first, and written only if the file is still where it
 * was before the documents were read. So nothing older ever covers something newer.
 */
export function createFeed({ store, file, records, known }: FeedOptions): Feed {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isStarted = false;
  let isClosed = false;
  let isAsking = false;

  const applied = (): number | null => {
    const value = file.getMeta('applied');
    return value === null ? null : Number(value);
  };

  function catchUp(): Promise<void> {
    if (!running) {
      running = run().finally(() => {
        running = null;
      });
      return running;
    }
    // What runs may have read the log before the caller's commit: another run follows it.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return catchUp();
      });
    return next;
  }

  /** Goes to where the log ends when it begins, so that it comes to an end however much is written meanwhile. */
  async function run(): Promise<void> {
    if (!isStarted) await start();
    let { seq: target } = await store.log.head();
    isAsking = isBuilding() || target - applied()! > PAGE;
    for (let pages = 1; ; pages += 1) {
      if (isClosed) throw new ClosedIndexError('The search index was closed while it followed the log.');
      if (applied()! < target) await applyEntries();
      else if (await buildOn()) target = (await store.log.head()).seq;
      else return;
      if (applied()! >= target && !isBuilding()) continue;
      // Of much work the parts are merged on the way; after little, whoever waits needn't wait for that.
      await (pages % PAGES_PER_TIDY === 0 ? tidy(0) : pause());
    }
  }

  /** Merges step by step, and rests after each for so many times as long as it took. */
  async function tidy(rest: number): Promise<void> {
    await pause();
    for (let hasMore = true; hasMore && !isClosed; ) {
      const start = performance.now();
      hasMore = records.tidy();
      await (rest === 0 ? pause() : delay(rest * (performance.now() - start)));
    }
  }

  /** A new file begins where the log ends; its rows are built from the documents. */
  async function start(): Promise<void> {
    // The file is read first: another process may move it on, but never beyond the log.
    const at = applied();
    const { seq } = await store.log.head();
    if (isClosed) return;
    if (at !== null && at > seq) throw new ForeignIndexError("The search index is ahead of the store's log.");
    file.write(() => {
      if (applied() !== null) return;
      file.setMeta('applied', String(seq));
      file.setMeta('build', startOf(0));
    });
    isStarted = true;
  }

  // — following the log —

  /** Applies one page of entries. */
  async function applyEntries(): Promise<void> {
    let at = applied()!;
    const entries = await store.log.read(at, PAGE);
    const last = entries.at(-1)?.seq;
    if (last === undefined) return;
    const items = await readNamed(entries);
    const vectors = await vectorsOf(items);
    const firstNamed = new Map(entries.toReversed().map(({ recordId, seq }) => [recordId, seq]));
    const purged = new Set(entries.filter(isPurge).map(({ recordId }) => recordId));
    await writeInSlices(file, {
      items,
      isValid: () => !isClosed && applied() === at,
      apply: ({ id, record }) => {
        if (record) records.put(record, vectors.get(record.hash));
        else records.remove(id);
        if (purged.has(id)) records.purge(id);
      },
      mark: (done) => {
        const following = items[done];
        at = following ? firstNamed.get(following.id)! - 1 : last;
        file.setMeta('applied', String(at));
      },
    });
  }

  /** What entries name, each record once and as it is now, in the order in which it is first named. */
  async function readNamed(entries: readonly LogEntry[]): Promise<readonly StoredRecord[]> {
    const found = new Map<string, StoredRecord>();
    for (const searched of SEARCHED) {
      const named = entries.filter(({ collection }) => collection === searched.name).map(({ recordId }) => recordId);
      if (named.length === 0) continue;
      for (const stored of await searched.get(store, [...new Set(named)])) found.set(stored.id, stored);
    }
    const ids = new Set(entries.map(({ recordId }) => recordId));
    return [...ids].map((id) => found.get(id)).filter((stored) => stored !== undefined);
  }

  // — building —

  /** Builds from one page of documents; false when all are built. The cursor is `collection:id of the last one`. */
  async function buildOn(): Promise<boolean> {
    const at = applied();
    let cursor = file.getMeta('build');
    if (cursor === null) return false;
    const [name, after] = cursor.split(':');
    const index = SEARCHED.findIndex((searched) => searched.name === name);
    const items = await SEARCHED[index]!.scan(store, after || null, PAGE);
    const vectors = await vectorsOf(items);
    await writeInSlices(file, {
      items,
      isValid: () => !isClosed && applied() === at && file.getMeta('build') === cursor,
      apply: ({ record }) => {
        if (record) records.put(record, vectors.get(record.hash));
      },
      mark: (done) => {
        cursor = done > 0 ? `${name}:${items[done - 1]!.id}` : startOf(index + 1);
        file.setMeta('build', cursor);
      },
    });
    return true;
  }

  // — vectors that there are —

  /** By content. Who has them may be slow or gone: then they come later, and no words of this run wait for them again. */
  async function vectorsOf(items: readonly StoredRecord[]): Promise<Vectors> {
    if (!known || !isAsking) return NO_VECTORS;
    const memories = items.map(({ record }) => record).filter((record) => record?.collection === 'memories');
    const found = known.find([...new Set(memories.map((record) => record!.hash))]);
    isAsking = await settlesWithin(found, PATIENCE_MS);
    // What was read in this turn is written in others.
    await pause();
    return isAsking ? found : NO_VECTORS;
  }

  function isBuilding(): boolean {
    return applied() === null || file.getMeta('build') !== null;
  }

  return {
    catchUp,
    tidy: () => tidy(REST),
    isBuilding,
    lag: async () => (await store.log.head()).seq - (isBuilding() ? 0 : applied()!),
    applied,
    async close() {
      isClosed = true;
      await running?.catch(() => {});
    },
  };
}

function isPurge({ operation, collection }: LogEntry): boolean {
  return operation === 'PURGE' && collection === 'memories';
}

/** Where the build of a collection begins; null after the last. */
function startOf(index: number): string | null {
  const searched = SEARCHED[index];
  return searched ? `${searched.name}:` : null;
}
