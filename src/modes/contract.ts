import type { StoreError } from '../domain/errors.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { StorageSettings } from '../domain/storage-settings.js';
import type { EmbeddingModel } from '../embedding/embedder.js';
import type { ProjectSearch } from '../search/search.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { Check, StorageHealth, VectorSearchKind } from '../storage/health.js';
import type { Store } from '../storage/store.js';
import type { JsonObject } from '../util/json.js';

/** A project's open store and its search. Closing the search first, then the store, lets go of both. */
export interface OpenProject {
  readonly store: Store;
  readonly search: ProjectSearch;
}

/** Where projects' data is kept: what the repositories need of the storage modes. */
export interface ProjectStorage {
  /** Opens the store at the place that the project's record names. @throws StoreError */
  open(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** Makes the empty store of a new project, under the project's epoch. @throws StoreError */
  create(project: Project): Promise<void>;
  /** The folder that is made of the project at that place; null when it doesn't lie in folders. */
  folderOf(project: PlacedProject): string | null;
  /**
   * Removes all data of a project at the place that its record names, and nothing of it at others. Its store is closed.
   * @throws RouteChangedError when the store isn't under the epoch that was asked for: it is whole then, and works
   * @throws StoreError also when it isn't there, and may lie elsewhere
   */
  destroy(project: PlacedProject, options?: DestroyOptions): Promise<void>;
  /** What lies at the place that the project's record names; null when nothing of it does. @throws StoreError */
  find(project: PlacedProject): Promise<StoredProject | null>;
  /** Why a mode can't be used on this server and what would make it work; null when it can. */
  unavailable(mode: StorageMode): Unavailable | null;
}

export interface OpenOptions {
  /** The index of the same project elsewhere: what is found there isn't made again. Its vectors count when the model is the same. */
  readonly donor?: VectorDonor | undefined;
}

export interface DestroyOptions {
  /**
   * Removes only the store under this epoch, however long ago it was looked at: one that was made at the place since, or that
   * somebody is routed to by now, stays. −∞: only what a removal left that was broken off. Left out, whatever lies there goes.
   */
  readonly epoch?: number | undefined;
}

export interface Unavailable {
  readonly why: string;
  readonly hint: string;
  /** Whether it was meant to be used, and its settings are wrong. */
  readonly isMistake?: boolean;
}

/** The storage modes as whoever runs the server sees them: what they are made of, how they do, and how to change that. */
export interface StorageControl {
  describe(mode: StorageMode): ModeDescription;
  /** How a mode's place is doing. One that isn't configured or can't be reached is no error: the answer says so. */
  health(mode: StorageMode): Promise<StorageHealth>;
  /** Makes again what is missing of a mode's collections and indexes; says what. @throws StoreError */
  repair(mode: StorageMode): Promise<readonly string[]>;
  /** Tries out settings of a mode without using them, step by step. Nothing stays behind. */
  test(mode: StorageMode, settings: StorageSettings): Promise<readonly Check[]>;
  /** Tries out the place that the project's record names, with the settings in force, as `test` does. */
  check(project: Project): Promise<readonly Check[]>;
  /**
   * Works with these settings from now on. What the mode has open is closed first, so whoever holds a project's store
   * must let go of it before.
   */
  configure(settings: StorageSettings): Promise<void>;
  /** What lies in a mode's place: each project's manifest, and the epoch of its store. @throws StoreError */
  stored(mode: StorageMode): Promise<readonly StoredProject[]>;
}

/** What a mode is made of now. Never a secret. */
export interface ModeDescription {
  readonly mode: StorageMode;
  readonly unavailable: Unavailable | null;
  /** Name of the database, or path of the folder; null when it isn't configured. */
  readonly place: string | null;
  readonly embedder: Pick<EmbeddingModel, 'name' | 'dimensions'> & {
    /** What is less than it could be, such as that no Voyage key is set; null otherwise. */
    readonly note: string | null;
  };
  readonly vectorSearch: VectorSearchKind;
  /** List price of a million tokens of the embedder, in US dollars: 0 on this machine, null when it isn't known. */
  readonly dollarsPerMillion: number | null;
}

/** A project's store, found where a mode keeps them. */
export interface StoredProject {
  readonly projectId: string;
  /** The copy of its project's record; null when it has none, or none that can be read. */
  readonly manifest: JsonObject | null;
  /** −∞ for what is being removed, or was and not wholly: removing it again finishes that. */
  readonly epoch: number;
  /** Why it can't be used, whatever the rest says. */
  readonly fault?: StoreError;
}
