import { z } from 'zod';
import { idOf, MAX_LABEL, MAX_METADATA_BYTES, MAX_PATH, MAX_PROSE_BYTES } from './fields/common.js';
import type { ValuesOf } from './fields/derive.js';
import { json, refuseLarger } from './fields/json.js';
import { label, moment, name, prose, webUrl } from './fields/text.js';
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

const MAX_TITLE = 500;
const MAX_ITEMS = 100;
export const MAX_DEPENDENCIES = 100;
/** The most that the API's `Int` holds. */
export const MAX_CLAIM_TOKEN = 2_147_483_647;

const stage = { stage: label(MAX_LABEL), status: label(MAX_LABEL), output: json(MAX_METADATA_BYTES) };
const stageResult = z.strictObject({ ...stage, at: moment });
/** The result of one stage of the work, in the order the stages ran. */
export type StageResult = Readonly<z.output<typeof stageResult>>;
/** The same as a request gives it: `at` may be left out, and is then the time of the commit. */
export const newStageResult = z.strictObject({ ...stage, at: moment.optional() });

/** A list of results. Its size is measured only after it was found to be JSON: anything deeper would exhaust the stack. */
function stageResultsOf<T extends typeof stageResult | typeof newStageResult>(result: T) {
  return z
    .array(result)
    .max(MAX_ITEMS)
    .pipe(z.custom<z.output<T>[]>().superRefine(refuseLarger(MAX_PROSE_BYTES)));
}

/** The results of stages as a request gives them. */
export const newStageResults = stageResultsOf(newStageResult).default([]);

/** Who works on a task, and until when. */
const claim = z.strictObject({
  agent: label(MAX_LABEL),
  /** When others may claim the task. */
  expiresAt: moment,
  /** The task's status, and the agent that it was assigned to, before the claim: it has them again once it is released. */
  status: z.enum(TASK_STATUSES),
  assignedAgent: label(MAX_LABEL).nullable().default(null),
});
export type Claim = Readonly<z.output<typeof claim>>;

/** Why an agent gave a task back. */
const release = z.strictObject({ agent: label(MAX_LABEL), at: moment, reason: prose(MAX_PROSE_BYTES) });

const testingUrl = z.strictObject({ label: label(MAX_LABEL), url: webUrl });
/** Where the work can be tried. */
export type TestingUrl = Readonly<z.output<typeof testingUrl>>;

/** What a task's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const taskFields = {
  title: name(MAX_TITLE),
  description: prose(MAX_PROSE_BYTES).default(''),
  type: z.enum(TASK_TYPES).default('FEATURE'),
  priority: z.enum(TASK_PRIORITIES).default('MEDIUM'),
  status: z.enum(TASK_STATUSES).default('BACKLOG'),
  analysis: prose(MAX_PROSE_BYTES).nullable().default(null),
  stageResults: stageResultsOf(stageResult).default([]),
  testingUrls: z.array(testingUrl).max(MAX_ITEMS).default([]),
  gitBranch: label(MAX_LABEL).nullable().default(null),
  worktreePath: label(MAX_PATH).nullable().default(null),
  assignedAgent: label(MAX_LABEL).nullable().default(null),
  estimatedHours: z.number().min(0).nullable().default(null),
  /** When it became `DONE`; null in every other status. */
  completedAt: moment.nullable().default(null),
  /** What was achieved. */
  result: prose(MAX_PROSE_BYTES).nullable().default(null),
  /** Ids of the tasks of the same project that must be done first. */
  dependsOn: z
    .array(idOf('task'))
    .max(MAX_DEPENDENCIES)
    .transform((ids) => [...new Set(ids)])
    .default([]),
  /** The task of the same project that it is a part of. */
  parentId: idOf('task').nullable().default(null),
  /** Set only by claiming. */
  claim: claim.nullable().default(null),
  /** The last time that it was given back with a reason. */
  lastRelease: release.nullable().default(null),
  /** How often it was claimed: the token of the last claim. It never decreases, so a former holder is recognised. */
  claimToken: z.int().min(0).max(MAX_CLAIM_TOKEN).default(0),
} as const;

/** A piece of work. */
export interface Task extends RecordBase, ValuesOf<typeof taskFields> {}

/** What a new task has: only requests claim it. */
export const UNCLAIMED = { claim: null, claimToken: 0, lastRelease: null } as const;

/** The claim of a task if it hasn't expired. `at`: ISO time. */
export function claimAt({ claim }: Pick<Task, 'claim'>, at: string): Claim | null {
  return claim && claim.expiresAt > at ? claim : null;
}

/** Whether nobody is to work on a task with this status. */
export function isAtRest(status: TaskStatus): boolean {
  return status === 'DONE' || status === 'BLOCKED';
}

/** Whether a task keeps those waiting that depend on it. */
export function isOpen({ deletedAt, status }: Task): boolean {
  return deletedAt === null && status !== 'DONE';
}

/** A task with what follows from its status: `completedAt` (`at`, when it became `DONE` just now), and the end of its claim. */
export function withDerived<T extends Pick<Task, 'status' | 'completedAt' | 'claim'>>(task: T, at: string): T {
  const { status, completedAt, claim } = task;
  return {
    ...task,
    completedAt: status === 'DONE' ? (completedAt ?? at) : null,
    claim: isAtRest(status) ? null : claim,
  };
}
