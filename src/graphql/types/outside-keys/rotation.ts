import type { KeySource } from '../../../domain/vault.js';
import type { SecretRotation } from '../../../services/vault/contract.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { enumOf } from '../../enums.js';
import { COSTS } from '../../field-costs.js';

const KeySourceEnum = enumOf<KeySource>('SecretKeySource', 'Where the key comes from that encrypts saved secrets.', {
  ENVIRONMENT: 'The environment variable `MOORING_SECRET_KEY`, which only the operator replaces.',
  FILE: 'A file in the data directory, which the server replaces.',
});

const RotateSecretsPayload = builder.objectRef<SecretRotation>('RotateSecretsPayload').implement({
  fields: (t) => ({
    resealed: t.exposeInt('resealed', { description: 'Number of secrets that this call encrypted again.' }),
    remaining: t.exposeInt('remaining', {
      description: 'Number of secrets that are still encrypted with an older key. Repeat the call until it is 0.',
    }),
    unreadable: t.exposeStringList('unreadable', {
      description:
        'Names of up to 100 secrets that none of the keys decrypts. They stay as they are, and count as not set: save them again.',
    }),
    keySource: t.expose('keySource', {
      type: KeySourceEnum,
      description: 'Where the key comes from that encrypts them now.',
    }),
  }),
});

builder.mutationField('rotateSecrets', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Encrypts every saved secret with a new key, those in storage settings too, and erases what the old key encrypted. With key files in the data directory, it makes the new key. With `MOORING_SECRET_KEY`, first start the server with the new one, and with the old one as `MOORING_SECRET_KEY_PREVIOUS`. A call works for about 20 seconds: repeat it until nothing remains. Interrupted at any point, nothing is lost.',
    type: RotateSecretsPayload,
    authScopes: { may: 'keys:administer' },
    errors: {},
    input: {
      dryRun: t.input.boolean({
        defaultValue: false,
        description:
          'Change nothing, and only count: with `MOORING_SECRET_KEY`, what still needs `MOORING_SECRET_KEY_PREVIOUS`.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, ({ vault }, author) => vault.rotate(author, { dryRun: input.dryRun ?? false })),
  }),
);
