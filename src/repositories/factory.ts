import type { Memory, MemoryRole } from '../domain/memory.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project, ProjectMode, StorageMode } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import type { Session } from '../domain/session.js';
import type { State } from '../domain/state.js';
import type { Task, TaskPriority, TaskStatus, TaskType } from '../domain/task.js';
import type { DestroyOptions, OpenOptions, OpenProject, StoredProject } from '../modes/contract.js';
import type { ProjectSearch } from '../search/search.js';
import type { CollectionSpec, Deleted, Order, Page, Position, Store } from '../storage/store.js';
import type { JsonObject } from '../util/json.js';

/** Queries of one collection in the domain's words. */
export interface Repository<T extends RecordBase, F> {
  readonly spec: CollectionSpec<T>;
  /** The records of these ids, deleted ones included, in the order of the ids; null where there is none. */
  get(ids: readonly string[]): Promise<readonly (T | null)[]>;
  list(query: RepositoryQuery<F>): Promise<Page<T>>;
  /** The first page of each of many parents, in one read. */
  listByParents(
    field: keyof T & string,
    parents: readonly string[],
    query: RepositoryQuery<F>,
  ): Promise<readonly Page<T>[]>;
  count(filter: F, deleted: Deleted): Promise<number>;
}

export interface RepositoryQuery<F> {
  readonly filter: F;
  readonly deleted: Deleted;
  readonly order: Order;
  readonly after?: Position | null;
  readonly before?: Position | null;
  readonly limit: number;
  readonly fromEnd?: boolean;
}

/** A range of times: `after` inclusive, `before` exclusive; ISO 8601. */
export interface TimeRange {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

export interface ProjectFilter {
  /** Contained in the name, the description or the path. */
  readonly text?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly mode?: ProjectMode | undefined;
  readonly storageMode?: StorageMode | undefined;
}

export interface TaskFilter {
  /** Contained in the title or the description. */
  readonly text?: string | undefined;
  readonly statuses?: readonly TaskStatus[] | undefined;
  readonly priorities?: readonly TaskPriority[] | undefined;
  readonly types?: readonly TaskType[] | undefined;
  /** null: those that nobody has. */
  readonly assignedAgent?: string | null | undefined;
  readonly createdAt?: TimeRange | undefined;
}

export interface MemoryFilter {
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly roles?: readonly MemoryRole[] | undefined;
  readonly occurredAt?: TimeRange | undefined;
  /** Every key's value equals the memory's metadata of that key. */
  readonly metadata?: JsonObject | undefined;
}

export interface SessionFilter {
  readonly key?: string | undefined;
  readonly agent?: string | undefined;
  readonly status?: string | undefined;
}

export interface StateFilter {
  readonly ownerId?: string | undefined;
  readonly key?: string | undefined;
}

/** What one project holds, on the store that it is routed to. */
export interface Repositories {
  /** The project's record as it was read for this call; its epoch routes the writes. */
  readonly project: Project;
  readonly store: Store;
  readonly tasks: Repository<Task, TaskFilter>;
  readonly memories: Repository<Memory, MemoryFilter>;
  readonly sessions: Repository<Session, SessionFilter> & {
    /** Count and latest time of each session key's memories, in the order of the keys. */
    memoryTotals(
      keys: readonly string[],
    ): Promise<readonly { readonly count: number; readonly lastAt: string | null }[]>;
  };
  readonly states: Repository<State, StateFilter>;
  readonly search: ProjectSearch;
}

/** The catalog: which projects there are. */
export interface CatalogRepositories {
  readonly store: Store;
  readonly projects: Repository<Project, ProjectFilter> & {
    /** The live project that a folder is the working directory of, however its path is spelled; of several the one of this spelling. */
    findByPath(path: string): Promise<Project | null>;
    /** All of them: there may be several since before paths had keys. */
    listByPath(path: string): Promise<readonly Project[]>;
    /** What the spellings of a path have in common where this server runs; null when it isn't absolute. */
    pathKey(path: string): string | null;
    /** The project that the key in an id names, deleted ones included. */
    findByKey(key: string): Promise<Project | null>;
  };
}

/** The way from an id to the store that holds its record. */
export interface RepositoryFactory {
  readonly catalog: CatalogRepositories;
  /**
   * The repositories of the project that an id belongs to: a project's own id or that of any record in it.
   * @throws InvalidInputError when it isn't an id
   * @throws NotFoundError when there is no such project, or it is deleted
   * @throws StoreError when its store can't be opened
   */
  of(id: string): Promise<Repositories>;
  /** The same for a project whose record was just read, without reading it again. @throws like `of` */
  open(project: Project): Promise<Repositories>;
  /**
   * Opens the store at the place that this record names, wherever the project is routed: a move works on two. It stays open
   * beside the other, and whoever is routed there later is given the same one. @throws StoreError
   */
  at(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** What lies at the place that this record names; null when nothing of the project does. @throws StoreError */
  find(project: PlacedProject): Promise<StoredProject | null>;
  /** Makes the store of a project, at the place and under the epoch that its record names. @throws StorageModeUnavailableError */
  create(project: Project): Promise<void>;
  /**
   * The same for a project that was never anywhere. What was made of it, and the folders above that were made for it, are
   * taken away when it fails, and by what it gives: nothing else is.
   */
  createNew(project: Project): Promise<() => Promise<void>>;
  /**
   * Lets go of the store at the place that this record names, and removes its data there.
   * @throws RouteChangedError when the store isn't under the epoch that was asked for: nothing is removed then
   * @throws StoreError
   */
  destroy(project: PlacedProject, options?: DestroyOptions): Promise<void>;
  /**
   * Does something about where a mode's projects live, such as configuring it anew: their stores are closed before it, and
   * open again afterwards when they are asked for.
   */
  whileClosed<T>(mode: StorageMode, work: () => Promise<T>): Promise<T>;
  /** Closes the stores of projects that nobody has asked for in so many milliseconds and nobody follows. */
  closeIdle(idleMs: number): Promise<void>;
  /** Closes every open store. */
  close(): Promise<void>;
}
