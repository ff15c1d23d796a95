import { isFileError } from '../index/index-file.js';
import { pause } from '../index/time-slices.js';
import type { SearchLogger } from '../logger.js';
import { createEmbeddingQueue, firstOf } from './embedding-queue.js';
import type { DueMemory } from './embedding-table.js';
import { createEmbeddingWork, type EmbeddingWorkOptions, outageOf } from './embedding-work.js';
import { LEASE_RENEWAL_MS } from './lease.js';

/** Embeds the memories that wait for it. */
export interface Indexer {
  /** Looks for work now. */
  wake(): void;
  /** Whether it has given up for a moment, because nothing could be embedded. */
  isResting(): boolean;
  /** Why; null when memories could be embedded last. */
  outage(): string | null;
  /** Resolves when the state of some memory has changed here. */
  progress(): Promise<void>;
  /** Does work while it leaves these memories alone. */
  without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Stops. What isn't embedded by then goes on waiting. */
  close(): void;
}

export interface IndexerOptions extends Omit<EmbeddingWorkOptions, 'isClosed' | 'fail'> {
  /** Whether most contents are likely to have vectors already. */
  readonly isMostKnown: boolean;
  readonly logger: SearchLogger;
  /** Hears that the index file can't be used. */
  readonly onFileError: (error: unknown) => void;
  /** Wait before the first retry, in ms; it doubles with each. */
  readonly retryMs: number;
}

/** After this many failed attempts a memory is FAILED. */
const MAX_ATTEMPTS = 5;
/** The longest wait between two attempts, as a multiple of the first; a FAILED memory is tried again after as long. */
const MAX_BACKOFF = 1_024;
/** The longest rest in an outage that passes by itself: seconds after its end it is noticed. */
const MAX_REST = 4;

/** Memories, and bytes of their texts, that are taken at a time while all have vectors already: copying takes a few ms. */
const KNOWN_AT_A_TIME = { count: 128, bytes: 524_288 };

export function createIndexer(options: IndexerOptions): Indexer {
  const { embedder, embeddings, lease, logger, onFileError, retryMs } = options;
  const embeddedAtATime = { count: embedder.model.maxBatch, bytes: embedder.model.maxBatchBytes };
  const queue = createEmbeddingQueue(embeddings, lease);
  let areAllKnown = options.isMostKnown;
  let lanes = 0;
  let pausedUntil = 0;
  let outages = 0;
  /** What went wrong last: it is said once, until it works again. */
  let said: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let isClosed = false;
  let waiters: (() => void)[] = [];

  // — taking turns —

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
        tell();
        wake();
      });
    }
    if (!isClosed && lanes === 0) guard(sleep);
  }

  function stopRenewal(): void {
    clearInterval(renewal);
    renewal = undefined;
  }

  function tell(): void {
    const told = waiters;
    waiters = [];
    for (const resolve of told) resolve();
  }

  function claim(): readonly DueMemory[] {
    return Date.now() < pausedUntil ? [] : queue.take(areAllKnown ? KNOWN_AT_A_TIME : embeddedAtATime);
  }

  /** Until the next memory's turn, or until another process's lease ends. */
  function sleep(): void {
    const due = embeddings.nextDue();
    if (due === null) return;
    const now = Date.now();
    const wait = due > now ? due - now : lease.heldFor();
    timer = setTimeout(wake, Math.min(Math.max(wait, pausedUntil - now, 1), 60_000));
    timer.unref();
  }

  /** Runs what touches the file where nobody waits for it. */
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
    if (why !== said) logger.warn({ err: error }, 'Memories could not be embedded; trying again until they can.');
    said = why;
    if (isFileError(error)) onFileError(error);
  }

  function rest(most: number): void {
    pausedUntil = Date.now() + backoff(++outages, most);
  }

  function backoff(attempt: number, most: number): number {
    const jitter = 0.75 + Math.random() / 2;
    return retryMs * Math.min(2 ** (attempt - 1), most) * jitter;
  }

  // — working —

  const { adopt, embed } = createEmbeddingWork({ ...options, isClosed: () => isClosed, fail });

  async function work(batch: readonly DueMemory[]): Promise<void> {
    try {
      await pause();
      const unknown = await adopt(batch);
      areAllKnown = unknown.length === 0 && (areAllKnown || batch.length >= embeddedAtATime.count);
      // What is too much waits for its next turn.
      if (await embed(firstOf(unknown, embeddedAtATime))) {
        outages = 0;
        said = null;
      }
    } catch (error) {
      report(error);
    } finally {
      queue.giveBack(batch.map(({ id }) => id));
    }
  }

  function fail(memory: DueMemory, reason: string): void {
    const attempts = memory.attempts + 1;
    const isFinal = attempts >= MAX_ATTEMPTS;
    const due = Math.round(Date.now() + (isFinal ? retryMs * MAX_BACKOFF : backoff(attempts, MAX_BACKOFF)));
    embeddings.failed(memory, { reason, isFinal, due });
  }

  // — standing aside —

  async function without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T> {
    while (!isClosed && queue.isHeld(ids)) await progress();
    queue.hold(ids);
    try {
      return await work();
    } finally {
      queue.giveBack(ids);
      tell();
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
    outage: () => said,
    isResting: () => Date.now() < pausedUntil,
    close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      stopRenewal();
      tell();
    },
  };
}
