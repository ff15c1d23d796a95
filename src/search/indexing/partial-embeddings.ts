import type { Memory } from '../../domain/memory.js';
import type { Embedder, Passage } from '../../embedding/embedder.js';
import { forgettable } from '../../util/forgettable.js';
import type { HeldMemory, IndexedMemory, PassageVector } from '../vectors/vector-index.js';
import { isSound } from '../vectors/vector-table.js';
import type { DueMemory } from './embedding-table.js';
import type { PartialEmbeddingTable } from './partial-embedding-table.js';

/** A memory that is being embedded: its passages, and their vectors so far. */
export interface PartialEmbedding {
  readonly due: DueMemory;
  readonly memory: Memory;
  readonly passages: readonly Passage[];
  readonly vectors: (Float32Array | undefined)[];
  /** Indexes of the vectors that are in the index file. */
  readonly kept: Set<number>;
  /** Why a passage was refused; null if none was. */
  failure: Error | null;
}

/** The memories that are being embedded. A long one takes several batches, between which it stays open here. */
export interface PartialEmbeddings {
  /** Cuts memories into passages, and loads their vectors so far. @throws EmbeddingError */
  open(works: readonly Pick<PartialEmbedding, 'due' | 'memory'>[]): Promise<readonly PartialEmbedding[]>;
  /** Embeds missing passages, as many as the model takes at a time. Vectors received before it rejects are used too. */
  advance(partials: readonly PartialEmbedding[]): Promise<void>;
  /** Writes new vectors to the index file. */
  keep(partials: readonly PartialEmbedding[]): void;
  /** Closes memories that are complete or failed. */
  close(partials: readonly PartialEmbedding[]): void;
}

interface MissingPassage {
  readonly partial: PartialEmbedding;
  readonly index: number;
  readonly text: string;
}

/** Memories that stay open between batches. Others are cut again with their next batch, which takes a second for 1 MB. */
const MOST_OPEN = 8;

export function createPartialEmbeddings(embedder: Embedder, table: PartialEmbeddingTable): PartialEmbeddings {
  const { model } = embedder;
  const opened = forgettable(new Map<string, PartialEmbedding>());

  async function open(
    works: readonly Pick<PartialEmbedding, 'due' | 'memory'>[],
  ): Promise<readonly PartialEmbedding[]> {
    const kept = table.find(works.map(({ due }) => due).filter((due) => !isOpen(due)));
    const partials = await Promise.all(
      works.map(async ({ due, memory }) => {
        const known = opened.get(due.id);
        if (known && isOpen(due)) return { ...known, due, memory, failure: null };
        const passages = await embedder.passages(memory.content);
        return start({ due, memory, passages }, kept.get(due.id) ?? []);
      }),
    );
    for (const { due } of partials) opened.delete(due.id);
    for (const id of opened.keys()) {
      if (opened.size <= MOST_OPEN) break;
      opened.delete(id);
    }
    for (const partial of partials) opened.set(partial.due.id, partial);
    return partials;
  }

  const isOpen = ({ id, hash }: DueMemory): boolean => opened.get(id)?.due.hash === hash;

  function start(
    { due, memory, passages }: Pick<PartialEmbedding, 'due' | 'memory' | 'passages'>,
    kept: readonly PassageVector[],
  ): PartialEmbedding {
    const byPlace = new Map(kept.map((each) => [placeOf(each.passage), each.vector]));
    const vectors = passages.map((passage) => byPlace.get(placeOf(passage)));
    const places = vectors.flatMap((vector, index) => (vector ? [index] : []));
    return { due, memory, passages, vectors, kept: new Set(places), failure: null };
  }

  async function advance(partials: readonly PartialEmbedding[]): Promise<void> {
    const wanted = next(partials);
    if (wanted.length === 0) return;
    const take = (index: number, outcome: Float32Array | Error): void => {
      const { partial, index: passage } = wanted[index]!;
      if (outcome instanceof Error) partial.failure ??= outcome;
      else if (isSound(outcome, model)) partial.vectors[passage] = outcome;
      else
        partial.failure ??= new RangeError(
          `The model returned a vector that isn't ${model.dimensions} numbers of length 1.`,
        );
    };
    const texts = wanted.map(({ text }) => text);
    const keepSoon = debounced(() => keep(partials));
    let waiting = texts.length;
    const made = await embedder.embedDocuments(texts, (index, outcome) => {
      take(index, outcome);
      waiting -= 1;
      // Others are still on their way.
      if (waiting > 0) keepSoon();
    });
    if (made.length !== texts.length)
      throw new RangeError(`The model returned ${made.length} vectors for ${texts.length} texts.`);
    for (const [index, vector] of made.entries()) take(index, vector);
  }

  /** As many as the model takes, and at least one. */
  function next(partials: readonly PartialEmbedding[]): readonly MissingPassage[] {
    const wanted: MissingPassage[] = [];
    let bytes = 0;
    for (const partial of partials) {
      for (const [index, { start, end }] of partial.passages.entries()) {
        if (partial.vectors[index]) continue;
        const text = partial.memory.content.slice(start, end);
        bytes += Buffer.byteLength(text);
        const isFull = wanted.length >= model.maxBatch || bytes > model.maxBatchBytes;
        if (wanted.length > 0 && isFull) return wanted;
        wanted.push({ partial, index, text });
      }
    }
    return wanted;
  }

  function keep(partials: readonly PartialEmbedding[]): void {
    const news = partials
      .map((partial) => ({ partial, places: newPlaces(partial) }))
      .filter(({ places }) => places.length > 0);
    if (news.length === 0) return;
    table.keep(
      news.map(({ partial, places }) => ({ ...heldOf(partial), vectors: places.map((at) => vectorAt(partial, at)) })),
    );
    for (const { partial, places } of news) for (const at of places) partial.kept.add(at);
  }

  function close(partials: readonly PartialEmbedding[]): void {
    for (const { due } of partials) opened.delete(due.id);
  }

  return { open, advance, keep, close };
}

/** Whether all its passages have vectors. One without passages has nothing to embed. */
export function isWhole({ vectors }: PartialEmbedding): boolean {
  return vectors.every((vector) => vector !== undefined);
}

/** A complete one, as a vector index stores it. */
export function toIndexed({ due, memory, passages, vectors }: PartialEmbedding): IndexedMemory {
  return indexedOf(
    memory,
    due.hash,
    passages.map((passage, index) => ({ passage, vector: vectors[index]! })),
  );
}

/** A memory as a vector index stores it. `hash`: of its content. */
export function indexedOf(memory: Memory, hash: string, vectors: readonly PassageVector[]): IndexedMemory {
  const { id, sessionId, taskId, role, occurredAt, metadata } = memory;
  return { id, hash, sessionId, taskId, role, occurredAt, metadata: metadata ?? {}, vectors };
}

const placeOf = ({ start, end }: Passage): string => `${start}-${end}`;
const heldOf = ({ due: { id, hash } }: PartialEmbedding): Omit<HeldMemory, 'vectors'> => ({ id, hash });
const vectorAt = ({ passages, vectors }: PartialEmbedding, index: number): PassageVector => ({
  passage: passages[index]!,
  vector: vectors[index]!,
});
const newPlaces = ({ vectors, kept }: PartialEmbedding): readonly number[] =>
  vectors.flatMap((vector, index) => (vector && !kept.has(index) ? [index] : []));

/** Debounces work to the end of this turn of the event loop. Errors are ignored: the work is repeated later. */
function debounced(work: () => void): () => void {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      try {
        work();
      } catch {}
    });
  };
}
