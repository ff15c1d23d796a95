import { z } from 'zod';
import { MAX_CONTENT_BYTES, MEMORY_ROLES } from '../../domain/memory.js';
import { externalId, idOf, MAX_BATCH, MAX_METADATA_BYTES, version } from './common.js';
import { memoryFilter, searchQuery } from './filters.js';
import { jsonObject } from './json.js';
import { content, label, moment } from './text.js';

/** The client's own key of a conversation. */
export const sessionKey = label(500);

const optional = {
  sessionId: sessionKey.nullable().optional(),
  taskId: idOf('task').nullable().optional(),
  metadata: jsonObject(MAX_METADATA_BYTES).optional(),
  occurredAt: moment.optional(),
};

const draft = {
  content: content(MAX_CONTENT_BYTES),
  role: z.enum(MEMORY_ROLES),
  externalId: externalId.optional(),
  ...optional,
};

export const newMemory = z.object({ projectId: idOf('project'), ...draft });
export const newMemories = z.object({
  projectId: idOf('project'),
  memories: z.array(z.object(draft)).min(1).max(MAX_BATCH),
});
export const memoryUpdate = z.object({
  id: idOf('memory'),
  version,
  content: content(MAX_CONTENT_BYTES).optional(),
  role: z.enum(MEMORY_ROLES).optional(),
  ...optional,
});
export type MemoryDraft = z.output<typeof newMemories>['memories'][number];

export const memoryDeletion = z.object({
  projectId: idOf('project'),
  filter: memoryFilter.extend({ sessionId: sessionKey.nullable().optional() }),
  dryRun: z.boolean(),
});

/** The largest budget of a context. */
export const MAX_CONTEXT_TOKENS = 100_000;

export const contextQuestion = z.object({
  projectId: idOf('project'),
  query: searchQuery.optional(),
  sessionId: sessionKey.optional(),
  taskId: idOf('task').optional(),
  maxTokens: z.int().min(1).max(MAX_CONTEXT_TOKENS),
});
