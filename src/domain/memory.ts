import { z } from 'zod';
import { idOf, MAX_METADATA_BYTES } from './fields/common.js';
import type { ValuesOf } from './fields/derive.js';
import { jsonObject } from './fields/json.js';
import { content, moment } from './fields/text.js';
import type { RecordBase } from './record.js';
import { sessionKey } from './session.js';

export const MEMORY_ROLES = ['USER', 'ASSISTANT', 'SYSTEM'] as const;
export type MemoryRole = (typeof MEMORY_ROLES)[number];

/** The most that a memory's content may hold, in bytes of UTF-8, in every store. */
export const MAX_CONTENT_BYTES = 1_048_576;

/** What a memory's own fields may hold, in a request or edited by hand, in the order that reads best. */
export const memoryFields = {
  /** The client's own key of the conversation; null when it stands alone. */
  sessionId: sessionKey.nullable().default(null),
  /** Id of the task it belongs to. */
  taskId: idOf('task').nullable().default(null),
  role: z.enum(MEMORY_ROLES),
  content: content(MAX_CONTENT_BYTES),
  metadata: jsonObject(MAX_METADATA_BYTES).default({}),
  occurredAt: moment,
  /** Id of the session that was deleted and took this memory with it; null otherwise. */
  deletedWith: idOf('session').nullable().default(null),
} as const;

/** Something that was said or learned, found again by meaning. */
export interface Memory extends RecordBase, ValuesOf<typeof memoryFields> {}
