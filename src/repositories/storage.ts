import type { Project, StorageMode } from '../domain/project.js';
import type { ProjectSearch } from '../search/search.js';
import type { Store } from '../storage/store.js';

/** A project's open store and its search. Closing the search first, then the store, lets go of both. */
export interface OpenProject {
  readonly store: Store;
  readonly search: ProjectSearch;
}

/** Where projects' data is kept: what the repositories need of the storage modes. */
export interface ProjectStorage {
  /** Opens the store that the project's mode names. @throws StoreError */
  open(project: Project): Promise<OpenProject>;
  /** Makes the empty store of a new project, under the project's epoch. @throws StoreError */
  create(project: Project): Promise<void>;
  /** Removes all data of a project whose store is closed. Repeating it does nothing. @throws StoreError */
  destroy(project: Project): Promise<void>;
  /** Why a mode can't be used on this server and what would make it work; null when it can. */
  unavailable(mode: StorageMode): { readonly why: string; readonly hint: string } | null;
}
