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
    description: 'Saves named JSON with a project, a task or a session.',
    type: SaveStatePayload,
    errors: CREATING,
    input: {
      ownerId: t.input.id({ required: true, description: 'Id of the project, task or session it is kept with.' }),
      key: t.input.string({ required: true, description: 'Its name; its owner has no other of that name.' }),
      value: t.input.field({ type: 'JSON', description: 'What is kept; null, when left out.' }),
      version: t.input.int({ description: "The version that was read; left out when it doesn't exist yet." }),
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
    description: 'Deletes a state. It can be restored while it is kept.',
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
    description: 'Restores a deleted state.',
    type: RestoreStatePayload,
    errors: CREATING,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ states }, author) => ({ state: await states.restore(author, input) })),
  }),
}));
