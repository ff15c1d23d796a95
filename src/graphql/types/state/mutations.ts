import { builder, type InputFields } from '../../builder.js';
import { save } from '../../context.js';
import { CREATING, RESTORING } from '../../errors.js';
import { StateRef } from '../../refs.js';
import { externalIdText } from '../descriptions.js';
import { deleteManyMutation, lifecycleMutations, purgeMutation } from '../lifecycle-mutations.js';
import { savedPayload, upsertPayload } from '../payloads.js';
import { StateFilterInput, stateFilter } from './list.js';

/** Which state is meant. */
const name = (t: InputFields) => ({
  ownerId: t.id({
    required: true,
    description: 'Id of the live project, task or session that the state belongs to.',
  }),
  key: t.string({
    required: true,
    description: 'Name of the state; at most 200 characters, unique among the live states of its owner.',
  }),
});

builder.mutationFields((t) => ({
  saveState: t.fieldWithInput({
    description:
      'Creates a state of a project, task or session; with `version`, replaces the value of an existing one; with `overwrite`, does either.',
    type: savedPayload('SaveStatePayload', StateRef, 'The state, at its current version.'),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.ownerId }),
    input: {
      ...name(t.input),
      value: t.input.field({
        type: 'JSON',
        description: 'The new value; at most 1 MB as JSON. Leaving it out saves null, also when the state has a value.',
      }),
      version: t.input.int({
        description:
          'The version that you read, to replace the value of an existing state. If the state was changed since, the result is a `ConflictError`; if the owner has no live state with this key, a `NotFoundError`. Left out, a state is created; if the owner has a live one with this key, the result is an `AlreadyExistsError`.',
      }),
      overwrite: t.input.boolean({
        defaultValue: false,
        description:
          'Set the value whatever it is, and create the state if there is none: versions are not compared, and the last writer wins. Not together with `version` or `externalId`.',
      }),
      externalId: t.input.string({
        description: `${externalIdText('state', "among the project's states")} It is checked before \`key\`, and ignored with \`version\`.`,
      }),
    },
    resolve: (_, { input: { ownerId, key, value, version, overwrite, externalId } }, context) =>
      save(context, async ({ states }, author) => ({
        record: await states.save(author, {
          ownerId,
          key,
          value: value ?? null,
          version: version ?? undefined,
          overwrite: overwrite ?? false,
          externalId: externalId ?? undefined,
        }),
      })),
  }),
  upsertState: t.fieldWithInput({
    description:
      'Updates the live state with this owner and key, or creates it: of calls that race, one creates it. Versions are not compared. A deleted state with the key stays deleted.',
    type: upsertPayload('UpsertStatePayload', StateRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.ownerId }),
    input: {
      ...name(t.input),
      value: t.input.field({
        type: 'JSON',
        description: 'The new value; at most 1 MB as JSON. Left out, it stays unchanged, or is null in a new state.',
      }),
    },
    resolve: (_, { input }, context) => save(context, ({ states }, author) => states.upsert(author, input)),
  }),
}));

deleteManyMutation({
  plural: 'states',
  sortedBy: 'createdAt',
  filter: StateFilterInput,
  parseFilter: stateFilter,
  delete: ({ states }, author, input) => states.deleteMany(author, input),
  description: 'They are restored one by one, with `restoreState`.',
});

lifecycleMutations(StateRef, ({ states }) => states, {
  delete: { description: 'Deletes a state. Another one can then have its key. `restoreState` undoes it.' },
  restore: {
    description: 'Restores a deleted state. Not possible while its owner has another live state with the same key.',
    errors: RESTORING,
  },
});

purgeMutation(StateRef, ({ states }) => states, {
  description:
    'Permanently removes a state, live or deleted, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Needs a token from `requestPurge`.',
});
