import type { EmbeddingModel, Passage } from '../embedding/embedder.js';
import type { MemorySearchFilter, VectorDonor, VectorIndex } from './vectors/vector-index.js';

/** `HYBRID` fuses the ranks of both others. */
export const SEARCH_MODES = ['HYBRID', 'VECTOR', 'TEXT'] as const;
export type SearchMode = (typeof SEARCH_MODES)[number];

/** How much of a query is read, in UTF-16 code units: its beginning. An embedding model reads less. */
export const MAX_QUERY = 10_000;
/** The most words of a query, and stretches of words, that are looked for: the rarest. */
export const MAX_TERMS = 64;

/** One project's search: what is stored, found by meaning and by words. All of it is derived from the store's log. */
export interface ProjectSearch {
  /** Memories for a query. Anything is a query; one without a word or meaning finds nothing. */
  memories(query: MemoryQuery): Promise<MemoryAnswer>;
  /** Tasks for a query, by their words. */
  tasks(query: TaskQuery): Promise<readonly TaskHit[]>;
  /** How each memory's embedding stands, in the order of the ids; null for a memory the index doesn't know. */
  embeddings(ids: readonly string[]): Promise<readonly (EmbeddingStatus | null)[]>;
  /** How many memories are in each state, by the index's own rows: at once, and as new as the log it has applied. */
  counts(): Promise<EmbeddingCounts>;
  /** What keeps memories that wait from being embedded now, such as a service that is away; null when nothing does. */
  outage(): Promise<string | null>;
  /** The vectors as they are held, for a move: read and compared, never written. */
  readonly vectors: Pick<VectorIndex, 'get' | 'read' | 'compare'> & { readonly model: EmbeddingModel };
  /** Copies the index file for the search of the same project in another store, as a donor does. */
  readonly copyIndex: NonNullable<VectorDonor['copyIndex']>;
  /** Makes the vectors of these memories anew, from a donor when there is one: for vectors that turned out to be wrong. */
  renew(ids: readonly string[]): Promise<void>;
  /** What is stored against what can be found, by set difference of (id, content hash). */
  status(): Promise<IndexStatus>;
  /** Mends every difference between store and index: adds what is missing, drops what is gone, retries what failed. */
  repair(): Promise<IndexRepair>;
  /** Makes the index forget what the log says was purged. Resolves when its file no longer holds it. */
  catchUp(): Promise<void>;
  /** Resolves when nothing is pending, or the signal aborts. */
  settled(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface MemoryQuery {
  readonly text: string;
  readonly mode: SearchMode;
  readonly limit: number;
  /** Leaves out what is less similar (cosine, -1 to 1). Where words alone answer, nothing is known of it. */
  readonly minSimilarity?: number | undefined;
  readonly filter: MemorySearchFilter;
}

export interface MemoryAnswer {
  readonly hits: readonly MemoryHit[];
  /** The mode that answered: `TEXT` when vectors couldn't. */
  readonly answeredBy: SearchMode;
  /** Memories that wait for their vector: words find them already. */
  readonly pending: number;
}

export interface MemoryHit {
  readonly id: string;
  /** 0 to 1; comparable within one answer. VECTOR: (1 + cosine) / 2. */
  readonly score: number;
  /** Cosine of the angle between the query and the passage; null when words alone answered, or it has no vector yet. */
  readonly similarity: number | null;
  /** The passage that is nearest to the query; null when the similarity is. */
  readonly passage: Passage | null;
}

export interface TaskQuery {
  readonly text: string;
  readonly limit: number;
  readonly filter: TaskSearchFilter;
}

export interface TaskSearchFilter {
  readonly statuses?: readonly string[] | undefined;
  readonly priorities?: readonly string[] | undefined;
  readonly types?: readonly string[] | undefined;
  readonly assignedAgent?: string | null | undefined;
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

/** Memories that aren't deleted, by the state of their embedding; and how many entries of the log aren't applied yet:
 * all, while the index is being built for the first time. */
export interface EmbeddingCounts {
  readonly ready: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lag: number;
}

/** stored = searchable + pending + failed + skipped. Memories that aren't deleted. */
export interface IndexStatus {
  readonly stored: number;
  readonly searchable: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why memories failed or were skipped, and how many each. */
  readonly reasons: readonly { readonly state: EmbeddingState; readonly reason: string; readonly count: number }[];
  readonly model: string;
  /** Whether the words' index is being built for the first time, or again after damage. */
  readonly isBuilding: boolean;
}

export interface IndexRepair {
  readonly added: number;
  readonly removed: number;
  readonly retried: number;
}
