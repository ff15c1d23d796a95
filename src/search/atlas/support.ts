import type { Db } from 'mongodb';
import { storeClosed } from '../../storage/store-errors.js';
import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import type { SearchLogger } from '../contract.js';
import { WORK_MS, within } from './deadline.js';
import { asVectorFailure, isUnsupported } from './errors.js';
import { ensureOrdinaryIndexes } from './ordinary-indexes.js';
import {
  createSearchIndex,
  detectSearchSupport,
  isOutdated,
  listSearchIndex,
  type SearchSupport,
  searchIndexName,
  updateSearchIndex,
} from './search-index.js';

/**
 * The search index for vectors of the same dimensions, shared by all projects of a database. Created in the background if
 * missing.
 */
export interface AtlasSupport {
  /** Whether vectors can be searched, as of the last check; waits for the first check. @throws StoreError */
  state(): Promise<SearchSupport>;
  /** Checks again. A missing index is created, and waited for in the background. @throws StoreError */
  check(): Promise<SearchSupport>;
  /** Creates the collection's ordinary indexes, once. @throws StoreError */
  prepare(): Promise<void>;
  /** The time by the server's clock: writers and readers may be different machines. */
  now(): Date;
  /** Stops waiting. Idempotent. */
  close(): Promise<void>;
}

export interface AtlasSupportOptions {
  readonly db: Db;
  /** Dimensions of the vectors. */
  readonly dimensions: number;
  readonly logger: SearchLogger;
  /** Wait before the second check, in ms; it doubles up to 64 times that. Default 500. */
  readonly pollMs?: number | undefined;
}

/** The longest wait, as a multiple of the first. */
const MAX_BACKOFF = 64;

export function createAtlasSupport({ db, dimensions, logger, pollMs = 500 }: AtlasSupportOptions): AtlasSupport {
  const stop = new AbortController();
  let seen: SearchSupport | null = null;
  let checking: Promise<SearchSupport> | null = null;
  let waiting: Promise<void> | null = null;
  let preparing: Promise<void> | null = null;
  let ahead = 0;

  // — checking —

  function check(): Promise<SearchSupport> {
    checking ??= within(WORK_MS, stop.signal, checkNow).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function checkNow(): Promise<SearchSupport> {
    const [found] = await Promise.all([detectSearchSupport(db, dimensions), setClock()]);
    const isNew = found !== seen;
    seen = found;
    if (isNew) logger.info({ index: searchIndexName(dimensions), state: found }, 'Vector search in MongoDB.');
    if (isNew && found === 'READY') await updateIfOutdated();
    if (found === 'MISSING' || found === 'BUILDING') waiting ??= untilReady();
    return found;
  }

  /** Errors are only logged: an index that lacks filter fields only fails the searches that use them. */
  async function updateIfOutdated(): Promise<void> {
    try {
      const listed = await listSearchIndex(db, dimensions);
      if (listed && isOutdated(listed, dimensions)) await updateSearchIndex(db, dimensions);
    } catch (error) {
      logger.warn({ err: asVectorFailure(error) }, "The vector search index in MongoDB can't be updated.");
    }
  }

  // — waiting in the background —

  async function untilReady(): Promise<void> {
    let hasWarned = false;
    for (let checks = 1; seen === 'MISSING' || seen === 'BUILDING'; checks += 1) {
      const wait = backoff(checks, { base: pollMs, cap: MAX_BACKOFF * pollMs });
      try {
        if (seen === 'MISSING') await within(WORK_MS, stop.signal, create);
        if (!(await delay(wait, { signal: stop.signal, ref: false }))) return;
        await check();
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!hasWarned)
          logger.warn({ err: asVectorFailure(error) }, "The vector search index in MongoDB isn't ready; trying again.");
        hasWarned = true;
        await delay(wait, { signal: stop.signal, ref: false });
      }
    }
    waiting = null;
  }

  async function create(): Promise<void> {
    try {
      await createSearchIndex(db, dimensions);
      // A concurrent check may have found a later state.
      if (seen === 'MISSING') seen = 'BUILDING';
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      seen = 'UNSUPPORTED';
    }
  }

  // — the collection —

  async function prepareNow(): Promise<void> {
    await Promise.all([ensureOrdinaryIndexes(db), setClock()]);
  }

  async function setClock(): Promise<void> {
    const { localTime } = await db.command({ hello: 1 });
    if (localTime instanceof Date) ahead = localTime.getTime() - Date.now();
  }

  // The first call to `state` throws what this one may throw.
  check().catch(() => {});
  return {
    state: async () => seen ?? check(),
    check,
    prepare() {
      preparing ??= within(WORK_MS, stop.signal, prepareNow).catch((error: unknown) => {
        preparing = null;
        throw error;
      });
      return preparing;
    },
    now: () => new Date(Date.now() + ahead),
    async close() {
      stop.abort(storeClosed('of vectors'));
      await waiting;
    },
  };
}
