import { z } from 'zod';
import { PREFIXES, parseId, type RecordKind } from './id.js';
import type { Memory } from './memory.js';
import { MAX_CONTENT_BYTES, MEMORY_ROLES } from './memory.js';
import type { Project } from './project.js';
import { PROJECT_MODES, STORAGE_MODES } from './project.js';
import type { RecordBase } from './record.js';
import type { Session } from './session.js';
import type { State } from './state.js';
import type { Task } from './task.js';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES } from './task.js';

/** What each stored record looks like, for records that somebody else may have written: a person, another program. */

const ISO = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** A moment as records hold it. */
export const time = z.string().regex(ISO, 'expected a time like 2026-01-31T09:30:00.000Z');
const text = z.string();
const optionalText = text.nullable();
const json = z.json();
const object = z.record(text, json);
const idOf = (kind: RecordKind) =>
  text.refine((id) => parseId(id)?.kind === kind, `expected an id that begins with ${PREFIXES[kind]}_`);

/** What every record has, in the order in which it is read best. */
const base = (kind: RecordKind) => ({
  id: idOf(kind),
  version: z.int().min(1),
  createdAt: time,
  updatedAt: time,
  deletedAt: time.nullable(),
  externalId: optionalText,
});

const SHAPES = {
  tasks: z.strictObject({
    ...base('task'),
    title: text,
    description: text,
    type: z.enum(TASK_TYPES),
    priority: z.enum(TASK_PRIORITIES),
    status: z.enum(TASK_STATUSES),
    analysis: optionalText,
    stageResults: z.array(z.strictObject({ stage: text, status: text, output: json, at: time })),
    testingUrls: z.array(z.strictObject({ label: text, url: text })),
    gitBranch: optionalText,
    worktreePath: optionalText,
    assignedAgent: optionalText,
    estimatedHours: z.number().nullable(),
    completedAt: time.nullable(),
    dependsOn: z.array(idOf('task')),
  } satisfies Shape<Task>),
  memories: z.strictObject({
    ...base('memory'),
    sessionId: optionalText,
    taskId: optionalText,
    role: z.enum(MEMORY_ROLES),
    content: text.refine(
      (content) => Buffer.byteLength(content) <= MAX_CONTENT_BYTES,
      `expected at most ${MAX_CONTENT_BYTES.toLocaleString('en')} bytes`,
    ),
    metadata: object,
    occurredAt: time,
    deletedWith: optionalText,
  } satisfies Shape<Memory>),
  sessions: z.strictObject({
    ...base('session'),
    key: text,
    title: optionalText,
    agent: optionalText,
    provider: optionalText,
    workspace: optionalText,
    status: optionalText,
    startedAt: time,
    metadata: object,
  } satisfies Shape<Session>),
  states: z.strictObject({ ...base('state'), ownerId: text, key: text, value: json } satisfies Shape<State>),
  projects: z.strictObject({
    ...base('project'),
    name: text,
    description: text,
    path: optionalText,
    pathKey: text.optional(),
    githubRepo: optionalText,
    customInstructions: text,
    techStack: z.array(text),
    mode: z.enum(PROJECT_MODES),
    isActive: z.boolean(),
    storageMode: z.enum(STORAGE_MODES),
    settings: object,
    key: text,
    epoch: z.int(),
  } satisfies Shape<Project>),
} as const;

type Shape<T extends RecordBase> = { readonly [K in keyof Required<T>]: z.ZodType };

/**
 * Why a document isn't a record of the collection: the field and what is wrong with it, in a few words. Null when it is
 * one, and for collections that have no shape.
 */
export function findShapeFault(collection: string, document: unknown): string | null {
  const shape = Object.hasOwn(SHAPES, collection) ? SHAPES[collection as keyof typeof SHAPES] : null;
  const issue = shape?.safeParse(document).error?.issues[0];
  if (!issue) return null;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}

/** The fields of a collection's records, in the order in which they are read best; empty when it has no shape. */
export function fieldOrder(collection: string): readonly string[] {
  return Object.hasOwn(SHAPES, collection) ? Object.keys(SHAPES[collection as keyof typeof SHAPES].shape) : [];
}
