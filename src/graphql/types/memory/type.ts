import { projectKeyOf } from '../../../domain/id.js';
import type { EmbeddingStatus } from '../../../search/search.js';
import { builder } from '../../builder.js';
import { EmbeddingStateEnum, MemoryRoleEnum } from '../../enums.js';
import { requireId } from '../../ids.js';
import { inGroups } from '../../loaders.js';
import { MemoryRef, NodeRef, ProjectRef, SessionRef, TaskRef } from '../../refs.js';
import { StoredRecordInterface } from '../record/type.js';

const EmbeddingRef = builder.objectRef<EmbeddingStatus>('Embedding').implement({
  description: "How a memory's embedding stands. It is derived: writing it never touches the memory.",
  fields: (t) => ({
    state: t.expose('state', { type: EmbeddingStateEnum, description: 'How it stands.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it failed or was skipped.' }),
    model: t.exposeString('model', { description: 'The model that makes it.' }),
  }),
});

MemoryRef.implement({
  description: 'Something that was said or learned, found again by meaning.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    sessionId: t.exposeString('sessionId', {
      nullable: true,
      description: "The client's own key of the conversation; null when it stands alone.",
    }),
    taskId: t.exposeID('taskId', { nullable: true, description: 'Id of the task it belongs to.' }),
    role: t.expose('role', { type: MemoryRoleEnum, description: 'Who said it.' }),
    content: t.exposeString('content', { description: 'What was said.' }),
    metadata: t.expose('metadata', { type: 'JSONObject', description: "The client's own data about it." }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was said.' }),
    project: t.field({
      type: ProjectRef,
      description: 'The project it belongs to.',
      resolve: async ({ id }, _, context) => (await context.repositories(id)).project,
    }),
    task: t.field({
      type: TaskRef,
      nullable: true,
      description: 'The task it belongs to, deleted or not; null when it belongs to none, or the task was purged.',
      resolve: ({ taskId }, _, { loaders }) => (taskId === null ? null : loaders.find('task', taskId)),
    }),
    session: t.field({
      type: SessionRef,
      nullable: true,
      description: "The conversation's record; null when it stands alone, or the conversation was deleted.",
      resolve: (memory, _, { loaders }) => loaders.sessionOf(memory),
    }),
    embedding: t.loadable({
      type: EmbeddingRef,
      nullable: true,
      description: 'How its embedding stands; null while the index has not heard of it.',
      resolve: ({ id }) => id,
      load: async (ids: string[], context) =>
        inGroups(ids, projectKeyOf, async (group) => (await context.repositories(group[0]!)).search.embeddings(group)),
    }),
  }),
});

builder.queryField('memory', (t) =>
  t.field({
    type: MemoryRef,
    nullable: true,
    description: 'A memory by its id, deleted or not; null when there is none, or its project is deleted.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { loaders }) => {
      requireId(id, ['memory']);
      return loaders.find('memory', id);
    },
  }),
);
