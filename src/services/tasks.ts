import type { Author, VersionedId } from '../domain/author.js';
import { InvalidInputError } from '../domain/errors.js';
import { parseInput } from '../domain/fields/parse.js';
import { type StageResult, type Task, UNCLAIMED } from '../domain/task.js';
import { taskConditions } from '../repositories/filters.js';
import { tasks } from '../storage/collections.js';
import { deletion, purge, restoration } from './input/record.js';
import {
  type NewTask,
  newTask,
  newTasks,
  type TaskDeletion,
  type TaskDraft,
  type TaskUpdate,
  type TaskUpsert,
  taskDeletion,
  taskUpdate,
  taskUpsert,
} from './input/task.js';
import type { NewRecord } from './records/creation.js';
import { type DeletedMany, deleteMany } from './records/delete-many.js';
import { type Lifecycle, patched, type Upserted } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import { findByExternalId } from './records/queries.js';
import { taskRules } from './records/rules/task.js';
import type { Router } from './records/store-router.js';
import type { Transact } from './records/transaction.js';

export interface TaskService {
  create(author: Author, input: { readonly projectId: string } & NewTask): Promise<Task>;
  /** Up to 1,000, all or nothing. */
  createMany(
    author: Author,
    input: { readonly projectId: string; readonly tasks: readonly NewTask[] },
  ): Promise<readonly Task[]>;
  /**
   * Updates the task that has the `externalId`, or creates one. What is left out stays, or gets its default.
   * @throws InvalidInputError when there is none yet, and no title for a new one
   */
  upsert(author: Author, input: TaskUpsert): Promise<Upserted<Task>>;
  update(author: Author, input: TaskUpdate): Promise<Task>;
  delete(author: Author, input: VersionedId): Promise<Task>;
  /** Those that match the filter, all or none; with `dryRun` only counted. */
  deleteMany(author: Author, input: TaskDeletion): Promise<DeletedMany>;
  restore(author: Author, input: { readonly id: string }): Promise<Task>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Task>;
}

export function createTaskService(
  router: Router,
  transact: Transact,
  lifecycle: Lifecycle,
  purging: Purge,
): TaskService {
  return {
    async create(author, input) {
      const { projectId, ...draft } = parseInput(newTask, input);
      const [task] = await lifecycle.create(taskRules, author, () => router.toProject(projectId), [
        toRecord(draft, ''),
      ]);
      return task!;
    },

    async createMany(author, input) {
      const { projectId, tasks: drafts } = parseInput(newTasks, input);
      const items = drafts.map((draft, index) => toRecord(draft, `tasks.${index}.`));
      return lifecycle.create(taskRules, author, () => router.toProject(projectId), items);
    },

    async upsert(author, input) {
      const { projectId, externalId, stageResults, ...patch } = parseInput(taskUpsert, input);
      return lifecycle.upsert(taskRules, author, () => router.toProject(projectId), {
        key: `${projectId} ${externalId}`,
        find: ({ store }) => findByExternalId(store, tasks, externalId),
        create: () => {
          if (patch.title === undefined) throw untitled();
          const { projectId: _, ...draft } = parseInput(newTask, input);
          return toRecord(draft, '');
        },
        change: (current, at) => patched(current, { ...patch, stageResults: stageResults && dated(stageResults, at) }),
      });
    },

    async update(author, input) {
      const { id, version, stageResults, ...patch } = parseInput(taskUpdate, input);
      return lifecycle.update(taskRules, author, { id, version }, (current, at) =>
        patched(current, { ...patch, stageResults: stageResults && dated(stageResults, at) }),
      );
    },

    async deleteMany(author, input) {
      const { projectId, filter, all, dryRun } = parseInput(taskDeletion, input);
      const selection = { where: taskConditions(filter), field: 'createdAt', all, dryRun } as const;
      return deleteMany(taskRules, transact, author, () => router.toProject(projectId), selection);
    },

    delete: async (author, input) => lifecycle.delete(taskRules, author, parseInput(deletion('task'), input)),
    restore: async (author, input) => lifecycle.restore(taskRules, author, parseInput(restoration('task'), input).id),
    purge: async (author, input) => purging.record(taskRules, author, parseInput(purge('task'), input)),
  };
}

function untitled(): InvalidInputError {
  return new InvalidInputError(
    'There is no task with this `externalId` yet, and a new one needs a title.',
    'Give a title, or check the externalId.',
    'title',
  );
}

function toRecord({ externalId, ...draft }: TaskDraft, field: string): NewRecord<Task> {
  const content = (at: string) => ({
    ...draft,
    stageResults: dated(draft.stageResults, at),
    completedAt: null,
    ...UNCLAIMED,
  });
  return { externalId: externalId ?? null, content, field };
}

/** With the time of the commit on the stage results that carry none. */
function dated(results: TaskDraft['stageResults'], at: string): readonly StageResult[] {
  return results.map((result) => ({ ...result, at: result.at ?? at }));
}
