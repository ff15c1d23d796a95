import { NodeRef, SessionRef } from '../../refs.js';
import { memoriesField } from '../memory/memories-field.js';
import { projectField, recordQuery } from '../record/fields.js';
import { StoredRecordInterface } from '../record/type.js';

SessionRef.implement({
  description:
    'A session: one conversation with an agent. The first memory with a new key as its `sessionId` creates it.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', {
      description: "Id of the session. `Memory.sessionId` is not this id but the session's `key`.",
    }),
    key: t.exposeString('key', {
      description:
        "Key of the session, chosen by the client: the `sessionId` of its memories. Unique among the project's live sessions.",
    }),
    title: t.exposeString('title', { nullable: true, description: 'Title of the session; null when it has none.' }),
    agent: t.exposeString('agent', { nullable: true, description: 'Agent that took part; null when unknown.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the agent; null when unknown.' }),
    workspace: t.exposeString('workspace', {
      nullable: true,
      description: 'Workspace that the session took place in; null when unknown.',
    }),
    status: t.exposeString('status', {
      nullable: true,
      description: "Status, in the client's own words; null when unknown.",
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: 'When the session began: the `occurredAt` of the memory that created it.',
    }),
    metadata: t.expose('metadata', { type: 'JSONObject', description: "The client's own data about the session." }),
    memoryCount: t.int({
      description: "Number of live memories whose `sessionId` is the session's key.",
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).count,
    }),
    lastMemoryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "Latest `occurredAt` of the session's live memories; null when there are none.",
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).lastAt,
    }),
    project: projectField(t, 'session'),
    memories: memoriesField(t, {
      field: 'sessionId',
      description: "Memories whose `sessionId` is the session's key, earliest `occurredAt` first by default.",
    }),
  }),
});

recordQuery(
  'session',
  SessionRef,
  'A session by its id (not its key), deleted or not; null when there is none, or its project is deleted.',
);
