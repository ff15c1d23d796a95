import type { Session } from '../../../domain/session.js';
import { StreamingStatusEnum } from '../../enums.js';
import type { Loaders } from '../../loaders.js';
import { NodeRef, SessionRef } from '../../refs.js';
import { memoriesField } from '../memory/memories-field.js';
import { projectField, recordQuery } from '../record/fields.js';
import { StoredRecordInterface } from '../record/type.js';

/** When a session was last active: those of earlier versions don't know it. */
export async function activeAtOf(session: Session, loaders: Loaders): Promise<string> {
  return session.activeAt ?? (await loaders.memoryTotals(session)).lastAt ?? session.startedAt;
}

SessionRef.implement({
  description:
    'A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', {
      description: "Id of the session. `Memory.sessionId` is not this id but the session's `key`.",
    }),
    key: t.exposeString('key', {
      description:
        "Key of the session, chosen by the client: the `sessionId` of its memories. Unique among the project's live sessions.",
    }),
    title: t.exposeString('title', {
      nullable: true,
      description:
        'Title of the session; null when it has none. A session without one gets the beginning of its first memory with the role `USER` that shows any text, when that is saved: on one line, at most 50 characters, and with `…` when cut.',
    }),
    userId: t.exposeString('userId', {
      nullable: true,
      description: 'User whose conversation it is, as the client names them; null for none.',
    }),
    agent: t.exposeString('agent', { nullable: true, description: 'Agent that took part; null when unknown.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Provider of the agent; null when unknown.' }),
    model: t.exposeString('model', { nullable: true, description: 'Model of the agent; null when unknown.' }),
    workspace: t.exposeString('workspace', {
      nullable: true,
      description: 'Workspace that the session took place in; null when unknown.',
    }),
    status: t.exposeString('status', {
      nullable: true,
      description: "Status, in the client's own words; null when unknown.",
    }),
    streamingStatus: t.expose('streamingStatus', {
      type: StreamingStatusEnum,
      nullable: true,
      description:
        "State of the unfinished answer; null when there is none. Saving a memory with the role `ASSISTANT` clears it, and so do deleting, restoring and reverting the session. The server doesn't notice when a client stops: the value stays until one of these, or an update, changes it.",
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: 'When the session began: when it was created, or the `occurredAt` of the memory that created it.',
    }),
    activeAt: t.field({
      type: 'DateTime',
      description:
        'When the session was last active: the later of `startedAt` and the latest `occurredAt` of its memories, where one in the future counts as now. It can be behind by a second, and never goes back when memories are deleted.',
      resolve: (session, _, { loaders }) => activeAtOf(session, loaders),
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
