import { EmbeddingError, StoreError } from '../../domain/errors.js';
import type { Memory } from '../../domain/memory.js';
import type { Embedder } from '../../embedding/embedder.js';
import { memories as memoriesSpec } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { nextTurn } from '../../util/async.js';
import { isFileError } from '../index/index-file.js';
import { contentHash, memoryDigest } from '../index/index-record.js';
import { type HeldMemory, type IndexedMemory, type VectorIndex, VectorsRefusedError } from '../vectors/vector-index.js';
import type { VectorReuse } from '../vectors/vector-reuse.js';
import { type BisectedBatch, bisectBatch, type RefusedItem } from './bisect-batch.js';
import type { DueMemory, Embedded, EmbeddingTable } from './embedding-table.js';
import type { Lease } from './lease.js';
import type { PartialEmbeddingTable } from './partial-embedding-table.js';
import { createPartialEmbeddings, indexedOf, isWhole, type PartialEmbedding, toIndexed } from './partial-embeddings.js';

/** The work on a batch of memories that are due. */
export interface EmbeddingWork {
  /**
   * Reuses existing vectors. Returns the memories without any.
   * @throws EmbeddingError, StoreError when nothing can be stored now
   */
  reuse(batch: readonly DueMemory[]): Promise<readonly DueMemory[]>;
  /**
   * Embeds as much of them as the model takes at a time. A memory that isn't complete then stays due and keeps its vectors so
   * far. Returns whether any work succeeded. @throws EmbeddingError, StoreError when nothing can be embedded or stored now
   */
  embed(batch: readonly DueMemory[]): Promise<boolean>;
}

export interface EmbeddingWorkOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly vectors: Pick<VectorIndex, 'add'>;
  /** Adds reused vectors without reading the memories from the store. Left out, they are read. */
  readonly addHeld?: ((memories: readonly HeldMemory[]) => Promise<void>) | undefined;
  readonly reuse: VectorReuse;
  readonly partialTable: PartialEmbeddingTable;
  readonly embeddings: EmbeddingTable;
  readonly lease: Lease;
  /** Applies new log entries. */
  readonly catchUp: () => Promise<void>;
  /** Resolves when the tables can be written without blocking the thread. */
  readonly writable: () => Promise<void>;
  readonly isClosed: () => boolean;
  /** Records that a memory couldn't be embedded. */
  readonly fail: (memory: DueMemory, reason: string) => void;
}

export function createEmbeddingWork(options: EmbeddingWorkOptions): EmbeddingWork {
  const { store, embedder, vectors, addHeld, partialTable, embeddings, lease, catchUp, writable, isClosed, fail } =
    options;
  const partials = createPartialEmbeddings(embedder, partialTable);

  // — reusing vectors —

  async function reuse(batch: readonly DueMemory[]): Promise<readonly DueMemory[]> {
    const found = await options.reuse.find([...new Set(batch.map(({ hash }) => hash))]);
    if (found.size === 0) return batch;
    await nextTurn();
    const own = batch.filter(({ hash }) => found.has(hash));
    const take = async (some: readonly DueMemory[]) => {
      if (addHeld) {
        await addHeld(some.map(({ id, hash }) => ({ id, hash, vectors: found.get(hash)! })));
        await nextTurn();
        await note(some);
      } else {
        const works = await read(some);
        await keep(works.map(({ due: { hash }, memory }) => indexedOf(memory, hash, found.get(hash)!)));
      }
      return [];
    };
    await blame(await bisectBatch(own, take, isRefusal));
    return batch.filter(({ hash }) => !found.has(hash));
  }

  /** The memories as stored, if they still have the content that is due. */
  async function read(batch: readonly DueMemory[]): Promise<readonly StoredWork[]> {
    const found = await store.collection(memoriesSpec).get(batch.map(({ id }) => id));
    const works: StoredWork[] = [];
    const others: DueMemory[] = [];
    batch.forEach((due, index) => {
      const memory = found[index];
      const holds = memory?.deletedAt === null && isText(memory.content) && contentHash(memory.content) === due.hash;
      if (holds) works.push({ due, memory });
      else others.push(due);
    });
    if (others.length > 0) {
      await catchUp();
      await writable();
    }
    if (isClosed()) return [];
    // If the log has changed a memory, its row has another content now, and isn't affected.
    for (const due of others) fail(due, "The store doesn't hold this content.");
    return works;
  }

  async function keep(memories: readonly IndexedMemory[]): Promise<void> {
    if (isClosed() || memories.length === 0) return;
    await vectors.add(memories);
    await note(memories.map((memory) => ({ id: memory.id, hash: memory.hash, digest: memoryDigest(memory) })));
  }

  async function note(memories: readonly Embedded[]): Promise<void> {
    await writable();
    if (isClosed()) return;
    // Memories that the log has changed meanwhile stay pending.
    if (embeddings.ready(memories) < memories.length) await catchUp();
  }

  /** Fails memories that were refused individually. @throws the reason, when something else than the memories was refused */
  async function blame({ refused, isAccepted, isGivenUp }: BisectedBatch<DueMemory>): Promise<void> {
    await writable();
    if (isClosed()) return;
    // A full store refuses every memory. A limit of a single record is recognized by others being accepted.
    const full = refused.find(({ item, error }) => item.attempts === 0 && isFull(error));
    if (full && !isAccepted) throw full.error;
    for (const { item, error } of refused) fail(item, error instanceof Error ? error.message : String(error));
    if (isGivenUp) throw refused[0]!.error;
  }

  // — embedding —

  async function embed(batch: readonly DueMemory[]): Promise<boolean> {
    if (batch.length === 0) return false;
    const outcome = await bisectBatch(batch, advance, isRefusal);
    await blame(outcome);
    return outcome.isAccepted;
  }

  /** One round of work on a batch. Returns the memories that the model refuses. */
  async function advance(batch: readonly DueMemory[]): Promise<readonly RefusedItem<DueMemory>[]> {
    const works = await read(batch);
    if (works.length === 0) return [];
    const opened = await partials.open(works);
    if (isClosed() || !lease.take()) return [];
    try {
      await partials.advance(opened);
    } catch (error) {
      const failures = opened.flatMap(({ failure }) => failure ?? []);
      if (failures.length === 0) throw error;
      const outage = failures.find(outageOf);
      if (outage) throw outage;
    } finally {
      await writable();
      // Complete ones too, where vectors are stored elsewhere: that may take long, or fail.
      if (!isClosed()) partials.keep(addHeld ? opened.filter((partial) => !isWhole(partial)) : opened);
    }
    const failed = opened.filter(({ failure }) => failure);
    await finish(opened.filter((partial) => isWhole(partial)));
    partials.close(failed);
    return failed.map(({ due, failure: error }) => ({ item: due, error }));
  }

  async function finish(whole: readonly PartialEmbedding[]): Promise<void> {
    await keep(whole.filter(({ passages }) => passages.length > 0).map(toIndexed));
    await writable();
    if (isClosed()) return;
    for (const { due, passages } of whole) if (passages.length === 0) embeddings.skipped(due, 'The content is blank.');
    partials.close(whole);
  }

  return { reuse, embed };
}

/** Whether an error is about the batch, so that a smaller one may be accepted. */
function isRefusal(error: unknown): boolean {
  return !isFileError(error) && outageOf(error) === null;
}

/** A document that was edited by hand may have any content. */
const isText = (content: unknown): content is string => typeof content === 'string';

function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'STORE_FULL';
}

/** The kind of outage when nothing can be embedded or stored now, whatever the text; else null. */
export function outageOf(error: unknown): EmbeddingError['outage'] {
  if (error instanceof EmbeddingError) return error.outage;
  return error instanceof StoreError && !(error instanceof VectorsRefusedError) ? 'PASSING' : null;
}

interface StoredWork {
  readonly due: DueMemory;
  readonly memory: Memory;
}
