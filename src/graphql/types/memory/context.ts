import type { MemoryContext } from '../../../services/contexts/context-budget.js';
import { MAX_CONTEXT_TOKENS } from '../../../services/input/memory.js';
import { builder } from '../../builder.js';
import { COSTS } from '../../costs.js';
import { ContextSourceEnum } from '../../enums.js';
import { requireId } from '../../ids.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { QUERY_TEXT } from '../common.js';

const DEFAULT_TOKENS = 2000;

const ItemRef = builder.objectRef<MemoryContext['items'][number]>('MemoryContextItem').implement({
  description: 'One thing of a context, and where it came from.',
  fields: (t) => ({
    source: t.expose('source', { type: ContextSourceEnum, description: 'Why it is here.' }),
    record: t.field({
      type: NodeRef,
      description: 'The memory or the task it is from.',
      resolve: ({ record }) => record,
    }),
    text: t.exposeString('text', { description: 'What of it is in the context.' }),
    tokens: t.exposeInt('tokens', { description: 'How much of the budget it takes.' }),
    score: t.exposeFloat('score', {
      nullable: true,
      description: 'For what is relevant: how well it matches, 0 to 1.',
    }),
    isCut: t.exposeBoolean('isCut', { description: 'Whether only a part of it fitted.' }),
  }),
});

const MemoryContextRef = builder.objectRef<MemoryContext>('MemoryContext').implement({
  description: 'What an agent should know, within a budget.',
  fields: (t) => ({
    text: t.exposeString('text', { description: "The items' texts, ready to be put into a prompt." }),
    tokens: t.exposeInt('tokens', { description: 'How much of the budget it takes.' }),
    items: t.expose('items', { type: [ItemRef], description: 'Each once, with where it came from.' }),
    omitted: t.exposeInt('omitted', { description: 'Memories left out because the budget was full.' }),
  }),
});

builder.objectField(ProjectRef, 'memoryContext', (t) =>
  t.field({
    type: MemoryContextRef,
    extensions: COSTS.search,
    description:
      'What an agent should know: the task, the latest of the session, and what is most relevant to the query or the task, within a budget of tokens.',
    args: {
      query: t.arg.string({ description: `What it is about; the task, when left out. ${QUERY_TEXT}` }),
      sessionId: t.arg.string({ description: "The client's own key of the conversation that goes on." }),
      taskId: t.arg.id({ description: 'The task that is worked on.' }),
      maxTokens: t.arg.int({
        defaultValue: DEFAULT_TOKENS,
        description: `The budget: UTF-8 bytes / 4; at most ${MAX_CONTEXT_TOKENS}.`,
      }),
    },
    resolve: (project, { query, sessionId, taskId, ...args }, { services }) => {
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
