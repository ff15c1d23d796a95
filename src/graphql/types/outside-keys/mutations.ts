import type { OutsideKey } from '../../../domain/access/outside-key.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { OutsideKeyRef } from '../../refs.js';

const SaveOutsideKeyPayload = builder
  .objectRef<{ readonly outsideKey: OutsideKey }>('SaveOutsideKeyPayload')
  .implement({
    fields: (t) => ({
      outsideKey: t.expose('outsideKey', { type: OutsideKeyRef, description: 'What is shown of the key.' }),
    }),
  });

const DeleteOutsideKeyPayload = builder.objectRef<{ readonly id: string }>('DeleteOutsideKeyPayload').implement({
  fields: (t) => ({ deletedId: t.exposeID('id', { description: 'Id that the key had.' }) }),
});

builder.mutationField('saveOutsideKey', (t) =>
  t.fieldWithInput({
    description:
      'Keeps a key of another service, encrypted, for the caller or for all users, in place of the one that was kept before. It is never shown again. An API key may use the keys of its owner; to save one it needs the permission `keys:administer`.',
    type: SaveOutsideKeyPayload,
    authScopes: { signedIn: true },
    errors: {},
    input: {
      provider: t.input.string({
        required: true,
        description:
          'Name of the service: 1 to 32 letters, digits, dots, hyphens and underscores, such as `openai`. It is saved in lower case.',
      }),
      secret: t.input.string({ required: true, description: 'The key, without surrounding white space.' }),
      label: t.input.string({
        description: 'What it is, in up to 120 characters. Left out, it stays as it was; null removes it.',
      }),
      shared: t.input.boolean({
        defaultValue: false,
        description: 'Keep it for all users; takes the permission `keys:administer`.',
      }),
    },
    resolve: async (_, { input }, context) => {
      const { provider, secret, label, shared } = input;
      const given = { provider, secret, shared: shared ?? false, ...(label === undefined ? {} : { label }) };
      return { outsideKey: await write(context, ({ outsideKeys }, author) => outsideKeys.save(author, given)) };
    },
  }),
);

builder.mutationField('deleteOutsideKey', (t) =>
  t.fieldWithInput({
    description:
      'Deletes a key of another service for good: it can be restored neither by undoing nor from the history. One for all users takes the permission `keys:administer`.',
    type: DeleteOutsideKeyPayload,
    authScopes: { signedIn: true },
    errors: {},
    input: { id: t.input.id({ required: true, description: 'Id of the key, from `outsideKeys`.' }) },
    resolve: (_, { input }, context) =>
      write(context, ({ outsideKeys }, author) => outsideKeys.delete(author, { id: input.id })),
  }),
);
