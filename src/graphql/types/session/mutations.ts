import type { Session } from '../../../domain/session.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { onlyNullable } from '../../input.js';
import { SessionRef } from '../../refs.js';
import { ID, payloadText, VERSION } from '../mutation.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly session: Session }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ session: t.expose('session', { type: SessionRef, description: 'The conversation.' }) }),
  });
const UpdateSessionPayload = payload('UpdateSessionPayload');
const DeleteSessionPayload = payload('DeleteSessionPayload');
const RestoreSessionPayload = payload('RestoreSessionPayload');

/** Of these, null clears. */
const NULLABLE = ['title', 'agent', 'provider', 'workspace', 'status'] as const;

builder.mutationFields((t) => ({
  updateSession: t.fieldWithInput({
    description: 'Changes what is given of a conversation, such as its title; the rest stays.',
    type: UpdateSessionPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      title: t.input.string({ description: 'What it is about. Null: none.' }),
      agent: t.input.string({ description: 'The agent that took part. Null: unknown.' }),
      provider: t.input.string({ description: "The agent's provider. Null: unknown." }),
      workspace: t.input.string({ description: 'Where it took place. Null: unknown.' }),
      status: t.input.string({ description: 'How it stands. Null: unknown.' }),
      metadata: t.input.field({ type: 'JSONObject', description: "The client's own data about it. Replaced whole." }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({
        session: await sessions.update(author, onlyNullable(input, NULLABLE)),
      })),
  }),
  deleteSession: t.fieldWithInput({
    description: 'Deletes a conversation with all its memories. It can be restored while it is kept.',
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
    description: 'Restores a deleted conversation with exactly the memories that were deleted with it.',
    type: RestoreSessionPayload,
    errors: CREATING,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({ session: await sessions.restore(author, input) })),
  }),
}));
