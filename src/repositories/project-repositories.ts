import type { Memory } from '../domain/memory.js';
import type { Project } from '../domain/project.js';
import type { Session } from '../domain/session.js';
import type { State } from '../domain/state.js';
import type { Task } from '../domain/task.js';
import type { OpenProject } from '../modes/contract.js';
import type { ProjectSearch } from '../search/contract.js';
import { memories, sessions, states, tasks } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import {
  type MemoryFilter,
  memoryConditions,
  type SessionFilter,
  type StateFilter,
  sessionConditions,
  stateConditions,
  type TaskFilter,
  taskConditions,
} from './filters.js';
import { createRepository, type Repository } from './repository.js';

/** The contents of one project, on the store that it is routed to. */
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

/** The repositories of an open project, without its record: they stay valid when that changes. */
export function createRepositories({ store, search }: OpenProject): Omit<Repositories, 'project'> {
  return {
    store,
    tasks: createRepository(store, tasks, taskConditions),
    memories: createRepository(store, memories, memoryConditions),
    sessions: {
      ...createRepository(store, sessions, sessionConditions),
      async memoryTotals(keys) {
        const totals = await store.collection(memories).countByParents('sessionId', keys, 'occurredAt');
        return totals.map(({ count, greatest }) => ({ count, lastAt: greatest }));
      },
    },
    states: createRepository(store, states, stateConditions),
    search,
  };
}
