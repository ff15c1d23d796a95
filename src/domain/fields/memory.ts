import { z } from 'zod';
import { MAX_CONTENT_BYTES, MEMORY_ROLES } from '../memory.js';
import { idOf, MAX_METADATA_BYTES } from './common.js';
import { jsonObject } from './json.js';
import { content, label, moment } from './text.js';

/** The client's own key of a conversation. */
export const sessionKey = label(500);

/** What a memory's own fields may hold, by a request or by hand. */
export const memoryFields = {
  content: content(MAX_CONTENT_BYTES),
  role: z.enum(MEMORY_ROLES),
  sessionId: sessionKey.nullable(),
  taskId: idOf('task').nullable(),
  metadata: jsonObject(MAX_METADATA_BYTES),
  occurredAt: moment,
} as const;
