import type { Author, VersionedId } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import type { StageResult, Task } from '../domain/task.js';
import { deletion, purge, restoration } from './input/record.js';
import { type NewTask, newTask, newTasks, type TaskDraft, type TaskUpdate, taskUpdate } from './input/task.js';
import type { NewRecord } from './records/creation.js';
import { type Lifecycle, patched } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import { taskRules } from './records/rules/task.js';
import type { Router } from './records/store-router.js';

export interface TaskService {
  create(author: Author, input: { readonly projectId: string } & NewTask): Promise<Task>;
  /** Up to 1,000, all or nothing. */
  createMany(
    author: Author,
    input: { readonly projectId: string; readonly tasks: readonly NewTask[] },
  ): Promise<readonly Task[]>;
  update(author: Author, input: TaskUpdate): Promise<Task>;
  delete(author: Author, input: VersionedId): Promise<Task>;
  restore(author: Author, input: { readonly id: string }): Promise<Task>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Task>;
}

export function createTaskService(router: Router, lifecycle: Lifecycle, purging: Purge): TaskService {
  return {
    async create(author, input) {
      const { projectId, ...draft } = parseInput(newTask, input);
      const [task] = await lifecycle.create(taskRules, author, () => router.toProject(projectId), [
        toRecord(draft, ''),
      ]);
      return task!;
    },

    async createMany(author, input) {
      const { projectId, tasks } = parseInput(newTasks, input);
      const items = tasks.map((draft, index) => toRecord(draft, `tasks.${index}.`));
      return lifecycle.create(taskRules, author, () => router.toProject(projectId), items);
    },

    async update(author, input) {
      const { id, version, stageResults, ...patch } = parseInput(taskUpdate, input);
      return lifecycle.update(taskRules, author, { id, version }, (current, at) =>
        patched(current, { ...patch, stageResults: stageResults && dated(stageResults, at) }),
      );
    },

    delete: async (author, input) => lifecycle.delete(taskRules, author, parseInput(deletion('task'), input)),
    restore: async (author, input) => lifecycle.restore(taskRules, author, parseInput(restoration('task'), input).id),
    purge: async (author, input) => purging.record(taskRules, author, parseInput(purge('task'), input)),
  };
}

function toRecord({ externalId, ...draft }: TaskDraft, field: string): NewRecord<Task> {
  const content = (at: string) => ({ ...draft, stageResults: dated(draft.stageResults, at), completedAt: null });
  return { externalId: externalId ?? null, content, field };
}

/** With the time of the commit on the stage results that carry none. */
function dated(results: TaskDraft['stageResults'], at: string): readonly StageResult[] {
  return results.map((result) => ({ ...result, at: result.at ?? at }));
}
