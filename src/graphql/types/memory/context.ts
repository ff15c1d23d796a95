import type { MemoryContext } from '../../../services/contexts/context-budget.js';
import { MAX_CONTEXT_TOKENS } from '../../../services/input/memory.js';
import { grouped } from '../../../util/text/grouped.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { ContextSourceEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { requireReadable } from '../../visible/catalog.js';
import { QUERY_TEXT } from '../descriptions.js';

const DEFAULT_TOKENS = 2000;

const ItemRef = builder.objectRef<MemoryContext['items'][number]>('MemoryContextItem').implement({
  description: 'An item of a context, and its source.',
  fields: (t) => ({
    source: t.expose('source', { type: ContextSourceEnum, description: 'Why the item is part of the context.' }),
    record: t.field({
      type: NodeRef,
      description: 'The memory or the task that the text comes from.',
      resolve: ({ record }) => record,
    }),
    text: t.exposeString('text', { description: 'Text of the item, as it appears in the context.' }),
    tokens: t.exposeInt('tokens', { description: 'Size of `text`, in estimated tokens.' }),
    score: t.exposeFloat('score', {
      nullable: true,
      description: 'Relevance of an item with the source `RELEVANT`, 0 to 1; null for others.',
    }),
    isCut: t.exposeBoolean('isCut', { description: 'Whether the text was shortened to fit.' }),
  }),
});

const MemoryContextRef = builder.objectRef<MemoryContext>('MemoryContext').implement({
  description: 'What an agent should know, within a token budget.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Texts of all items, ready to be put into a prompt.' }),
    tokens: t.exposeInt('tokens', { description: 'Size of `text`, in estimated tokens.' }),
    items: t.expose('items', {
      type: [ItemRef],
      description:
        'The items, each record once: the task, then pinned memories, then decisions, both newest first, then relevant memories, best first, then those of the session, earliest first.',
    }),
    omitted: t.exposeInt('omitted', { description: 'Number of memories that were left out for lack of room.' }),
  }),
});

builder.objectField(ProjectRef, 'memoryContext', (t) =>
  t.field({
    type: MemoryContextRef,
    extensions: COSTS.search,
    description:
      'What an agent should know, within a token budget: the task, then pinned memories and decisions of the project, in at most half of the budget unless the others leave more of it, then the memories most relevant to the query and the latest of the session. Superseded memories (`Memory.supersededBy`) are left out. At least one of `query`, `sessionId` and `taskId` is needed.',
    args: {
      query: t.arg.string({
        description: `What the memories should be relevant to. Left out: the title and description of the task. ${QUERY_TEXT}`,
      }),
      sessionId: t.arg.string({ description: '`Session.key` of the current session, not its `id`.' }),
      taskId: t.arg.id({ description: 'Id of the current task.' }),
      maxTokens: t.arg.int({
        defaultValue: DEFAULT_TOKENS,
        description: `The budget, in tokens estimated as UTF-8 bytes / 4: 1 to ${grouped(MAX_CONTEXT_TOKENS)}.`,
      }),
    },
    resolve: (project, { query, sessionId, taskId, ...args }, { services, levelIn }) => {
      requireReadable(levelIn(project.id), project.id);
      const maxTokens = args.maxTokens ?? DEFAULT_TOKENS;
      if (taskId != null) requireId(taskId, ['task'], 'taskId');
      return services.contexts.memoryContext({
        projectId: project.id,
        query: query ?? undefined,
        sessionId: sessionId ?? undefined,
        taskId: taskId ?? undefined,
        maxTokens,
      });
    },
  }),
);
