import type { Json } from '../util/json.js';
import type { RecordBase } from './record.js';

export const TASK_STATUSES = [
  'BACKLOG',
  'ANALYSIS',
  'IN_PROGRESS',
  'TESTING',
  'CODE_REVIEW',
  'DONE',
  'BLOCKED',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
export const TASK_PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type TaskPriority = (typeof TASK_PRIORITIES)[number];
export const TASK_TYPES = ['FEATURE', 'BUG', 'REFACTOR', 'DOCS', 'CHORE'] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** What one stage of the work gave, in the order the stages ran. */
export interface StageResult {
  readonly stage: string;
  readonly status: string;
  readonly output: Json;
  readonly at: string;
}

/** Where the work can be tried. */
export interface TestingUrl {
  readonly label: string;
  readonly url: string;
}

/** A piece of work. */
export interface Task extends RecordBase {
  readonly title: string;
  readonly description: string;
  readonly type: TaskType;
  readonly priority: TaskPriority;
  readonly status: TaskStatus;
  readonly analysis: string | null;
  readonly stageResults: readonly StageResult[];
  readonly testingUrls: readonly TestingUrl[];
  readonly gitBranch: string | null;
  readonly worktreePath: string | null;
  readonly assignedAgent: string | null;
  readonly estimatedHours: number | null;
  /** When it became `DONE`; null in every other status. */
  readonly completedAt: string | null;
  /** Ids of the tasks of the same project that must be done first. */
  readonly dependsOn: readonly string[];
}

/** A task with the `completedAt` that goes with its status: `at`, when it became `DONE` just now. */
export function withCompletion<T extends Pick<Task, 'status' | 'completedAt'>>(task: T, at: string): T {
  return { ...task, completedAt: task.status === 'DONE' ? (task.completedAt ?? at) : null };
}
