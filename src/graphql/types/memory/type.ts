import { projectKeyOf } from '../../../domain/id.js';
import type { EmbeddingStatus } from '../../../search/contract.js';
import { builder } from '../../builder.js';
import { EmbeddingStateEnum, MemoryKindEnum, MemoryRoleEnum } from '../../enums.js';
import { inGroups } from '../../loaders.js';
import { MemoryRef, NodeRef, SessionRef, TaskRef } from '../../refs.js';
import { projectField, recordQuery } from '../record/fields.js';
import { StoredRecordInterface } from '../record/type.js';

const EmbeddingRef = builder.objectRef<EmbeddingStatus>('Embedding').implement({
  description:
    "State of a memory's embedding (the vectors for searching by meaning). It is kept apart from the memory: embedding a memory doesn't change its version.",
  fields: (t) => ({
    state: t.expose('state', { type: EmbeddingStateEnum, description: 'State of the embedding.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why embedding failed or was skipped; null otherwise.',
    }),
    model: t.exposeString('model', { description: 'Embedding model.' }),
  }),
});

MemoryRef.implement({
  description: 'A memory: something that was said or learned, which can be searched by meaning and by words.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the memory.' }),
    sessionId: t.exposeString('sessionId', {
      nullable: true,
      description: '`Session.key` of the session, not its `id`; null when the memory belongs to none.',
    }),
    taskId: t.exposeID('taskId', {
      nullable: true,
      description: 'Id of the task that the memory is about; null when there is none.',
    }),
    role: t.expose('role', { type: MemoryRoleEnum, description: 'Where the memory comes from.' }),
    toolName: t.exposeString('toolName', {
      nullable: true,
      description: 'Name of the tool, for the role `TOOL`; null when it is not given, and for every other role.',
    }),
    toolCallId: t.exposeString('toolCallId', {
      nullable: true,
      description:
        'Id of the call of the tool, for the role `TOOL`; null when it is not given, and for every other role.',
    }),
    kind: t.expose('kind', { type: MemoryKindEnum, description: 'What the memory is.' }),
    pinned: t.exposeBoolean('pinned', { description: 'Whether contexts prefer it to other memories.' }),
    content: t.exposeString('content', { description: 'Text of the memory.' }),
    metadata: t.expose('metadata', { type: 'JSONObject', description: "The client's own data about the memory." }),
    occurredAt: t.expose('occurredAt', { type: 'DateTime', description: 'When it was said or happened.' }),
    project: projectField(t, 'memory'),
    task: t.field({
      type: TaskRef,
      nullable: true,
      description:
        'The task that the memory is about, deleted or not; null when there is none, or the task was purged.',
      resolve: ({ taskId }, _, { loaders }) => (taskId === null ? null : loaders.find('task', taskId)),
    }),
    session: t.field({
      type: SessionRef,
      nullable: true,
      description: 'The live session whose `key` is the `sessionId`; null when there is none.',
      resolve: (memory, _, { loaders }) => loaders.sessionOf(memory),
    }),
    embedding: t.loadable({
      type: EmbeddingRef,
      nullable: true,
      description:
        "State of the memory's embedding; null when the search index doesn't have the memory: it is deleted, or not indexed yet.",
      resolve: ({ id }) => id,
      load: async (ids: string[], context) =>
        inGroups(ids, projectKeyOf, async (group) => (await context.repositories(group[0]!)).search.embeddings(group)),
    }),
  }),
});

recordQuery(
  'memory',
  MemoryRef,
  'A memory by its id, deleted or not; null when there is none, or its project is deleted.',
);
