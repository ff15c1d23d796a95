import { StoreError } from '../../domain/errors.js';
import type { MemoryKind, MemoryRole } from '../../domain/memory.js';
import type { Passage } from '../../embedding/embedder.js';
import type { Json } from '../../util/json/json.js';

/**
 * The contract of a vector index: the vectors of one project's memories, one for each passage. It is derived from the store,
 * reports which contents it holds, and may be lost. `F`: what its searches filter by.
 */
export interface VectorIndex<F extends VectorFilter = VectorFilter> {
  /** Kind and location, such as `embedded` or `chroma https://chroma.example`. Another name means other vectors. */
  readonly name: string;
  /**
   * Adds memories, or replaces their vectors, all together.
   * @throws VectorsRefusedError when it refuses at least one of them: a smaller batch may be accepted
   */
  add(memories: readonly IndexedMemory[]): Promise<void>;
  /**
   * Removes memories from searches and from `held`. Vectors that cost money may be kept where `read` finds them, in case the
   * memories are restored. Unknown ids are no error.
   */
  remove(ids: readonly string[]): Promise<void>;
  /** Removes memories permanently, keeping nothing. Unknown ids are no error. */
  erase(ids: readonly string[]): Promise<void>;
  /** Removes everything, for a rebuild. */
  clear(): Promise<void>;
  /** The vectors of each of these memories, in the order of the ids; null where none are held. The cost doesn't depend on the size of the index. */
  get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]>;
  /** The content hash of every memory that is held, by id. */
  held(): Promise<ReadonlyMap<string, string>>;
  /**
   * The vectors of contents, by content hash: whichever memory they were made for, and whether or not that is still held. So
   * the same content needn't be embedded twice.
   */
  read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>>;
  /**
   * The memories nearest to the vector among those that pass the filter: exact, best first, one hit per memory (its best
   * passage), and never fewer than `limit` if that many pass.
   */
  search(vector: Float32Array, filter: F, limit: number): Promise<readonly VectorHit[]>;
  /** The similarity of each of these memories, by its best passage, in the order of the ids; null for one that isn't held. */
  compare(vector: Float32Array, ids: readonly string[]): Promise<readonly (VectorHit | null)[]>;
  close(): Promise<void>;
}

/** The vector index is reachable, but refuses the vectors it was given. */
export class VectorsRefusedError extends StoreError {}

/** A source of a project's existing vectors. It may be closed, or fail, at any time: it then counts as having none. */
export interface VectorDonor extends Pick<VectorIndex, 'read'> {
  /** Name of the model that made the vectors. */
  readonly model: string;
  /**
   * Copies its whole index file, words included, over the empty file at a path; false when there is none to copy. Left out,
   * it only has vectors. @throws the signal's reason, and what the file system and SQLite throw
   */
  readonly copyIndex?: ((path: string, purpose: IndexPurpose, signal: AbortSignal) => Promise<boolean>) | undefined;
}

/** Which vectors an index file should have: those of another model, or of another index, are made or added again. */
export interface IndexPurpose {
  /** Name of the model. */
  readonly model: string;
  /** Name of the vector index. */
  readonly index: string;
}

/** What a vector index stores for one memory. */
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

/** The vectors of one memory, and the content they were made from. */
export type HeldMemory = Pick<IndexedMemory, 'id' | 'hash' | 'vectors'>;

/** A passage of a memory and its vector, of unit length. */
export interface PassageVector {
  readonly passage: Passage;
  readonly vector: Float32Array;
}

/** Restricts a search of memories by everything that the index file knows of them. */
export interface MemorySearchFilter extends VectorFilter {
  readonly kinds?: readonly MemoryKind[] | undefined;
  readonly pinned?: boolean | undefined;
  /** Whether another live memory supersedes them. */
  readonly superseded?: boolean | undefined;
  /** Leaves out the memories of this session; those of no session pass. */
  readonly exceptSessionId?: string | undefined;
}

/**
 * Restricts a search by what is stored with a memory's vectors. Times: `after` is inclusive, `before` exclusive. Metadata:
 * every given key must be equal.
 */
export interface VectorFilter {
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly roles?: readonly MemoryRole[] | undefined;
  readonly occurredAfter?: string | undefined;
  readonly occurredBefore?: string | undefined;
  readonly metadata?: { readonly [key: string]: Json } | undefined;
}

export interface VectorHit {
  readonly id: string;
  /** Cosine similarity of query and passage: -1 to 1. */
  readonly similarity: number;
  readonly passage: Passage;
}
