import { EmbeddingError, StoreError } from '../domain/errors.js';
import type { Memory } from '../domain/memory.js';
import type { Embedder } from '../embedding/embedder.js';
import { memories as memoriesSpec } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import type { DueMemory, EmbeddingTable } from './embedding-table.js';
import { isFileError } from './index-file.js';
import { contentHash, memoryDigest } from './index-record.js';
import type { KnownVectors } from './known.js';
import type { Lease } from './lease.js';
import type { SearchLogger } from './logger.js';
import { embedMemories, toIndexed } from './passages.js';
import { pause } from './slices.js';
import type { IndexedMemory, VectorIndex } from './vector-index.js';

/** Embeds the memories that wait for it. */
export interface Indexer {
  /** Looks for work now. */
  wake(): void;
  /** Whether it has given up for a moment, because nothing could be embedded. */
  isResting(): boolean;
  /** Resolves when the state of some memory has changed here. */
  progress(): Promise<void>;
  /** Does work while it leaves these memories alone. */
  without<T>(ids: readonly string[], work: () => Promise<T>): Promise<T>;
  /** Stops. What isn't embedded by then goes on waiting. */
  close(): void;
}

export interface IndexerOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly vectors: Pick<VectorIndex, 'add'>;
  readonly known: KnownVectors;
  /** Whether most contents are likely to have vectors already. */
  readonly isMostKnown: boolean;
  readonly embeddings: EmbeddingTable;
  readonly lease: Lease;
  readonly logger: SearchLogger;
  /** Applies what the log has since. */
  readonly catchUp: () => Promise<void>;
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
/** When this many memories in a row fail alone, it isn't them: the rest is left for later. */
const OUTAGE_AFTER = 3;

/** Memories, and bytes of their texts, that are taken at a time while all have vectors already: copying takes a few ms. */
const KNOWN_AT_A_TIME = { count: 256, bytes: 1_048_576 };

export function createIndexer(options: IndexerOptions): Indexer {
  const { store, embedder, vectors, known, embeddings, lease, logger, catchUp, onFileError, retryMs } = options;
  const embeddedAtATime = { count: embedder.model.maxBatch, bytes: embedder.model.maxBatchBytes };
  const inFlight = new Set<string>();
  let areAllKnown = options.isMostKnown;
  let lanes = 0;
  let pausedUntil = 0;
  let outages = 0;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let waiters: (() => void)[] = [];

  // — taking turns —

  function wake(): void {
    clearTimeout(timer);
    while (!isClosed && lanes < embedder.model.lanes) {
      const batch = guard(claim) ?? [];
      if (batch.length === 0) break;
      lanes += 1;
      void work(batch).finally(() => {
        lanes -= 1;
        tell();
        wake();
      });
    }
    if (!isClosed && lanes === 0) guard(sleep);
  }

  function tell(): void {
    const told = waiters;
    waiters = [];
    for (const resolve of told) resolve();
  }

  function claim(): readonly DueMemory[] {
    const now = Date.now();
    if (now < pausedUntil) return [];
    const most = areAllKnown ? KNOWN_AT_A_TIME : embeddedAtATime;
    const due = embeddings.due(now, most.count + inFlight.size).filter(({ id }) => !inFlight.has(id));
    if (due.length === 0 || !lease.take()) return [];
    const batch = firstOf(due, ({ size }) => size, most);
    for (const { id } of batch) inFlight.add(id);
    return batch;
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
    logger.warn({ err: error }, 'Memories could not be embedded; trying again later.');
    if (isFileError(error)) onFileError(error);
  }

  function rest(most: number): void {
    pausedUntil = Date.now() + backoff(++outages, most);
  }

  function backoff(attempt: number, most: number): number {
    const jitter = 0.75 + Math.random() / 2;
    return retryMs * Math.min(2 ** (attempt - 1), most) * jitter;
  }

  // — embedding —

  async function work(batch: readonly DueMemory[]): Promise<void> {
    try {
      await pause();
      const works = await read(batch);
      const rest = await adopt(works);
      areAllKnown = rest.length === 0 && (areAllKnown || works.length >= embeddedAtATime.count);
      // What is too much waits for its next turn.
      await embed(firstOf(rest, ({ due }) => due.size, embeddedAtATime));
    } catch (error) {
      report(error);
    } finally {
      for (const { id } of batch) inFlight.delete(id);
    }
  }

  /** The memories as they are stored, if they still have the content that waits. */
  async function read(batch: readonly DueMemory[]): Promise<readonly Work[]> {
    const found = await store.collection(memoriesSpec).get(batch.map(({ id }) => id));
    const works: Work[] = [];
    const others: DueMemory[] = [];
    batch.forEach((due, index) => {
      const memory = found[index];
      const holds = memory && memory.deletedAt === null && contentHash(memory.content) === due.hash;
      if (holds) works.push({ due, memory });
      else others.push(due);
    });
    if (others.length > 0) await catchUp();
    if (isClosed) return [];
    // What the log has changed is another content by now, of which this says nothing.
    for (const due of others) fail(due, "The store doesn't hold this content.");
    return works;
  }

  /** Takes the vectors that there are already. Gives the memories of which there are none. */
  async function adopt(works: readonly Work[]): Promise<readonly Work[]> {
    const found = await known.find([...new Set(works.map(({ due }) => due.hash))]);
    if (found.size === 0) return works;
    await pause();
    const hasVectors = ({ due }: Work) => found.has(due.hash);
    try {
      await keep(works.filter(hasVectors).map(({ due, memory }) => toIndexed(memory, due.hash, found.get(due.hash)!)));
    } catch (error) {
      if (isFileError(error) || outageOf(error)) throw error;
      return works;
    }
    return works.filter((work) => !hasVectors(work));
  }

  /** All together, and if that fails each alone, so that one text holds back no other. In an outage none is to blame. */
  async function embed(works: readonly Work[]): Promise<void> {
    if (works.length === 0) return;
    try {
      await embedAll(works);
    } catch (error) {
      if (isFileError(error) || outageOf(error)) throw error;
      await embedEach(works);
    }
  }

  async function embedAll(works: readonly Work[]): Promise<void> {
    const memories = works.map(({ memory }) => memory);
    const embedded = await embedMemories(embedder, memories, () => !isClosed && lease.take());
    if (!embedded || isClosed) return;
    await keep(embedded.filter(({ vectors: own }) => own.length > 0));
    if (isClosed) return;
    for (const memory of embedded) {
      if (memory.vectors.length === 0) embeddings.skipped(memory, 'The content is blank.');
    }
  }

  async function keep(memories: readonly IndexedMemory[]): Promise<void> {
    if (isClosed) return;
    await vectors.add(memories);
    if (memories.length > embeddedAtATime.count) await pause();
    if (isClosed) return;
    const noted = embeddings.ready(memories.map((memory) => ({ ...memory, digest: memoryDigest(memory) })));
    // What the log has changed meanwhile waits for what it has.
    if (noted < memories.length) await catchUp();
    outages = 0;
  }

  async function embedEach(works: readonly Work[]): Promise<void> {
    let failures = 0;
    for (const work of works) {
      try {
        await embedAll([work]);
        failures = Number.NEGATIVE_INFINITY;
      } catch (error) {
        if (isFileError(error) || outageOf(error)) throw error;
        if (isClosed) return;
        fail(work.due, error instanceof Error ? error.message : String(error));
        failures += 1;
      }
      if (failures === OUTAGE_AFTER) return rest(MAX_BACKOFF);
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
    while (!isClosed && ids.some((id) => inFlight.has(id))) await progress();
    for (const id of ids) inFlight.add(id);
    try {
      return await work();
    } finally {
      for (const id of ids) inFlight.delete(id);
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
    isResting: () => Date.now() < pausedUntil,
    close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      tell();
    },
  };
}

/** Whether nothing can be embedded or kept now, whatever the text. */
function outageOf(error: unknown): EmbeddingError['outage'] {
  if (error instanceof EmbeddingError) return error.outage;
  return error instanceof StoreError ? 'PASSING' : null;
}

/** As many as may be taken at a time, and one at least. */
function firstOf<T>(
  items: readonly T[],
  sizeOf: (item: T) => number,
  most: { readonly count: number; readonly bytes: number },
): readonly T[] {
  let size = 0;
  const end = items.findIndex((item, index) => {
    size += sizeOf(item);
    return index > 0 && (index >= most.count || size > most.bytes);
  });
  return end < 0 ? items : items.slice(0, end);
}

interface Work {
  readonly due: DueMemory;
  readonly memory: Memory;
}
