import { z } from 'zod';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES } from '../task.js';
import { idOf, MAX_LABEL, MAX_METADATA_BYTES, MAX_PATH, MAX_PROSE_BYTES } from './common.js';
import { json, refuseLarger } from './json.js';
import { label, moment, name, prose, webUrl } from './text.js';

const MAX_TITLE = 500;
const MAX_ITEMS = 100;

const stage = { stage: label(MAX_LABEL), status: label(MAX_LABEL), output: json(MAX_METADATA_BYTES) };
/** What one stage of the work gave, at a moment that has to be said. */
export const stageResult = z.strictObject({ ...stage, at: moment });
/** The same, for those that say what was given just now. */
export const newStageResult = z.strictObject({ ...stage, at: moment.optional() });

/** A list of results. Its size is taken of what was found to be JSON: of anything deeper, that would exhaust the stack. */
export function stageResults<T extends typeof stageResult | typeof newStageResult>(result: T) {
  return z
    .array(result)
    .max(MAX_ITEMS)
    .pipe(z.custom<z.output<T>[]>().superRefine(refuseLarger(MAX_PROSE_BYTES)));
}

/** What a task's own fields may hold, by a request or by hand; `stageResults` apart. */
export const taskFields = {
  title: name(MAX_TITLE),
  description: prose(MAX_PROSE_BYTES),
  type: z.enum(TASK_TYPES),
  priority: z.enum(TASK_PRIORITIES),
  status: z.enum(TASK_STATUSES),
  analysis: prose(MAX_PROSE_BYTES).nullable(),
  testingUrls: z.array(z.strictObject({ label: label(MAX_LABEL), url: webUrl })).max(MAX_ITEMS),
  gitBranch: label(MAX_LABEL).nullable(),
  worktreePath: label(MAX_PATH).nullable(),
  assignedAgent: label(MAX_LABEL).nullable(),
  estimatedHours: z.number().min(0).nullable(),
  dependsOn: z
    .array(idOf('task'))
    .max(MAX_ITEMS)
    .transform((ids) => [...new Set(ids)]),
} as const;
