import { z } from 'zod';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES } from '../../domain/task.js';
import { externalId, idOf, MAX_BATCH, MAX_LABEL, MAX_METADATA_BYTES, MAX_PROSE_BYTES, version } from './common.js';
import { json, refuseLarger } from './json.js';
import { label, moment, name, prose, webUrl } from './text.js';

const MAX_TITLE = 500;

const stageResult = z.object({
  stage: label(MAX_LABEL),
  status: label(MAX_LABEL),
  output: json(MAX_METADATA_BYTES),
  at: moment.optional(),
});

const content = {
  description: prose(MAX_PROSE_BYTES).optional(),
  type: z.enum(TASK_TYPES).optional(),
  priority: z.enum(TASK_PRIORITIES).optional(),
  status: z.enum(TASK_STATUSES).optional(),
  analysis: prose(MAX_PROSE_BYTES).nullable().optional(),
  // Its size is taken of what was found to be JSON: of anything deeper, that would exhaust the stack.
  stageResults: z
    .array(stageResult)
    .max(100)
    .pipe(z.custom<z.output<typeof stageResult>[]>().superRefine(refuseLarger(MAX_PROSE_BYTES)))
    .optional(),
  testingUrls: z
    .array(z.object({ label: label(MAX_LABEL), url: webUrl }))
    .max(100)
    .optional(),
  gitBranch: label(MAX_LABEL).nullable().optional(),
  worktreePath: label(4_096).nullable().optional(),
  assignedAgent: label(MAX_LABEL).nullable().optional(),
  estimatedHours: z.number().min(0).nullable().optional(),
  dependsOn: z
    .array(idOf('task'))
    .max(100)
    .transform((ids) => [...new Set(ids)])
    .optional(),
};

const draft = { title: name(MAX_TITLE), externalId: externalId.optional(), ...content };

export const newTask = z.object({ projectId: idOf('project'), ...draft });
export const newTasks = z.object({
  projectId: idOf('project'),
  tasks: z.array(z.object(draft)).min(1).max(MAX_BATCH),
});
export const taskUpdate = z.object({
  id: idOf('task'),
  version,
  title: name(MAX_TITLE).optional(),
  ...content,
});
export type TaskDraft = z.output<typeof newTasks>['tasks'][number];
