import { EmbeddingError, StoreError } from '../domain/errors.js';
import type { Memory } from '../domain/memory.js';
import type { Embedder } from '../embedding/embedder.js';
import { memories as memoriesSpec } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import type { DueMemory, Embedded, EmbeddingTable } from './embedding-table.js';
import { isFileError } from './index-file.js';
import { contentHash, memoryDigest } from './index-record.js';
import type { KnownVectors } from './known.js';
import type { Lease } from './lease.js';
import { embedMemories, toIndexed } from './passages.js';
import { pause } from './slices.js';
import type { HeldMemory, IndexedMemory, VectorIndex } from './vector-index.js';

/** What is done with memories whose turn it is. */
export interface EmbeddingWork {
  /** Takes the vectors that there are already. Gives the memories of which there are none. */
  adopt(batch: readonly DueMemory[]): Promise<readonly DueMemory[]>;
  /** Embeds them, and says how that went. @throws EmbeddingError, StoreError when nothing can be embedded or kept now */
  embed(batch: readonly DueMemory[]): Promise<EmbeddingOutcome>;
}

/** `OUTAGE`: so many failed alone that it isn't them; the rest is left for later. */
export type EmbeddingOutcome = 'NOTHING' | 'DONE' | 'OUTAGE';

export interface EmbeddingWorkOptions {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly vectors: Pick<VectorIndex, 'add'>;
  /** Adds vectors where nothing else of a memory is needed for that: what has them needn't be read. Left out, it is. */
  readonly addHeld?: ((memories: readonly HeldMemory[]) => Promise<void>) | undefined;
  readonly known: KnownVectors;
  readonly embeddings: EmbeddingTable;
  readonly lease: Lease;
  /** Applies what the log has since. */
  readonly catchUp: () => Promise<void>;
  readonly isClosed: () => boolean;
  /** Notes that a memory couldn't be embedded. */
  readonly fail: (memory: DueMemory, reason: string) => void;
}

/** When this many memories in a row fail alone, it isn't them. */
const OUTAGE_AFTER = 3;

export function createEmbeddingWork(options: EmbeddingWorkOptions): EmbeddingWork {
  const { store, embedder, vectors, addHeld, known, embeddings, lease, catchUp, isClosed, fail } = options;

  // — taking what there is —

  async function adopt(batch: readonly DueMemory[]): Promise<readonly DueMemory[]> {
    const found = await known.find([...new Set(batch.map(({ hash }) => hash))]);
    if (found.size === 0) return batch;
    await pause();
    const own = batch.filter(({ hash }) => found.has(hash));
    try {
      if (addHeld) {
        await addHeld(own.map(({ id, hash }) => ({ id, hash, vectors: found.get(hash)! })));
        await pause();
        await note(own);
      } else {
        const works = await read(own);
        await keep(works.map(({ due: { hash }, memory }) => toIndexed(memory, hash, found.get(hash)!)));
      }
    } catch (error) {
      if (isFileError(error) || outageOf(error)) throw error;
      // Each that can't be kept is told apart where they are embedded.
      return batch;
    }
    return batch.filter(({ hash }) => !found.has(hash));
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
    if (isClosed()) return [];
    // What the log has changed is another content by now, of which this says nothing.
    for (const due of others) fail(due, "The store doesn't hold this content.");
    return works;
  }

  async function keep(memories: readonly IndexedMemory[]): Promise<void> {
    if (isClosed()) return;
    await vectors.add(memories);
    await note(memories.map((memory) => ({ id: memory.id, hash: memory.hash, digest: memoryDigest(memory) })));
  }

  async function note(memories: readonly Embedded[]): Promise<void> {
    if (isClosed()) return;
    // What the log has changed meanwhile waits for what it has.
    if (embeddings.ready(memories) < memories.length) await catchUp();
  }

  // — embedding —

  /** All together, and if that fails each alone, so that one text holds back no other. In an outage none is to blame. */
  async function embed(batch: readonly DueMemory[]): Promise<EmbeddingOutcome> {
    const works = batch.length > 0 ? await read(batch) : [];
    if (works.length === 0) return 'NOTHING';
    try {
      await embedAll(works);
      return 'DONE';
    } catch (error) {
      if (isFileError(error) || outageOf(error)) throw error;
      return embedEach(works);
    }
  }

  async function embedAll(works: readonly Work[]): Promise<void> {
    const memories = works.map(({ memory }) => memory);
    const embedded = await embedMemories(embedder, memories, () => !isClosed() && lease.take());
    if (!embedded) return;
    await keep(embedded.filter(({ vectors: own }) => own.length > 0));
    if (isClosed()) return;
    for (const memory of embedded) {
      if (memory.vectors.length === 0) embeddings.skipped(memory, 'The content is blank.');
    }
  }

  async function embedEach(works: readonly Work[]): Promise<EmbeddingOutcome> {
    let failures = 0;
    for (const work of works) {
      try {
        await embedAll([work]);
        failures = Number.NEGATIVE_INFINITY;
      } catch (error) {
        if (isFileError(error) || outageOf(error)) throw error;
        if (isClosed()) return 'NOTHING';
        fail(work.due, error instanceof Error ? error.message : String(error));
        failures += 1;
      }
      if (failures === OUTAGE_AFTER) return 'OUTAGE';
    }
    return failures < 0 ? 'DONE' : 'NOTHING';
  }

  return { adopt, embed };
}

/** Whether nothing can be embedded or kept now, whatever the text. */
export function outageOf(error: unknown): EmbeddingError['outage'] {
  if (error instanceof EmbeddingError) return error.outage;
  return error instanceof StoreError ? 'PASSING' : null;
}

interface Work {
  readonly due: DueMemory;
  readonly memory: Memory;
}
