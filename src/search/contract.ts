import type { EmbeddingModel, Passage } from '../embedding/embedder.js';
import type { MemoryLinks } from './memory-links.js';
import type { TaskGraph, TaskSearchFilter } from './task-graph.js';
import type { MemorySearchFilter, VectorDonor, VectorIndex } from './vectors/vector-index.js';

/** `HYBRID` fuses the ranks of both others. */
export const SEARCH_MODES = ['HYBRID', 'VECTOR', 'TEXT'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** The length of a query that is read, in UTF-16 code units; the rest is ignored. An embedding model reads less. */
export const MAX_QUERY = 10_000;
/** The most terms (words and phrases) of a query that are searched for: the rarest ones. */
export const MAX_TERMS = 64;

/** Search over one project's memories and tasks, by meaning and by words. All of it is derived from the store and its log. */
export interface ProjectSearch {
  /** Searches memories. Any text is a valid query; a blank one finds nothing. */
  memories(query: MemoryQuery): Promise<MemoryAnswer>;
  /** Searches tasks by their words. */
  tasks(query: TaskQuery): Promise<readonly TaskHit[]>;
  /**
   * Reads the graph of tasks, as of a commit that isn't older than the call: while tasks are being indexed for the first time,
   * it waits.
   */
  graph<T>(read: (graph: TaskGraph) => T): Promise<T>;
  /**
   * Reads what memories refer to, as of a commit that isn't older than the call.
   * @param wait - for all of the index: during a first indexing, the call waits; or only `BRIEFLY`, as searches do: left out, for all
   */
  links<T>(read: (links: MemoryLinks) => T, wait?: 'BRIEFLY'): Promise<T>;
  /** The embedding status of each memory, in the order of the ids; null for a memory that isn't indexed. */
  embeddings(ids: readonly string[]): Promise<readonly (EmbeddingStatus | null)[]>;
  /** How many memories are in each state, counted in the index as it is: the log isn't applied first. */
  counts(): Promise<EmbeddingCounts>;
  /** Why pending memories can't be embedded now, such as an unreachable service; null when nothing prevents it. */
  outage(): Promise<string | null>;
  /** The stored vectors, for a move: read and compared, never written. */
  readonly vectors: Pick<VectorIndex, 'get' | 'read' | 'compare'> & { readonly model: EmbeddingModel };
  /** Copies the index file for the same project in another store, as a vector donor. */
  readonly copyIndex: NonNullable<VectorDonor['copyIndex']>;
  /** Replaces the vectors of these memories, from a donor where it has them, else by embedding. For vectors that proved wrong. */
  renew(ids: readonly string[]): Promise<void>;
  /** Compares what is stored with what can be found, as a set difference of (id, content hash). */
  status(): Promise<IndexStatus>;
  /** Repairs every difference between store and index: adds what is missing, removes what is gone, retries what failed. */
  repair(): Promise<IndexRepair>;
  /** Removes purged records, and texts before their redaction, from the index. Resolves when its file no longer contains them. */
  catchUp(): Promise<void>;
  /** Resolves when nothing is pending, or the signal aborts. */
  settled(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface MemoryQuery {
  readonly text: string;
  readonly mode: SearchMode;
  readonly limit: number;
  /** Excludes memories less similar than this (cosine, -1 to 1). Not applied when words alone answer. */
  readonly minSimilarity?: number | undefined;
  readonly filter: MemorySearchFilter;
}

export interface MemoryAnswer {
  readonly hits: readonly MemoryHit[];
  /** The mode that answered: `TEXT` when vectors couldn't. */
  readonly answeredBy: SearchMode;
  /** Memories without a vector yet. They are already found by their words. */
  readonly pending: number;
}

export interface MemoryHit {
  readonly id: string;
  /** 0 to 1; comparable within one answer. VECTOR: (1 + cosine) / 2. */
  readonly score: number;
  /** Cosine similarity of the query and the passage; null when words alone answered, or the memory has no vector yet. */
  readonly similarity: number | null;
  /** The passage nearest to the query; null when the similarity is null. */
  readonly passage: Passage | null;
}

export interface TaskQuery {
  readonly text: string;
  readonly limit: number;
  readonly filter: TaskSearchFilter;
}

export interface TaskHit {
  readonly id: string;
  /** 0 to 1; comparable within one answer. */
  readonly score: number;
}

export const EMBEDDING_STATES = ['PENDING', 'READY', 'FAILED', 'SKIPPED'] as const;
export type EmbeddingState = (typeof EMBEDDING_STATES)[number];

export interface EmbeddingStatus {
  readonly state: EmbeddingState;
  /** Why it failed or was skipped. */
  readonly reason: string | null;
  readonly model: string;
}

/** Memories that aren't deleted, by the state of their embedding. */
export interface EmbeddingCounts {
  readonly ready: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  /** Log entries that aren't applied yet: all of them while the index is being built for the first time. */
  readonly lag: number;
}

/** stored = searchable + pending + failed + skipped. Memories that aren't deleted. */
export interface IndexStatus {
  readonly stored: number;
  readonly searchable: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why memories failed or were skipped, and how many for each reason. */
  readonly reasons: readonly { readonly state: EmbeddingState; readonly reason: string; readonly count: number }[];
  readonly model: string;
  /** Whether the text index is being built, for the first time or after damage. */
  readonly isBuilding: boolean;
}

export interface IndexRepair {
  readonly added: number;
  readonly removed: number;
  readonly retried: number;
}

/** Where search reports what it had to work around. Compatible with pino. */
export interface SearchLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export const silentLogger: SearchLogger = { info: () => {}, warn: () => {} };
