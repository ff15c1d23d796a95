import { rejectNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { SessionRef } from '../../refs.js';
import { UPDATE } from '../descriptions.js';
import { lifecycleMutations, versionedId } from '../lifecycle-mutations.js';
import { recordPayload } from '../payloads.js';

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  title: t.string({ description: 'Title; at most 200 characters. Null for none.' }),
  agent: t.string({ description: 'Agent that took part. Null for unknown.' }),
  provider: t.string({ description: 'Provider of the agent. Null for unknown.' }),
  workspace: t.string({ description: 'Workspace that the session took place in. Null for unknown.' }),
  status: t.string({ description: "Status, in the client's own words. Null for unknown." }),
});

builder.mutationField('updateSession', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: 'Updates the given fields of a session.',
    type: recordPayload('UpdateSessionPayload', SessionRef),
    errors: VERSIONED,
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'session'),
      ...nullable,
      metadata: t.input.field({
        type: 'JSONObject',
        description: "The client's own data about the session; at most 256 KB as JSON.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ sessions }, author) => ({
        record: await sessions.update(author, rejectNulls(input, nullable)),
      })),
  });
});

lifecycleMutations(SessionRef, ({ sessions }) => sessions, {
  delete: {
    description: 'Deletes a session with its live memories. Its states stay live. `restoreSession` undoes it.',
  },
  restore: {
    description:
      'Restores a deleted session, with the memories that were deleted with it; those deleted before stay deleted. Not possible while another live session has the same key.',
    errors: CREATING,
  },
});
