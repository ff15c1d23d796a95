import { StoreError } from '../../domain/errors.js';
import type { MemoryRole } from '../../domain/memory.js';
import type { Passage } from '../../embedding/embedder.js';
import type { Json } from '../../util/json.js';

/**
 * The contract of a vector index: one project's memories, as vectors of their passages. It is derived from the store,
 * says which contents it holds, and may be lost.
 */
export interface VectorIndex {
  /** Kind and place, such as `embedded` or `chroma https://chroma.example`: another name means other vectors. */
  readonly name: string;
  /**
   * Adds memories, or replaces what was held of them, at once.
   * @throws VectorsRefusedError when it doesn't take one of them, whichever: fewer may be taken
   */
  add(memories: readonly IndexedMemory[]): Promise<void>;
  /**
   * No longer finds or holds memories. What was paid for may be kept where `read` finds it, for when they come back.
   * Unknown ids are no error.
   */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes memories for good: nothing is kept of them. Unknown ids are no error. */
  erase(ids: readonly string[]): Promise<void>;
  /** Forgets everything, for a rebuild. */
  clear(): Promise<void>;
  /** What is held of each of these memories, in the order of the ids; null where nothing is. Costs the same however many are held. */
  get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]>;
  /** The content hash that is held of each memory, by id. */
  held(): Promise<ReadonlyMap<string, string>>;
  /**
   * The vectors that are kept of contents, by content hash: whichever memory they were made for, and whether or not it is
   * still held. So the same content needn't be embedded twice.
   */
  read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>>;
  /**
   * The memories nearest to the vector among those that pass the filter: the true best, best first, one hit a memory (its
   * best passage), and never fewer than `limit` while that many pass.
   */
  search(vector: Float32Array, filter: MemorySearchFilter, limit: number): Promise<readonly VectorHit[]>;
  /** How near each of these memories is, by its best passage, in the order of the ids; null for one that isn't held. */
  compare(vector: Float32Array, ids: readonly string[]): Promise<readonly (VectorHit | null)[]>;
  close(): Promise<void>;
}

/** What keeps vectors can be reached, and refuses what it was given. */
export class VectorsRefusedError extends StoreError {}

/** Who has vectors of a project already. It may be closed, or fail, while it is asked: then it has none. */
export interface VectorDonor extends Pick<VectorIndex, 'read'> {
  /** Name of the model that made them. */
  readonly model: string;
  /**
   * Copies its whole index file, words and all, over the empty file at a path; false when there is none to copy. Left out: it
   * lends vectors alone. @throws the signal's reason, and what the file system and SQLite throw
   */
  readonly copyIndex?: ((path: string, purpose: IndexPurpose, signal: AbortSignal) => Promise<boolean>) | undefined;
}

/** What the vectors of an index file are for: those of another model, or of another index, are to be made or added again. */
export interface IndexPurpose {
  /** Name of the model. */
  readonly model: string;
  /** Name of the index of vectors. */
  readonly index: string;
}

/** What an index keeps of one memory. */
export interface IndexedMemory {
  readonly id: string;
  /** Hash of the content that was embedded. */
  readonly hash: string;
  readonly sessionId: string | null;
  readonly taskId: string | null;
  readonly role: MemoryRole;
  readonly occurredAt: string;
  readonly metadata: { readonly [key: string]: Json };
  readonly vectors: readonly PassageVector[];
}

/** The vectors that are held of one memory, and of which content. */
export type HeldMemory = Pick<IndexedMemory, 'id' | 'hash' | 'vectors'>;

/** A passage of a memory and its vector, of unit length. */
export interface PassageVector {
  readonly passage: Passage;
  readonly vector: Float32Array;
}

/** Which memories a search is about. Times: `after` inclusive, `before` exclusive. Metadata: every key equals. */
export interface MemorySearchFilter {
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly roles?: readonly MemoryRole[] | undefined;
  readonly occurredAfter?: string | undefined;
  readonly occurredBefore?: string | undefined;
  readonly metadata?: { readonly [key: string]: Json } | undefined;
}

export interface VectorHit {
  readonly id: string;
  /** Cosine of the angle between query and passage: -1 to 1. */
  readonly similarity: number;
  readonly passage: Passage;
}
