import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from 'mongodb';
import { storeClosed } from '../../storage/store-errors.js';
import type { SearchLogger } from '../search.js';
import { WORK_MS, within } from './deadline.js';
import { asVectorFailure, isUnsupported } from './failures.js';
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
 * The index that the projects of a database share, whose vectors are as long. From the beginning it is seen to in the
 * background that it is there.
 */
export interface AtlasSupport {
  /** Whether vectors can be searched, as last seen; waits for the first look. @throws StoreError */
  state(): Promise<SearchSupport>;
  /** Looks again, now. What is missing is made, and waited for in the background. @throws StoreError */
  look(): Promise<SearchSupport>;
  /** Makes the collection's ordinary indexes, once. @throws StoreError */
  prepare(): Promise<void>;
  /** The time by the server's clock: who writes and who reads may be different machines. */
  now(): Date;
  /** Stops waiting. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface AtlasSupportOptions {
  readonly db: Db;
  /** Length of the vectors. */
  readonly dimensions: number;
  readonly logger: SearchLogger;
  /** Wait before the second look, in ms; it doubles up to 64 times that. Default 500. */
  readonly pollMs?: number | undefined;
}

const MAX_BACKOFF = 64;

export function createAtlasSupport({ db, dimensions, logger, pollMs = 500 }: AtlasSupportOptions): AtlasSupport {
  const stop = new AbortController();
  let seen: SearchSupport | null = null;
  let looking: Promise<SearchSupport> | null = null;
  let waiting: Promise<void> | null = null;
  let preparing: Promise<void> | null = null;
  let ahead = 0;

  // — looking —

  function look(): Promise<SearchSupport> {
    looking ??= within(WORK_MS, stop.signal, lookNow).finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookNow(): Promise<SearchSupport> {
    const [found] = await Promise.all([detectSearchSupport(db, dimensions), setClock()]);
    const isNew = found !== seen;
    seen = found;
    if (isNew) logger.info({ index: searchIndexName(dimensions), state: found }, 'Vector search in MongoDB.');
    if (isNew && found === 'READY') await bringUpToDate();
    if (found === 'MISSING' || found === 'BUILDING') waiting ??= untilReady();
    return found;
  }

  /** One that can be queried, but not by all that we filter by, fails only the searches that filter so. */
  async function bringUpToDate(): Promise<void> {
    try {
      const listed = await listSearchIndex(db, dimensions);
      if (listed && isOutdated(listed, dimensions)) await updateSearchIndex(db, dimensions);
    } catch (error) {
      logger.warn({ err: asVectorFailure(error) }, "The vector search index in MongoDB can't be brought up to date.");
    }
  }

  // — waiting in the background —

  async function untilReady(): Promise<void> {
    let isTold = false;
    for (let backoff = 1; seen === 'MISSING' || seen === 'BUILDING'; backoff = Math.min(backoff * 2, MAX_BACKOFF)) {
      try {
        if (seen === 'MISSING') await within(WORK_MS, stop.signal, create);
        await delay(pollMs * backoff, undefined, { signal: stop.signal, ref: false });
        await look();
      } catch (error) {
        if (stop.signal.aborted) return;
        if (!isTold)
          logger.warn(
            { err: asVectorFailure(error) },
            "The vector search index in MongoDB isn't there yet; trying again.",
          );
        isTold = true;
        await delay(pollMs * backoff, undefined, { signal: stop.signal, ref: false }).catch(() => {});
      }
    }
    waiting = null;
  }

  async function create(): Promise<void> {
    try {
      await createSearchIndex(db, dimensions);
      // Somebody may have looked meanwhile, and seen more.
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

  // Whoever asks first hears why it failed.
  look().catch(() => {});
  return {
    state: async () => seen ?? look(),
    look,
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
