import { z } from 'zod';
import { externalId, idOf, MAX_BATCH, version } from '../../domain/fields/common.js';
import { newStageResult, stageResults, taskFields } from '../../domain/fields/task.js';

const { title, ...fields } = taskFields;
const content = { ...z.object(fields).partial().shape, stageResults: stageResults(newStageResult).optional() };
const draft = { title, externalId: externalId.optional(), ...content };

export const newTask = z.object({ projectId: idOf('project'), ...draft });
export const newTasks = z.object({
  projectId: idOf('project'),
  tasks: z.array(z.object(draft)).min(1).max(MAX_BATCH),
});
export const taskUpdate = z.object({ id: idOf('task'), version, title: title.optional(), ...content });
export type TaskDraft = z.output<typeof newTasks>['tasks'][number];
