import type { StoreError } from '../domain/errors.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { StorageSettings } from '../domain/storage-settings.js';
import type { EmbeddingModel } from '../embedding/embedder.js';
import type { ProjectSearch } from '../search/contract.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { Check, StorageHealth, VectorSearchKind } from '../storage/health.js';
import type { Store } from '../storage/store.js';
import type { JsonObject } from '../util/json/json.js';

/** A project's open store and its search. Close the search first, then the store. */
export interface OpenProject {
  readonly store: Store;
  readonly search: ProjectSearch;
}

/** Where projects' data is kept: what the repositories need of the storage modes. */
export interface ProjectStorage {
  /** Opens the store at the place that the project's record names. @throws StoreError */
  open(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** Creates the empty store of a new project, under the project's epoch. @throws StoreError */
  create(project: Project): Promise<void>;
  /** The project's folder at that place; null when the mode doesn't store projects in folders. */
  folderOf(project: PlacedProject): string | null;
  /**
   * Removes all data of a project at the place that its record names, and nothing of it at others. Its store is closed.
   * @throws RouteChangedError when the store's epoch isn't the requested one: it stays complete, and works
   * @throws StoreError also when it doesn't exist there, and may be stored elsewhere
   */
  destroy(project: PlacedProject, options?: DestroyOptions): Promise<void>;
  /** What is stored at the place that the project's record names; null when nothing of it is. @throws StoreError */
  find(project: PlacedProject): Promise<StoredProject | null>;
  /** Why a mode can't be used on this server and what would make it work; null when it can. */
  unavailable(mode: StorageMode): Unavailable | null;
}

export interface OpenOptions {
  /** The index of the same project elsewhere: what it has isn't computed again. Its vectors are used when the model is the same. */
  readonly donor?: VectorDonor | undefined;
}

export interface DestroyOptions {
  /**
   * Removes only the store under this epoch: one that was created at the place since it was read, or that is routed to by now,
   * stays. −∞: only the remains of an interrupted removal. Left out: anything stored there.
   */
  readonly epoch?: number | undefined;
}

export interface Unavailable {
  readonly why: string;
  readonly hint: string;
  /** Whether it is configured, and its settings are wrong. */
  readonly isMistake?: boolean;
}

/** The storage modes for the operator: their configuration and health, and how to change them. */
export interface StorageControl {
  describe(mode: StorageMode): ModeDescription;
  /** The health of a mode's place. One that isn't configured or can't be reached is no error: the result says so. */
  health(mode: StorageMode): Promise<StorageHealth>;
  /** Recreates a mode's missing collections and indexes. @returns their names. @throws StoreError */
  repair(mode: StorageMode): Promise<readonly string[]>;
  /** Tests settings of a mode without using them, step by step. Leaves nothing behind. */
  test(mode: StorageMode, settings: StorageSettings): Promise<readonly Check[]>;
  /** Tests the place that the project's record names, with the effective settings, as `test` does. */
  check(project: Project): Promise<readonly Check[]>;
  /**
   * Uses these settings from now on. The resources of a changed mode are closed, so its projects' stores must be closed
   * before.
   */
  configure(settings: StorageSettings): Promise<void>;
  /** The projects stored in a mode's place: each one's manifest, and the epoch of its store. @throws StoreError */
  stored(mode: StorageMode): Promise<readonly StoredProject[]>;
}

/** A mode's current configuration. Never a secret. */
export interface ModeDescription {
  readonly mode: StorageMode;
  readonly unavailable: Unavailable | null;
  /** Path of the folder, or `host[,host]/database`; null when it isn't configured. */
  readonly place: string | null;
  readonly embedder: Pick<EmbeddingModel, 'name' | 'dimensions'> & {
    /** A limitation, such as that no Voyage key is set; null when there is none. */
    readonly note: string | null;
  };
  readonly vectorSearch: VectorSearchKind;
  /** List price of a million tokens of the embedder, in US dollars: 0 on this machine, null when it isn't known. */
  readonly dollarsPerMillion: number | null;
}

/** A project's store, found where a mode keeps them. */
export interface StoredProject {
  readonly projectId: string;
  /** The copy of its project's record; null when it is missing or unreadable. */
  readonly manifest: JsonObject | null;
  /** −∞ for a store that is being removed, or wasn't removed completely: removing it again completes that. */
  readonly epoch: number;
  /** Why it can't be used, regardless of the rest. */
  readonly fault?: StoreError;
}
