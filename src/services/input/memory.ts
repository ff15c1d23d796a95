import { z } from 'zod';
import { externalId, idOf, MAX_BATCH, version } from '../../domain/fields/common.js';
import { memoryFields, sessionKey } from '../../domain/fields/memory.js';
import { memoryFilter, searchQuery } from './filters.js';

const { content, role, ...fields } = memoryFields;
const optional = z.object(fields).partial().shape;
const draft = { content, role, externalId: externalId.optional(), ...optional };

export const newMemory = z.object({ projectId: idOf('project'), ...draft });
export const newMemories = z.object({
  projectId: idOf('project'),
  memories: z.array(z.object(draft)).min(1).max(MAX_BATCH),
});
export const memoryUpdate = z.object({
  id: idOf('memory'),
  version,
  content: content.optional(),
  role: role.optional(),
  ...optional,
});
export type MemoryDraft = z.output<typeof newMemories>['memories'][number];

/** The most memories that one call deletes: they go in one commit. */
export const MAX_DELETED = 10_000;

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
