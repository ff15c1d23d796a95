import { z } from 'zod';
import { externalId, idOf, MAX_BATCH, version } from '../../domain/fields/common.js';
import { type InputOf, optional } from '../../domain/fields/derive.js';
import { memoryFields } from '../../domain/memory.js';
import { sessionKey } from '../../domain/session.js';
import { memoryFilter, searchQuery } from './filters.js';

const { content, role, occurredAt, deletedWith: _, ...fields } = memoryFields;
/** `occurredAt`: left out, the time of the commit. */
const draft = z.object({
  content,
  role,
  externalId: externalId.optional(),
  ...fields,
  occurredAt: occurredAt.optional(),
});

export const newMemory = z.object({ projectId: idOf('project'), ...draft.shape });
export const newMemories = z.object({ projectId: idOf('project'), memories: z.array(draft).min(1).max(MAX_BATCH) });
export const memoryUpdate = z.object({
  id: idOf('memory'),
  version,
  ...optional({ content, role, ...fields, occurredAt }),
});

export const memoryUpsert = z.object({
  projectId: idOf('project'),
  externalId,
  ...optional({ content, role, ...fields, occurredAt }),
});
/** A memory to update, or to save if there is none with its `externalId`: then it needs a role and a content. */
export type MemoryUpsert = InputOf<typeof memoryUpsert>;

/** A memory to be saved. What is left out gets its default. */
export type NewMemory = InputOf<typeof draft>;
/** What changes in a memory. What is left out (undefined) stays. */
export type MemoryUpdate = InputOf<typeof memoryUpdate>;
/** The content of a new memory, with defaults. */
export type MemoryDraft = z.output<typeof draft>;

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
export type ContextQuestion = InputOf<typeof contextQuestion>;
