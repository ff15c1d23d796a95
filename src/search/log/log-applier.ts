import { setTimeout as delay } from 'node:timers/promises';
import { isSamePosition, type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import { settlesWithin } from '../../util/async.js';
import { ClosedIndexError, type IndexFile } from '../index/index-file.js';
import type { StoredRecord } from '../index/index-record.js';
import { createPurgeScrub } from '../index/purge-scrub.js';
import type { RecordTable } from '../index/record-table.js';
import { pause } from '../index/time-slices.js';
import type { PassageVector } from '../vectors/vector-index.js';
import type { VectorReuse } from '../vectors/vector-reuse.js';
import { createApplied } from './applied-position.js';
import { createBackfill } from './backfill.js';
import { createLogReplay, ENTRIES_AT_ONCE } from './log-replay.js';
import { createPace, REST } from './pace.js';

/** Brings the rows of an index file to where the store's log is. */
export interface LogApplier {
  /** Applies all that was committed before the call, in slices that let others have their turn, and in no hurry. */
  catchUp(): Promise<void>;
  /** While somebody waits for it, it takes no rest. Returns how to end that. */
  hurry(): () => void;
  /** Merges what small writes left behind, in slices and at leisure: for when nobody waits. */
  tidy(): Promise<void>;
  /** Makes what was purged leave the file. @throws StoreError while another program keeps it from that */
  erase(): Promise<void>;
  /** Whether the rows are being built for the first time. */
  isBuilding(): boolean;
  /**
   * Whether the rows are of a log that was put back to an older state, or of one that isn't known, and are being compared
   * with what is stored: a hit may be of what isn't there any more.
   */
  isDoubtful(): boolean;
  /** How many entries of the log aren't applied yet: all, while the rows are being built for the first time. */
  lag(): Promise<number>;
  /** Where in the log the rows are, as a text; null before the first build began. */
  applied(): string | null;
  /** Stops between two slices. */
  close(): Promise<void>;
}

export interface LogApplierOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  /** Of much work, what has vectors already gets them with its words. Left out, it waits for them as everything does. */
  readonly known?: VectorReuse | undefined;
}

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
export function createLogApplier({ store, file, records, known }: LogApplierOptions): LogApplier {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isStarted = false;
  let isClosed = false;
  let isAsking = false;

  const applied = createApplied(file);
  const pace = createPace();
  const erasure = createPurgeScrub({ file, records, isClosed: () => isClosed });
  const options = { store, file, records, applied, vectorsOf, isClosed: () => isClosed, pace };
  const build = createBackfill({ ...options, onDoubtOver: erasure.note });
  const replay = createLogReplay({ ...options, onPurge: erasure.note });

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
    let target: LogPosition = await store.log.head();
    if (!isClosed && file.read(() => !build.isUnderWay() && isSamePosition(applied.position(), target))) return;
    isAsking = build.isUnderWay() || target.seq - applied.position().seq > ENTRIES_AT_ONCE;
    for (let pages = 1; ; pages += 1) {
      if (isClosed) throw new ClosedIndexError('The search index was closed while it followed the log.');
      const at = applied.position();
      try {
        if (!(await hasReached(target))) {
          if (!(await replay.goOn())) return;
          if (applied.position().seq > target.seq) target = applied.position();
        } else if (await build.goOn()) target = await store.log.head();
        else return;
      } catch (error) {
        if (!(error instanceof LogReplacedError)) throw error;
        target = await store.log.head();
        build.beginAgain(at, target);
      }
      if (isSamePosition(applied.position(), target) && !build.isUnderWay()) continue;
      // Of much work the parts are merged on the way; after little, whoever waits needn't wait for that.
      await (pages % PAGES_PER_TIDY === 0 ? tidyOnTheWay() : pace.pause());
    }
  }

  /** Whether all up to there is applied. @throws LogReplacedError when what is applied isn't in the log */
  async function hasReached(target: LogPosition): Promise<boolean> {
    const at = applied.position();
    if (isSamePosition(at, target)) return true;
    if (at.seq < target.seq) return false;
    // Another process may have moved it on, but never beyond the log.
    if (await store.log.holds(at)) return true;
    if (!isSamePosition(at, applied.position())) return hasReached(target);
    throw new LogReplacedError();
  }

  async function tidyOnTheWay(): Promise<void> {
    do await pace.pause();
    while (!isClosed && records.tidy());
  }

  async function tidy(): Promise<void> {
    await pause();
    for (let hasMore = true; hasMore && !isClosed; ) {
      const start = performance.now();
      hasMore = records.tidy();
      await delay(REST * (performance.now() - start));
    }
  }

  /** A new file begins where the log ends. */
  async function start(): Promise<void> {
    const head = await store.log.head();
    if (isClosed) return;
    build.begin(head);
    isStarted = true;
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

  return {
    catchUp,
    hurry: pace.hurry,
    tidy,
    erase: erasure.run,
    isBuilding: build.isUnderWay,
    isDoubtful: build.isDoubtful,
    lag: async () => Math.max(0, (await store.log.head()).seq - (build.isUnderWay() ? 0 : applied.position().seq)),
    applied: applied.text,
    async close() {
      isClosed = true;
      await running?.catch(() => {});
    },
  };
}
