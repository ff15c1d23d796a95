import { z } from 'zod';
import { idOf, MAX_LABEL } from '../../domain/fields/common.js';
import { jsonObject } from '../../domain/fields/json.js';
import { type Refusal, refuse } from '../../domain/fields/parse.js';
import { findTextFault, moment } from '../../domain/fields/text.js';
import { OPERATIONS } from '../../domain/log-entry.js';
import { MEMORY_KINDS, MEMORY_ROLES } from '../../domain/memory.js';
import { PROJECT_MODES, STORAGE_MODES } from '../../domain/project.js';
import { STREAMING_STATUSES } from '../../domain/session.js';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES } from '../../domain/task.js';
import { MAX_QUERY } from '../../search/contract.js';

/** The inputs of reads, bounded as those of writes are, so that no store gets a query it can't answer, or not in time. */

/** UTF-16 code units of a text that records must contain: it is compared at every position of every record. */
export const MAX_FILTER_TEXT = 1_000;
/** Values of a list in a filter. */
export const MAX_FILTER_VALUES = 100;
/** Keys of metadata in a filter, and its bytes as JSON: each key is looked up in each record. */
export const MAX_FILTER_KEYS = 8;
export const MAX_FILTER_BYTES = 16_384;

function checkLookup(text: string, max: number): Refusal | null {
  if (text.length <= max) return null;
  return { message: `has ${text.length} characters; at most ${max} are looked for`, hint: 'Shorten it.' };
}

/** A text to look up, of at most `max` UTF-16 code units; may be empty. */
export function lookup(max: number) {
  return z.string().superRefine(refuse((text) => findTextFault(text) ?? checkLookup(text, max)));
}

/** A search query: any input. Only its beginning is used, up to a whole character. */
export const searchQuery = z
  .string()
  .transform((text) => text.slice(0, MAX_QUERY).replace(text.length > MAX_QUERY ? /[\ud800-\udbff]$/ : '', ''))
  .pipe(lookup(MAX_QUERY));

export const stateKey = lookup(MAX_LABEL);
/** A request's id: any text, since the log may have none of it. */
export const requestLookup = lookup(MAX_LABEL).optional();
/** A session's key: any text, since no session may have it. */
export const exceptSession = lookup(MAX_LABEL).optional();

const timeRange = z.object({ after: moment.optional(), before: moment.optional() });

const anyOf = <T extends z.ZodType>(value: T) =>
  z
    .array(value)
    .max(MAX_FILTER_VALUES)
    .transform((values) => [...new Set(values)]);

const metadata = jsonObject(MAX_FILTER_BYTES).superRefine(
  refuse((value) => {
    const keys = Object.keys(value).length;
    return keys <= MAX_FILTER_KEYS
      ? null
      : { message: `has ${keys} keys; at most ${MAX_FILTER_KEYS} are compared`, hint: 'Filter by fewer of them.' };
  }),
);

export const projectFilter = z.object({
  text: lookup(MAX_FILTER_TEXT).optional(),
  isActive: z.boolean().optional(),
  mode: z.enum(PROJECT_MODES).optional(),
  storageMode: z.enum(STORAGE_MODES).optional(),
  ownerId: idOf('user').optional(),
});

export const taskFilter = z.object({
  text: lookup(MAX_FILTER_TEXT).optional(),
  statuses: anyOf(z.enum(TASK_STATUSES)).optional(),
  priorities: anyOf(z.enum(TASK_PRIORITIES)).optional(),
  types: anyOf(z.enum(TASK_TYPES)).optional(),
  assignedAgent: lookup(MAX_LABEL).nullable().optional(),
  parentId: idOf('task').nullable().optional(),
  createdAt: timeRange.optional(),
});

export const memoryFilter = z.object({
  sessionId: lookup(MAX_LABEL).nullable().optional(),
  taskId: idOf('task').nullable().optional(),
  roles: anyOf(z.enum(MEMORY_ROLES)).optional(),
  kinds: anyOf(z.enum(MEMORY_KINDS)).optional(),
  pinned: z.boolean().optional(),
  occurredAt: timeRange.optional(),
  metadata: metadata.optional(),
});

export const sessionFilter = z.object({
  text: lookup(MAX_FILTER_TEXT).optional(),
  key: lookup(MAX_LABEL).optional(),
  userId: lookup(MAX_LABEL).nullable().optional(),
  agent: lookup(MAX_LABEL).optional(),
  status: lookup(MAX_LABEL).optional(),
  streamingStatus: z.enum(STREAMING_STATUSES).nullable().optional(),
  activeAt: timeRange.optional(),
});

export const auditFilter = z.object({
  actor: lookup(MAX_FILTER_TEXT).optional(),
  collection: lookup(MAX_LABEL).optional(),
  recordId: lookup(MAX_LABEL).optional(),
  projectId: lookup(MAX_LABEL).optional(),
  operation: z.enum(OPERATIONS).optional(),
  requestId: requestLookup,
  after: moment.optional(),
  before: moment.optional(),
});

export const stateFilter = z.object({
  ownerId: idOf('project', 'task', 'session').optional(),
  key: stateKey.optional(),
});
