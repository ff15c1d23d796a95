import type { Session } from '../../../domain/session.js';
import { builder } from '../../builder.js';
import { requireId } from '../../ids.js';
import { listChildren } from '../../lists.js';
import { NodeRef, ProjectRef, SessionRef } from '../../refs.js';
import { deletedArg } from '../common.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoriesBelow } from '../memory/list.js';
import { StoredRecordInterface } from '../record/type.js';

SessionRef.implement({
  description: 'A conversation. It begins with the first memory that names its key.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    key: t.exposeString('key', { description: "The client's own name for it: what memories call `sessionId`." }),
    title: t.exposeString('title', { nullable: true, description: 'What it is about.' }),
    agent: t.exposeString('agent', { nullable: true, description: 'The agent that took part.' }),
    provider: t.exposeString('provider', { nullable: true, description: "The agent's provider." }),
    workspace: t.exposeString('workspace', { nullable: true, description: 'Where it took place.' }),
    status: t.exposeString('status', { nullable: true, description: 'How it stands, as the client says.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    metadata: t.expose('metadata', { type: 'JSONObject', description: "The client's own data about it." }),
    memoryCount: t.int({
      description: 'How many memories it has.',
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).count,
    }),
    lastMemoryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the latest of them was said.',
      resolve: async (session, _, { loaders }) => (await loaders.memoryTotals(session)).lastAt,
    }),
    project: t.field({
      type: ProjectRef,
      description: 'The project it belongs to.',
      resolve: async ({ id }, _, context) => (await context.repositories(id)).project,
    }),
    memories: t.loadable({
      type: MemoryConnection,
      description: 'What was said in it, earliest first.',
      byPath: true,
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MemoryFilterInput, description: 'Which memories.' }),
        orderBy: t.arg({ type: MemoryOrderInput, description: 'In which order.' }),
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
      'A conversation by the id of its record, deleted or not; null when there is none, or its project is deleted.',
    args: { id: t.arg.id({ required: true, description: 'The id of its record.' }) },
    resolve: (_, { id }, { loaders }) => {
      requireId(id, ['session']);
      return loaders.find('session', id);
    },
  }),
);
