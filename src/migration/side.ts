import type { ProjectSearch } from '../search/search.js';
import type { Store } from '../storage/store.js';

/** One side of a move: a project's open store, and its search. */
export interface Side {
  readonly store: Store;
  readonly search: ProjectSearch;
}
