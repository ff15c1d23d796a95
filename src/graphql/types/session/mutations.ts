import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save } from '../../context.js';
import { StreamingStatusEnum } from '../../enums.js';
import { CREATING, RESTORING, UPDATING } from '../../errors.js';
import { SessionRef } from '../../refs.js';
import { createdText, externalIdText, ownIdText, UPDATE } from '../descriptions.js';
import { deleteManyMutation, lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { savedPayload, upsertPayload } from '../payloads.js';
import { SessionFilterInput, sessionFilter } from './list.js';

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  title: t.string({
    description:
      'Title; at most 200 characters. Null for none, until a first memory with the role `USER` gives it one.',
  }),
  userId: t.string({
    description: 'User whose conversation it is, as the client names them; at most 1,000 characters. Null for none.',
  }),
  agent: t.string({ description: 'Agent that took part. Null for unknown.' }),
  provider: t.string({ description: 'Provider of the agent. Null for unknown.' }),
  model: t.string({ description: 'Model of the agent; at most 1,000 characters. Null for unknown.' }),
  workspace: t.string({ description: 'Workspace that the session took place in. Null for unknown.' }),
  status: t.string({ description: "Status, in the client's own words. Null for unknown." }),
  streamingStatus: t.field({
    type: StreamingStatusEnum,
    description: 'State of the unfinished answer. Null for none.',
  }),
});
/** Fields that always have a value. */
const content = (t: InputFields) => ({
  metadata: t.field({
    type: 'JSONObject',
    description: "The client's own data about the session; at most 256 KB as JSON.",
  }),
});
const KEY =
  "Key of the session: the `sessionId` of its memories. At most 500 characters, unique among the project's live sessions.";

builder.mutationField('createSession', (t) =>
  t.fieldWithInput({
    description:
      'Creates a session before its first memory. If a live session has the key, the result is an `AlreadyExistsError`.',
    type: savedPayload('CreateSessionPayload', SessionRef, createdText('session')),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      key: t.input.string({ description: `${KEY} Default: a random one, such as \`chat-7k2m-9xqd-b4tn\`.` }),
      ...clearable(t.input),
      ...content(t.input),
      externalId: t.input.string({ description: externalIdText('session', "among the project's sessions") }),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ sessions }, author) => ({
        record: await sessions.create(author, withoutNulls(input)),
      })),
  }),
);

builder.mutationField('upsertSession', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description:
      'Updates a session, or creates it: of calls that race, one creates it. The session is the one that has the `externalId` or, without one, the live one that has the `key`; one of them is needed. Fields that are left out stay unchanged, or get their default in a new session. Versions are not compared. If a deleted session has the `externalId`, or another live one has the `key`, the result is an `AlreadyExistsError`.',
    type: upsertPayload('UpsertSessionPayload', SessionRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    typeOptions: { description: UPDATE },
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      externalId: t.input.string({
        description: ownIdText('session', "among the project's sessions"),
      }),
      key: t.input.string({
        description: `${KEY} With \`externalId\`: the key of a new session (default: a random one), or the unchanged one of an existing session.`,
      }),
      ...nullable,
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      save(context, ({ sessions }, author) => sessions.upsert(author, rejectNulls(input, nullable))),
  });
});

builder.mutationField('updateSession', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description:
      'Updates the given fields of a session. Saving a memory can raise its version; `upsertSession` compares no versions.',
    type: savedPayload('UpdateSessionPayload', SessionRef),
    errors: UPDATING,
    authScopes: (_, { input }) => ({ writes: input.id }),
    typeOptions: { description: UPDATE },
    input: { ...versionedId(t.input, 'session'), ...nullable, ...content(t.input) },
    resolve: (_, { input }, context) =>
      save(context, async ({ sessions }, author) => ({
        record: await sessions.update(author, rejectNulls(input, nullable)),
      })),
  });
});

deleteManyMutation({
  plural: 'sessions',
  sortedBy: 'startedAt',
  filter: SessionFilterInput,
  parseFilter: sessionFilter,
  delete: ({ sessions }, author, input) => sessions.deleteMany(author, input),
  description:
    'Their live memories are deleted with them, and count towards this limit. Their states stay live. They are restored one by one, with `restoreSession`.',
});

lifecycleMutations(SessionRef, ({ sessions }) => sessions, {
  delete: {
    description: 'Deletes a session with its live memories. Its states stay live. `restoreSession` undoes it.',
  },
  restore: {
    description:
      'Restores a deleted session, with the memories that were deleted with it; those deleted before stay deleted. Not possible while another live session has the same key, or a live memory supersedes what one of them superseded.',
    errors: RESTORING,
  },
});

purgeMutation(SessionRef, ({ sessions }) => sessions, {
  description:
    'Permanently removes a session, live or deleted, with its memories, deleted ones included, and its states, and erases their content from the log. The source that a migration keeps in phase `MOVED` still has them. Needs a token from `requestPurge`.',
});
