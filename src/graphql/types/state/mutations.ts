import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING } from '../../errors.js';
import { StateRef } from '../../refs.js';
import { externalIdText } from '../descriptions.js';
import { lifecycleMutations } from '../lifecycle-mutations.js';
import { recordPayload } from '../payloads.js';

builder.mutationField('saveState', (t) =>
  t.fieldWithInput({
    description:
      'Creates a state of a project, task or session; with `version`, replaces the value of an existing one.',
    type: recordPayload('SaveStatePayload', StateRef, 'The state, at its current version.'),
    errors: CREATING,
    input: {
      ownerId: t.input.id({
        required: true,
        description: 'Id of the live project, task or session that the state belongs to.',
      }),
      key: t.input.string({
        required: true,
        description: 'Name of the state; at most 200 characters, unique among the live states of its owner.',
      }),
      value: t.input.field({
        type: 'JSON',
        description: 'The new value; at most 1 MB as JSON. Leaving it out saves null, also when the state has a value.',
      }),
      version: t.input.int({
        description:
          'The version that you read, to replace the value of an existing state. If the state was changed since, the result is a `ConflictError`; if the owner has no live state with this key, a `NotFoundError`. Left out, a state is created; if the owner has a live one with this key, the result is an `AlreadyExistsError`.',
      }),
      externalId: t.input.string({
        description: `${externalIdText('state', "among the project's states")} It is checked before \`key\`, and ignored with \`version\`.`,
      }),
    },
    resolve: (_, { input: { ownerId, key, value, version, externalId } }, context) =>
      write(context, async ({ states }, author) => ({
        record: await states.save(author, {
          ownerId,
          key,
          value: value ?? null,
          version: version ?? undefined,
          externalId: externalId ?? undefined,
        }),
      })),
  }),
);

lifecycleMutations(StateRef, ({ states }) => states, {
  delete: { description: 'Deletes a state. Another one can then have its key. `restoreState` undoes it.' },
  restore: {
    description: 'Restores a deleted state. Not possible while its owner has another live state with the same key.',
    errors: CREATING,
  },
});
