import type { Session } from '../../../domain/session.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { listChildren } from '../../lists.js';
import { NodeRef, ProjectRef, SessionRef } from '../../refs.js';
import { deletedArg } from '../list-types.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoriesBelow } from '../memory/list.js';
import { StoredRecordInterface } from '../record/type.js';

SessionRef.implement({
  description: 'A session: one conversation with an agent. The first memory with a new session key creates it.',
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
      description: 'Number of live memories in the session.',
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).count,
    }),
    lastMemoryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "Latest `occurredAt` of the session's live memories; null when there are none.",
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).lastAt,
    }),
    project: t.field({
      type: ProjectRef,
      description: 'The project that the session belongs to.',
      resolve: async ({ id }, _, context) => (await context.repositories(id)).project,
    }),
    memories: t.loadable({
      type: MemoryConnection,
      description: 'Memories of the session, earliest `occurredAt` first by default.',
      byPath: true,
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MemoryFilterInput, description: 'Return only memories that match. Left out: all.' }),
        orderBy: t.arg({ type: MemoryOrderInput, description: 'Sort order. Left out: earliest first.' }),
        deleted: t.arg(deletedArg),
      },
      resolve: (session) => session,
      // Async, so that arguments which are refused are an error of this field: a loader takes no other.
      load: async (sessions: Session[], context, args) =>
        listChildren(context, sessions, args, { ...memoriesBelow('sessionId', args), keyOf: ({ key }) => key }),
    }),
  }),
});

builder.queryField('session', (t) =>
  t.field({
    type: SessionRef,
    nullable: true,
    description:
      'A session by its id (not its key), deleted or not; null when there is none, or its project is deleted.',
    args: { id: t.arg.id({ required: true, description: 'Id of the session.' }) },
    resolve: (_, { id }, { loaders }) => {
      requireId(id, ['session']);
      return loaders.find('session', id);
    },
  }),
);
