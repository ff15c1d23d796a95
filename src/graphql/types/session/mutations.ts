import type { Session } from '../../../domain/session.js';
import { rejectNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { SessionRef } from '../../refs.js';
import { ID, payloadText, VERSION } from '../mutation.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly session: Session }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ session: t.expose('session', { type: SessionRef, description: 'The session.' }) }),
  });
const UpdateSessionPayload = payload('UpdateSessionPayload');
const DeleteSessionPayload = payload('DeleteSessionPayload');
const RestoreSessionPayload = payload('RestoreSessionPayload');

/** Of these, null clears. */
const NULLABLE = ['title', 'agent', 'provider', 'workspace', 'status'] as const;

builder.mutationFields((t) => ({
  updateSession: t.fieldWithInput({
    description: 'Updates a session, such as its title. Fields that are left out stay unchanged.',
    type: UpdateSessionPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      title: t.input.string({ description: 'Title; at most 200 characters. Null for none.' }),
      agent: t.input.string({ description: 'Agent that took part. Null for unknown.' }),
      provider: t.input.string({ description: 'Provider of the agent. Null for unknown.' }),
      workspace: t.input.string({ description: 'Workspace that the session took place in. Null for unknown.' }),
      status: t.input.string({ description: "Status, in the client's own words. Null for unknown." }),
      metadata: t.input.field({
        type: 'JSONObject',
        description: "The client's own data about the session; at most 256 KB as JSON. Replaces the whole object.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({
        session: await sessions.update(author, rejectNulls(input, NULLABLE)),
      })),
  }),
  deleteSession: t.fieldWithInput({
    description: 'Deletes a session with all its memories. It can be restored until the server purges it.',
    type: DeleteSessionPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({ session: await sessions.delete(author, input) })),
  }),
  restoreSession: t.fieldWithInput({
    description:
      'Restores a deleted session, with exactly the memories that were deleted with it. Not possible while a newer session has the same key.',
    type: RestoreSessionPayload,
    errors: CREATING,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({ session: await sessions.restore(author, input) })),
  }),
}));
