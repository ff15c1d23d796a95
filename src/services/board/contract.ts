import type { Task } from '../../domain/task.js';
import type { TaskFilter } from '../../repositories/filters.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { ReadyPlace, TaskCounts } from '../../search/task-graph.js';
import type { LogImage, Page } from '../../storage/store.js';

/** What is to be done in a project, and who does it. */
export interface BoardService {
  /** The first ready tasks after a place, most urgent first, then oldest: as many as fit into a page. */
  listReady(
    repositories: Repositories,
    query: ReadySelection & { readonly after: ReadyPlace | null; readonly limit: number },
  ): Promise<Page<ReadyTask>>;
  countReady(repositories: Repositories, query: ReadySelection): Promise<number>;
  /** How many tasks are in each state, and who works on them. */
  counts(repositories: Repositories): Promise<TaskCounts>;
  /** Who has claims, or wrote one of the last changes; those who wrote last come first. */
  agents(repositories: Repositories): Promise<readonly ActiveAgent[]>;
}

/** Which ready tasks are meant. */
export interface ReadySelection {
  readonly filter: TaskFilter;
  /** Tasks that this agent has claimed are ready for it; null: claimed ones aren't ready. */
  readonly agent: string | null;
}

/** A ready task, and its place in the order of them. */
export interface ReadyTask {
  readonly task: Task;
  readonly place: ReadyPlace;
}

/** An agent, or person, at work in a project. */
export interface ActiveAgent {
  readonly name: string;
  /** ISO time of what it wrote last; null when that isn't among the last changes. */
  readonly lastSeen: string | null;
  /** Reads what it wrote last. */
  readonly lastAction: () => Promise<LogImage | null>;
  /** The tasks that it has claimed; expired claims included, until somebody else claims them. */
  readonly claims: readonly { readonly id: string; readonly expiresAt: string }[];
}
