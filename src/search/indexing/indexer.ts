import { nextTurn } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import type { SearchLogger } from '../contract.js';
import { isFileError } from '../index/index-file.js';
import { createEmbeddingQueue, firstOf } from './embedding-queue.js';
import type { DueMemory } from './embedding-table.js';
import { createEmbeddingWork, type EmbeddingWorkOptions, outageOf } from './embedding-work.js';
import { LEASE_RENEWAL_MS } from './lease.js';

/** Embeds pending memories. */
export interface Indexer {
  /** Checks for due memories now. */
  wake(): void;
  /** Whether it is backing off because nothing could be embedded. */
  isResting(): boolean;
  /** Why nothing could be embedded at the last attempt; null when something could. */
  outage(): string | null;
  /** Resolves when this process has finished a batch. */
  progress(): Promise<void>;
  /** Runs work during which it doesn't embed these memories. */
  without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Stops. Memories that aren't embedded by then stay pending. */
  close(): void;
}

export interface IndexerOptions extends Omit<EmbeddingWorkOptions, 'isClosed' | 'fail'> {
  /** Whether most contents are likely to have vectors to reuse. */
  readonly isMostKnown: boolean;
  readonly logger: SearchLogger;
  /** Called when the index file can't be used. */
  readonly onFileError: (error: unknown) => void;
  /** The first backoff, in ms; it doubles with each retry. */
  readonly retryMs: number;
}

/** After this many failed attempts a memory is FAILED. */
const MAX_ATTEMPTS = 5;
/** The longest backoff, as a multiple of the first; a FAILED memory is retried after it. */
const MAX_BACKOFF = 1_024;
/** The longest backoff in an outage that ends without intervention, as a multiple of the first: its end is noticed in seconds. */
const MAX_REST = 4;

/** The batch size, in memories and bytes of text, while all have vectors to reuse: copying takes a few ms. */
const KNOWN_AT_A_TIME = { count: 128, bytes: 524_288 };

export function createIndexer(options: IndexerOptions): Indexer {
  const { embedder, embeddings, lease, logger, onFileError, retryMs } = options;
  const embeddedAtATime = { count: embedder.model.maxBatch, bytes: embedder.model.maxBatchBytes };
  const queue = createEmbeddingQueue(embeddings, lease);
  let areAllKnown = options.isMostKnown;
  let lanes = 0;
  let pausedUntil = 0;
  let outages = 0;
  /** The last outage. It is logged once, until embedding works again. */
  let outage: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let isClosed = false;
  let waiters: (() => void)[] = [];

  // — scheduling —

  function wake(): void {
    clearTimeout(timer);
    while (!isClosed && lanes < embedder.model.lanes) {
      const batch = guard(claim) ?? [];
      if (batch.length === 0) break;
      lanes += 1;
      renewal ??= setInterval(() => guard(lease.take), LEASE_RENEWAL_MS).unref();
      void work(batch).finally(() => {
        lanes -= 1;
        if (lanes === 0) stopRenewal();
        reportProgress();
        wake();
      });
    }
    if (!isClosed && lanes === 0) guard(sleep);
  }

  function stopRenewal(): void {
    clearInterval(renewal);
    renewal = undefined;
  }

  function reportProgress(): void {
    const waiting = waiters;
    waiters = [];
    for (const resolve of waiting) resolve();
  }

  function claim(): readonly DueMemory[] {
    return Date.now() < pausedUntil ? [] : queue.take(areAllKnown ? KNOWN_AT_A_TIME : embeddedAtATime);
  }

  /** Sleeps until the next memory is due, or until another process's lease ends. */
  function sleep(): void {
    const due = embeddings.nextDue();
    if (due === null) return;
    const now = Date.now();
    const wait = due > now ? due - now : lease.heldFor();
    timer = setTimeout(wake, Math.min(Math.max(wait, pausedUntil - now, 1), 60_000));
    timer.unref();
  }

  /** Runs work on the file whose errors nobody is waiting for. */
  function guard<T>(run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  function report(error: unknown): void {
    if (isClosed) return;
    rest(outageOf(error) === 'PASSING' ? MAX_REST : MAX_BACKOFF);
    const why = error instanceof Error ? error.message : String(error);
    if (why !== outage) logger.warn({ err: error }, 'Memories could not be embedded; trying again until they can.');
    outage = why;
    if (isFileError(error)) onFileError(error);
  }

  function rest(most: number): void {
    pausedUntil = Date.now() + backoff(++outages, { base: retryMs, cap: retryMs * most });
  }

  // — working —

  const { reuse, embed } = createEmbeddingWork({ ...options, isClosed: () => isClosed, fail });

  async function work(batch: readonly DueMemory[]): Promise<void> {
    try {
      await nextTurn();
      const unknown = await reuse(batch);
      areAllKnown = unknown.length === 0 && (areAllKnown || batch.length >= embeddedAtATime.count);
      // The rest of a batch that is too large stays due.
      if (await embed(firstOf(unknown, embeddedAtATime))) {
        outages = 0;
        outage = null;
      }
    } catch (error) {
      report(error);
    } finally {
      queue.release(batch.map(({ id }) => id));
    }
  }

  function fail(memory: DueMemory, reason: string): void {
    const attempts = memory.attempts + 1;
    const isFinal = attempts >= MAX_ATTEMPTS;
    const longest = retryMs * MAX_BACKOFF;
    const due = Math.round(Date.now() + (isFinal ? longest : backoff(attempts, { base: retryMs, cap: longest })));
    embeddings.failed(memory, { reason, isFinal, due });
  }

  // — exclusion —

  async function without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    while (!isClosed && queue.isHeld(ids)) await progress();
    queue.hold(ids);
    try {
      return await work();
    } finally {
      queue.release(ids);
      reportProgress();
      wake();
    }
  }

  function progress(): Promise<void> {
    return new Promise((resolve) => {
      waiters.push(resolve);
    });
  }

  return {
    wake,
    without,
    progress,
    outage: () => outage,
    isResting: () => Date.now() < pausedUntil,
    close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      stopRenewal();
      reportProgress();
    },
  };
}
