import { EmbeddingError, StoreError } from '../../domain/errors.js';
import type { Memory } from '../../domain/memory.js';
import type { Embedder } from '../../embedding/embedder.js';
import { memories as memoriesSpec } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { isFileError } from '../index/index-file.js';
import { contentHash, memoryDigest } from '../index/index-record.js';
import { pause } from '../index/time-slices.js';
import { type HeldMemory, type IndexedMemory, type VectorIndex, VectorsRefusedError } from '../vectors/vector-index.js';
import type { VectorReuse } from '../vectors/vector-reuse.js';
import { type BisectedBatch, bisectBatch, type RefusedItem } from './bisect-batch.js';
import type { DueMemory, Embedded, EmbeddingTable } from './embedding-table.js';
import type { Lease } from './lease.js';
import type { PartialEmbeddingTable } from './partial-embedding-table.js';
import { createPartialEmbeddings, indexedOf, isWhole, type PartialEmbedding, toIndexed } from './partial-embeddings.js';

/** What is done with memories whose turn it is. */
export interface EmbeddingWork {
  /**
   * Takes the vectors that there are already. Gives the memories of which there are none.
   * @throws EmbeddingError, StoreError when nothing can be kept now
   */
  adopt(batch: readonly DueMemory[]): Promise<readonly DueMemory[]>;
  /**
   * Embeds as much of them as the model takes at a time. What isn't whole then waits for another turn, and keeps what it
   * has. Says whether anything could be done. @throws EmbeddingError, StoreError when nothing can be embedded or kept now
   */
  embed(batch: readonly DueMemory[]): Promise<boolean>;
}

export interface EmbeddingWorkOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly vectors: Pick<VectorIndex, 'add'>;
  /** Adds vectors where nothing else of a memory is needed for that: what has them needn't be read. Left out, it is. */
  readonly addHeld?: ((memories: readonly HeldMemory[]) => Promise<void>) | undefined;
  readonly known: VectorReuse;
  readonly draftTable: PartialEmbeddingTable;
  readonly embeddings: EmbeddingTable;
  readonly lease: Lease;
  /** Applies what the log has since. */
  readonly catchUp: () => Promise<void>;
  readonly isClosed: () => boolean;
  /** Notes that a memory couldn't be embedded. */
  readonly fail: (memory: DueMemory, reason: string) => void;
}

export function createEmbeddingWork(options: EmbeddingWorkOptions): EmbeddingWork {
  const { store, embedder, vectors, addHeld, known, draftTable, embeddings, lease, catchUp, isClosed, fail } = options;
  const drafts = createPartialEmbeddings(embedder, draftTable);

  // — taking what there is —

  async function adopt(batch: readonly DueMemory[]): Promise<readonly DueMemory[]> {
    const found = await known.find([...new Set(batch.map(({ hash }) => hash))]);
    if (found.size === 0) return batch;
    await pause();
    const own = batch.filter(({ hash }) => found.has(hash));
    const take = async (some: readonly DueMemory[]) => {
      if (addHeld) {
        await addHeld(some.map(({ id, hash }) => ({ id, hash, vectors: found.get(hash)! })));
        await pause();
        await note(some);
      } else {
        const works = await read(some);
        await keep(works.map(({ due: { hash }, memory }) => indexedOf(memory, hash, found.get(hash)!)));
      }
      return [];
    };
    blame(await bisectBatch(own, take, isRefusal));
    return batch.filter(({ hash }) => !found.has(hash));
  }

  /** The memories as they are stored, if they still have the content that waits. */
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
    if (others.length > 0) await catchUp();
    if (isClosed()) return [];
    // What the log has changed is another content by now, of which this says nothing.
    for (const due of others) fail(due, "The store doesn't hold this content.");
    return works;
  }

  async function keep(memories: readonly IndexedMemory[]): Promise<void> {
    if (isClosed() || memories.length === 0) return;
    await vectors.add(memories);
    await note(memories.map((memory) => ({ id: memory.id, hash: memory.hash, digest: memoryDigest(memory) })));
  }

  async function note(memories: readonly Embedded[]): Promise<void> {
    if (isClosed()) return;
    // What the log has changed meanwhile waits for what it has.
    if (embeddings.ready(memories) < memories.length) await catchUp();
  }

  /** Those that were refused alone fail. @throws why, when it isn't they that are refused */
  function blame({ refused, isAccepted, isGivenUp }: BisectedBatch<DueMemory>): void {
    if (isClosed()) return;
    // A store that is full refuses everybody; a limit of each record's was met while others were accepted.
    const full = refused.find(({ item, error }) => item.attempts === 0 && isFull(error));
    if (full && !isAccepted) throw full.error;
    for (const { item, error } of refused) fail(item, error instanceof Error ? error.message : String(error));
    if (isGivenUp) throw refused[0]!.error;
  }

  // — embedding —

  async function embed(batch: readonly DueMemory[]): Promise<boolean> {
    if (batch.length === 0) return false;
    const outcome = await bisectBatch(batch, advance, isRefusal);
    blame(outcome);
    return outcome.isAccepted;
  }

  /** A turn of these. Gives those that the model refuses. */
  async function advance(batch: readonly DueMemory[]): Promise<readonly RefusedItem<DueMemory>[]> {
    const works = await read(batch);
    if (works.length === 0) return [];
    const opened = await drafts.open(works);
    if (isClosed() || !lease.take()) return [];
    try {
      await drafts.advance(opened);
    } catch (error) {
      const failures = opened.flatMap(({ failure }) => failure ?? []);
      if (failures.length === 0) throw error;
      const outage = failures.find(outageOf);
      if (outage) throw outage;
    } finally {
      // Where vectors go elsewhere that may take long, or fail.
      if (!isClosed()) drafts.keep(addHeld ? opened.filter((draft) => !isWhole(draft)) : opened);
    }
    const failed = opened.filter(({ failure }) => failure);
    await finish(opened.filter((draft) => isWhole(draft)));
    drafts.close(failed);
    return failed.map(({ due, failure: error }) => ({ item: due, error }));
  }

  async function finish(whole: readonly PartialEmbedding[]): Promise<void> {
    await keep(whole.filter(({ passages }) => passages.length > 0).map(toIndexed));
    if (isClosed()) return;
    for (const { due, passages } of whole) if (passages.length === 0) embeddings.skipped(due, 'The content is blank.');
    drafts.close(whole);
  }

  return { adopt, embed };
}

/** Whether an error is about what was given, so that less of it may be taken. */
function isRefusal(error: unknown): boolean {
  return !isFileError(error) && outageOf(error) === null;
}

/** A document that was edited by hand may have anything there. */
const isText = (content: unknown): content is string => typeof content === 'string';

function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'STORE_FULL';
}

/** Whether nothing can be embedded or kept now, whatever the text. */
export function outageOf(error: unknown): EmbeddingError['outage'] {
  if (error instanceof EmbeddingError) return error.outage;
  return error instanceof StoreError && !(error instanceof VectorsRefusedError) ? 'PASSING' : null;
}

interface StoredWork {
  readonly due: DueMemory;
  readonly memory: Memory;
}
