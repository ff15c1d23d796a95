import { isSamePosition, type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import { delay, nextTurn, settlesWithin } from '../../util/async.js';
import { ClosedIndexError, type IndexFile } from '../index/index-file.js';
import type { StoredRecord } from '../index/index-record.js';
import { createPurgeScrub } from '../index/purge-scrub.js';
import type { RecordTable } from '../index/record-table.js';
import type { PassageVector } from '../vectors/vector-index.js';
import type { VectorReuse } from '../vectors/vector-reuse.js';
import { createBackfill } from './backfill.js';
import { createLogReplay, ENTRIES_AT_ONCE } from './log-replay.js';
import { createPace, REST } from './pace.js';

/** Brings the rows of an index file up to date with the store's log. */
export interface LogApplier {
  /** Applies everything that was committed before the call, in slices between which other work gets its turn. */
  catchUp(): Promise<void>;
  /** The same for tasks alone, which are indexed first: during a backfill it doesn't wait for other records. */
  catchUpTasks(): Promise<void>;
  /** Skips rests between slices while someone waits: until the returned function is called. */
  hurry(): () => void;
  /** Merges the segments that small writes leave behind, slowly: for when nobody waits. */
  tidy(): Promise<void>;
  /** Scrubs purged and redacted texts from the file. @throws StoreError while another program prevents that */
  erase(): Promise<void>;
  /** Whether the rows are being backfilled from the stored documents. */
  isBuilding(): boolean;
  /**
   * Whether the rows may be of another log, one that was restored to an older state or is unknown, and are still being
   * compared with what is stored: a hit may be of a record that doesn't exist any more.
   */
  isDoubtful(): boolean;
  /** How long until `catchUp` compares the rows of a restored store a second time, in ms; 0 when that is due or isn't needed. */
  comparesIn(): number;
  /** How many log entries aren't applied yet: all of them during a backfill. */
  lag(): Promise<number>;
  /** The applied position as text; null before the first backfill has begun. */
  applied(): string | null;
  /** Stops between two slices. */
  close(): Promise<void>;
}

export interface LogApplierOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  /** During long runs, memories get existing vectors together with their words. Left out, all of them stay pending. */
  readonly reuse?: VectorReuse | undefined;
}

/** During long runs, segments are merged after this many pages: many at once cost less than a few at a time. */
const PAGES_PER_TIDY = 16;
/** How long a page's words wait for reused vectors, in ms. */
const REUSE_TIMEOUT_MS = 1_000;

/** How often the progress of a backfill is checked for, in ms. */
const POLL_MS = 10;

type Vectors = ReadonlyMap<string, readonly PassageVector[]>;
const NO_VECTORS: Vectors = new Map();

/**
 * Several processes may write to one file. Each computes its rows first, and writes them only if the file is still at the
 * position it had before the documents were read. So nothing older ever replaces something newer.
 */
export function createLogApplier({ store, file, records, reuse }: LogApplierOptions): LogApplier {
  const { applied } = file;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isStarted = false;
  let isClosed = false;
  let isReusing = false;

  const pace = createPace();
  const scrub = createPurgeScrub({ file, records, isClosed: () => isClosed });
  const options = { store, file, records, vectorsOf, isClosed: () => isClosed, pace };
  const backfill = createBackfill({ ...options, onVerified: scrub.mark });
  const replay = createLogReplay({ ...options, onErasing: scrub.mark });

  /** @param head the end of the log, if it has just been read */
  function catchUp(head?: LogPosition): Promise<void> {
    if (!running) {
      running = run(head).finally(() => {
        running = null;
      });
      return running;
    }
    // The current run may have read the log before the caller's commit: another run follows it.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = null;
        return catchUp();
      });
    return next;
  }

  async function catchUpTasks(): Promise<void> {
    const endHurry = pace.hurry();
    try {
      const target = await store.log.head();
      const hasTasks = () => !backfill.isUnderWay('tasks') && isSamePosition(applied.position(), target);
      if (isStarted && file.read(hasTasks)) return;
      const caughtUp = catchUp(target);
      caughtUp.catch(() => {});
      while (!(await settlesWithin(caughtUp, POLL_MS))) {
        if (backfill.isUnderWay() && !backfill.isUnderWay('tasks') && applied.position().seq >= target.seq) return;
      }
      await caughtUp;
    } finally {
      endHurry();
    }
  }

  /** Catches up to the end of the log at its start, so that it terminates however much is written meanwhile. */
  async function run(head?: LogPosition): Promise<void> {
    if (!isStarted) await start();
    let target: LogPosition = head ?? (await store.log.head());
    if (!isClosed && file.read(() => !backfill.isUnderWay() && isSamePosition(applied.position(), target))) return;
    isReusing = backfill.isUnderWay() || target.seq - applied.position().seq > ENTRIES_AT_ONCE;
    for (let pages = 1; ; pages += 1) {
      if (isClosed) throw new ClosedIndexError('The search index was closed while it followed the log.');
      const at = applied.position();
      try {
        if (!(await hasReached(target))) {
          if (!(await replay.addPage())) return;
          if (applied.position().seq > target.seq) target = applied.position();
        } else if (await backfill.addPage()) target = await store.log.head();
        else return;
      } catch (error) {
        if (!(error instanceof LogReplacedError)) throw error;
        target = await store.log.head();
        await file.writable();
        backfill.restart(at, target);
      }
      if (isSamePosition(applied.position(), target) && !backfill.isUnderWay()) continue;
      // During long runs segments are merged in between; after short ones nobody should have to wait for that.
      await (pages % PAGES_PER_TIDY === 0 ? tidyInBetween() : pace.pause());
    }
  }

  /** Whether everything up to there is applied. @throws LogReplacedError when the applied position isn't in the log */
  async function hasReached(target: LogPosition): Promise<boolean> {
    const at = applied.position();
    if (isSamePosition(at, target)) return true;
    if (at.seq < target.seq) return false;
    // Another process may have advanced it, but never beyond the log.
    if (await store.log.holds(at)) return true;
    if (!isSamePosition(at, applied.position())) return hasReached(target);
    throw new LogReplacedError();
  }

  async function tidyInBetween(): Promise<void> {
    do {
      await pace.pause();
      await file.writable();
    } while (!isClosed && records.tidy());
  }

  async function tidy(): Promise<void> {
    await nextTurn();
    await file.writable();
    for (let hasMore = true; hasMore && !isClosed; ) {
      const start = performance.now();
      hasMore = records.tidy();
      await delay(REST * (performance.now() - start));
      await file.writable();
    }
  }

  /** A new file starts at the end of the log. */
  async function start(): Promise<void> {
    const head = await store.log.head();
    await file.writable();
    if (isClosed) return;
    backfill.start(head);
    isStarted = true;
  }

  // — reusing vectors —

  /** By content hash. After one timeout the rest of the run doesn't wait for vectors: they are added later. */
  async function vectorsOf(items: readonly StoredRecord[]): Promise<Vectors> {
    if (!reuse || !isReusing) return NO_VECTORS;
    const memories = items.map(({ record }) => record).filter((record) => record?.collection === 'memories');
    const found = reuse.find([...new Set(memories.map((record) => record!.hash))]);
    isReusing = await settlesWithin(found, REUSE_TIMEOUT_MS);
    // Writing starts in another slice than reading.
    await nextTurn();
    return isReusing ? found : NO_VECTORS;
  }

  return {
    catchUp: () => catchUp(),
    catchUpTasks,
    hurry: pace.hurry,
    tidy,
    erase: scrub.run,
    isBuilding: () => backfill.isUnderWay(),
    isDoubtful: backfill.isDoubtful,
    comparesIn: backfill.restsFor,
    lag: async () => Math.max(0, (await store.log.head()).seq - (backfill.isUnderWay() ? 0 : applied.position().seq)),
    applied: applied.text,
    async close() {
      isClosed = true;
      await running?.catch(() => {});
    },
  };
}
