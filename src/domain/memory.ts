import { z } from 'zod';
import { idOf, MAX_METADATA_BYTES } from './fields/common.js';
import type { ValuesOf } from './fields/derive.js';
import { jsonObject } from './fields/json.js';
import type { Refusal } from './fields/parse.js';
import { content, label, moment } from './fields/text.js';
import type { RecordBase } from './record.js';
import { sessionKey } from './session.js';

export const MEMORY_ROLES = ['USER', 'ASSISTANT', 'SYSTEM', 'TOOL'] as const;
export type MemoryRole = (typeof MEMORY_ROLES)[number];
export const MEMORY_KINDS = ['MESSAGE', 'NOTE', 'DECISION', 'FACT', 'SUMMARY'] as const;
export type MemoryKind = (typeof MEMORY_KINDS)[number];

/** The most that a memory's content may hold, in bytes of UTF-8, in every store. */
export const MAX_CONTENT_BYTES = 1_048_576;
export const MAX_TOOL_NAME = 128;
export const MAX_TOOL_CALL_ID = 64;
export const MAX_REFERENCES = 100;

/** What a memory's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const memoryFields = {
  /** The client's own key of the conversation; null when it stands alone. */
  sessionId: sessionKey.nullable().default(null),
  /** Id of the task it belongs to. */
  taskId: idOf('task').nullable().default(null),
  role: z.enum(MEMORY_ROLES),
  /** Only of a memory with the role `TOOL`. */
  toolName: label(MAX_TOOL_NAME).nullable().default(null),
  /** Only of a memory with the role `TOOL`. */
  toolCallId: label(MAX_TOOL_CALL_ID).nullable().default(null),
  kind: z.enum(MEMORY_KINDS).default('MESSAGE'),
  /** Whether every context begins with it. */
  pinned: z.boolean().default(false),
  content: content(MAX_CONTENT_BYTES),
  metadata: jsonObject(MAX_METADATA_BYTES).default({}),
  /** Ids of the tasks and memories of the same project that it refers to. */
  references: z
    .array(idOf('task', 'memory'))
    .max(MAX_REFERENCES)
    .transform((ids) => [...new Set(ids)])
    .default([]),
  /** Id of the memory of the same project that it replaces: at most one live memory replaces another. */
  supersedes: idOf('memory').nullable().default(null),
  occurredAt: moment,
  /** Id of the session that was deleted and took this memory with it; null otherwise. */
  deletedWith: idOf('session').nullable().default(null),
} as const;

/** Something that was said or learned, found again by meaning. */
export interface Memory extends RecordBase, ValuesOf<typeof memoryFields> {}

/** The fields that only a memory with the role `TOOL` has. */
export const TOOL_FIELDS = ['toolName', 'toolCallId'] as const;

/** Why a field of a tool can't be given; null when it can. */
export function toolFault(role: MemoryRole): Refusal | null {
  if (role === 'TOOL') return null;
  return { message: `is only for the role TOOL, not for ${role}`, hint: 'Leave it out, or give the role TOOL.' };
}
