import { z } from 'zod';
import { externalId, idOf, MAX_BATCH, version } from '../../domain/fields/common.js';
import { type InputOf, optional } from '../../domain/fields/derive.js';
import { newStageResults, taskFields } from '../../domain/task.js';
import type { TaskFilter } from '../../repositories/filters.js';
import { taskFilter } from './filters.js';
import { type DeletionOf, deletionOf } from './record.js';

const {
  title,
  stageResults: _,
  completedAt: __,
  claim: ___,
  claimToken: ____,
  lastRelease: _____,
  ...fields
} = taskFields;
const content = { ...fields, stageResults: newStageResults };
const draft = z.object({ title, externalId: externalId.optional(), ...content });

export const newTask = z.object({ projectId: idOf('project'), ...draft.shape });
export const newTasks = z.object({ projectId: idOf('project'), tasks: z.array(draft).min(1).max(MAX_BATCH) });
export const taskUpdate = z.object({ id: idOf('task'), version, title: title.optional(), ...optional(content) });

export const taskUpsert = z.object({
  projectId: idOf('project'),
  externalId,
  title: title.optional(),
  ...optional(content),
});
export const taskDeletion = deletionOf(taskFilter);

/** A task to update, or to create if there is none with its `externalId`: then it needs a title. */
export type TaskUpsert = InputOf<typeof taskUpsert>;
export type TaskDeletion = DeletionOf<TaskFilter>;

/** A task to be created. What is left out gets its default. */
export type NewTask = InputOf<typeof draft>;
/** What changes in a task. What is left out (undefined) stays. */
export type TaskUpdate = InputOf<typeof taskUpdate>;
/** The content of a new task, with defaults. */
export type TaskDraft = z.output<typeof draft>;
