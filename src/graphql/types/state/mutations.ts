import type { State } from '../../../domain/state.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { StateRef } from '../../refs.js';
import { EXTERNAL_ID, ID, payloadText, VERSION } from '../mutation.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly state: State }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ state: t.expose('state', { type: StateRef, description: 'The state.' }) }),
  });
const SaveStatePayload = payload('SaveStatePayload');
const DeleteStatePayload = payload('DeleteStatePayload');
const RestoreStatePayload = payload('RestoreStatePayload');

builder.mutationFields((t) => ({
  saveState: t.fieldWithInput({
    description: 'Creates a state of a project, task or session, or replaces its value.',
    type: SaveStatePayload,
    errors: CREATING,
    input: {
      ownerId: t.input.id({
        required: true,
        description: 'Id of the project, task or session that the state belongs to.',
      }),
      key: t.input.string({
        required: true,
        description: 'Name of the state; at most 200 characters, unique among the live states of its owner.',
      }),
      value: t.input.field({ type: 'JSON', description: 'The new value; at most 1 MB as JSON. Null when left out.' }),
      version: t.input.int({
        description:
          'The version that you read, to replace the value. Leave it out to create the state, which fails if the state exists.',
      }),
      externalId: t.input.string({ description: EXTERNAL_ID }),
    },
    resolve: (_, { input: { ownerId, key, value, version, externalId } }, context) =>
      write(context, async ({ states }, author) => ({
        state: await states.save(author, {
          ownerId,
          key,
          value: value ?? null,
          version: version ?? undefined,
          externalId: externalId ?? undefined,
        }),
      })),
  }),
  deleteState: t.fieldWithInput({
    description: 'Deletes a state. It can be restored until the server purges it.',
    type: DeleteStatePayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ states }, author) => ({ state: await states.delete(author, input) })),
  }),
  restoreState: t.fieldWithInput({
    description: 'Restores a deleted state. Not possible while its owner has another live state with the same key.',
    type: RestoreStatePayload,
    errors: CREATING,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ states }, author) => ({ state: await states.restore(author, input) })),
  }),
}));
