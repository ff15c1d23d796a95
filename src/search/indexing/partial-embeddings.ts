import type { Memory } from '../../domain/memory.js';
import type { Embedder, Passage } from '../../embedding/embedder.js';
import { forgettable } from '../../util/forgettable.js';
import type { HeldMemory, IndexedMemory, PassageVector } from '../vectors/vector-index.js';
import { isSound } from '../vectors/vector-rows.js';
import type { DueMemory } from './embedding-table.js';
import type { PartialEmbeddingTable } from './partial-embedding-table.js';

/** A memory that is being embedded: its passages, and the vectors that there are of them so far. */
export interface PartialEmbedding {
  readonly due: DueMemory;
  readonly memory: Memory;
  readonly passages: readonly Passage[];
  readonly vectors: (Float32Array | undefined)[];
  /** Those of them that are kept in the index file. */
  readonly kept: Set<number>;
  /** Why a passage has no vector; null while none was refused. */
  failure: Error | null;
}

/** The memories that are being embedded. A long one is worked on in turns, between which it stays open here. */
export interface PartialEmbeddings {
  /** Cuts memories into passages, and takes the vectors that are kept of them. @throws EmbeddingError */
  open(works: readonly Pick<PartialEmbedding, 'due' | 'memory'>[]): Promise<readonly PartialEmbedding[]>;
  /** Embeds what these lack, as much as the model takes at a time. What comes of it counts, also when it rejects. */
  advance(drafts: readonly PartialEmbedding[]): Promise<void>;
  /** Keeps in the index file what isn't kept yet of these. */
  keep(drafts: readonly PartialEmbedding[]): void;
  /** They are done: they have their vectors, or fail. */
  close(drafts: readonly PartialEmbedding[]): void;
}

interface MissingPassage {
  readonly draft: PartialEmbedding;
  readonly index: number;
  readonly text: string;
}

/** Memories that stay open between turns. Others are cut again with their next turn, which for 1 MB takes a second. */
const MOST_OPEN = 8;

export function createPartialEmbeddings(embedder: Embedder, table: PartialEmbeddingTable): PartialEmbeddings {
  const { model } = embedder;
  const opened = forgettable(new Map<string, PartialEmbedding>());

  async function open(
    works: readonly Pick<PartialEmbedding, 'due' | 'memory'>[],
  ): Promise<readonly PartialEmbedding[]> {
    const kept = table.find(works.map(({ due }) => due).filter((due) => !isOpen(due)));
    const drafts = await Promise.all(
      works.map(async ({ due, memory }) => {
        const known = opened.get(due.id);
        if (known && isOpen(due)) return { ...known, due, memory, failure: null };
        const passages = await embedder.passages(memory.content);
        return begin({ due, memory, passages }, kept.get(due.id) ?? []);
      }),
    );
    for (const { due } of drafts) opened.delete(due.id);
    for (const id of opened.keys()) {
      if (opened.size <= MOST_OPEN) break;
      opened.delete(id);
    }
    for (const draft of drafts) opened.set(draft.due.id, draft);
    return drafts;
  }

  const isOpen = ({ id, hash }: DueMemory): boolean => opened.get(id)?.due.hash === hash;

  function begin(
    { due, memory, passages }: Pick<PartialEmbedding, 'due' | 'memory' | 'passages'>,
    kept: readonly PassageVector[],
  ): PartialEmbedding {
    const byPlace = new Map(kept.map((each) => [placeOf(each.passage), each.vector]));
    const vectors = passages.map((passage) => byPlace.get(placeOf(passage)));
    const places = vectors.flatMap((vector, index) => (vector ? [index] : []));
    return { due, memory, passages, vectors, kept: new Set(places), failure: null };
  }

  async function advance(drafts: readonly PartialEmbedding[]): Promise<void> {
    const wanted = next(drafts);
    if (wanted.length === 0) return;
    const take = (index: number, outcome: Float32Array | Error): void => {
      const { draft, index: passage } = wanted[index]!;
      if (outcome instanceof Error) draft.failure ??= outcome;
      else if (isSound(outcome, model)) draft.vectors[passage] = outcome;
      else
        draft.failure ??= new RangeError(`The model gave a vector that isn't ${model.dimensions} numbers of length 1.`);
    };
    const texts = wanted.map(({ text }) => text);
    const keepSoon = createSoon(() => keep(drafts));
    let waiting = texts.length;
    const made = await embedder.embedDocuments(texts, (index, outcome) => {
      take(index, outcome);
      waiting -= 1;
      // An answer that others are still waited for.
      if (waiting > 0) keepSoon();
    });
    if (made.length !== texts.length) throw new RangeError(`${texts.length} texts gave ${made.length} vectors.`);
    for (const [index, vector] of made.entries()) take(index, vector);
  }

  /** One at least, and then as many as the model takes. */
  function next(drafts: readonly PartialEmbedding[]): readonly MissingPassage[] {
    const wanted: MissingPassage[] = [];
    let bytes = 0;
    for (const draft of drafts) {
      for (const [index, { start, end }] of draft.passages.entries()) {
        if (draft.vectors[index]) continue;
        const text = draft.memory.content.slice(start, end);
        bytes += Buffer.byteLength(text);
        const isFull = wanted.length >= model.maxBatch || bytes > model.maxBatchBytes;
        if (wanted.length > 0 && isFull) return wanted;
        wanted.push({ draft, index, text });
      }
    }
    return wanted;
  }

  function keep(drafts: readonly PartialEmbedding[]): void {
    const news = drafts.map((draft) => ({ draft, places: newPlaces(draft) })).filter(({ places }) => places.length > 0);
    if (news.length === 0) return;
    table.keep(
      news.map(({ draft, places }) => ({ ...heldOf(draft), vectors: places.map((at) => vectorAt(draft, at)) })),
    );
    for (const { draft, places } of news) for (const at of places) draft.kept.add(at);
  }

  function close(drafts: readonly PartialEmbedding[]): void {
    for (const { due } of drafts) opened.delete(due.id);
  }

  return { open, advance, keep, close };
}

/** Whether all its passages have their vectors. One without passages has nothing to embed. */
export function isWhole({ vectors }: PartialEmbedding): boolean {
  return vectors.every((vector) => vector !== undefined);
}

/** A draft that is whole, as an index keeps it. */
export function toIndexed({ due, memory, passages, vectors }: PartialEmbedding): IndexedMemory {
  return indexedOf(
    memory,
    due.hash,
    passages.map((passage, index) => ({ passage, vector: vectors[index]! })),
  );
}

/** A memory as an index keeps it. `hash`: of its content. */
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

/** Does it when what happens at once has happened. That it failed is seen when it is done again. */
function createSoon(work: () => void): () => void {
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
