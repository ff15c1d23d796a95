import { EVERY_USER } from '../../../domain/access/outside-key.js';
import type { OutsideKeyChoice, OutsideKeySource } from '../../../services/outside-keys/contract.js';
import { builder } from '../../builder.js';
import { enumOf } from '../../enums.js';
import { NodeRef, OutsideKeyRef } from '../../refs.js';
import { ViewerRef } from '../people/viewer.js';

const SourceEnum = enumOf<OutsideKeySource>('OutsideKeySource', 'Whose key of another service is used.', {
  USER: 'The one that the user saved.',
  SHARED: 'The one that an administrator saved for all users.',
  ENVIRONMENT: "The one of the server's environment, such as `OPENAI_API_KEY`.",
});

const PROVIDER = 'Name of the service in lower case, such as `openai`.';

OutsideKeyRef.implement({
  description:
    'A key of another service, such as of a model, that the server keeps for a user or for all users. It is never shown.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the record.' }),
    provider: t.exposeString('provider', { description: PROVIDER }),
    label: t.exposeString('label', { nullable: true, description: 'What its user wrote about it.' }),
    ending: t.exposeString('ending', {
      nullable: true,
      description: 'Its last four characters; null when it is shorter than 12.',
    }),
    isShared: t.boolean({
      description: 'Whether it is for all users.',
      resolve: ({ userId }) => userId === EVERY_USER,
    }),
    isUsable: t.boolean({
      description:
        'Whether the server can use it; false when it was encrypted with another key than this server has. Save it again then.',
      resolve: (key, _, { services }) => services.outsideKeys.isUsable(key),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first saved.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last saved.' }),
  }),
});

const OutsideKeyChoiceRef = builder.objectRef<OutsideKeyChoice>('OutsideKeyChoice').implement({
  description: 'Which key of a service is used.',
  fields: (t) => ({
    provider: t.exposeString('provider', { description: PROVIDER }),
    source: t.expose('source', { type: SourceEnum, description: 'Whose key it is.' }),
    label: t.exposeString('label', {
      nullable: true,
      description: "What was written about it; the variable's name when it is from the environment.",
    }),
    ending: t.exposeString('ending', {
      nullable: true,
      description:
        'Its last four characters, for those who may change it; null for others, for a key of the environment, and when it is shorter than 12.',
    }),
  }),
});

builder.objectField(ViewerRef, 'outsideKeys', (t) =>
  t.field({
    type: [OutsideKeyRef],
    description: 'Their own keys of other services, by the name of the service; none without a user.',
    resolve: (principal, _, { services }) => services.outsideKeys.listOwn(principal),
  }),
);

builder.queryField('outsideKeys', (t) =>
  t.field({
    type: [OutsideKeyRef],
    description: "The caller's own keys of other services, by the name of the service.",
    authScopes: { signedIn: true },
    args: {
      shared: t.arg.boolean({
        defaultValue: false,
        description: 'Return those that are for all users instead; takes the permission `keys:administer`.',
      }),
    },
    resolve: (_, { shared }, { services: { outsideKeys }, principal }) =>
      shared ? outsideKeys.listShared(principal) : outsideKeys.listOwn(principal),
  }),
);

builder.queryField('outsideKey', (t) =>
  t.field({
    type: OutsideKeyChoiceRef,
    nullable: true,
    description:
      "Which key of a service is used for the caller: their own, else the one for all users, else that of the server's environment; null when there is none.",
    authScopes: { signedIn: true },
    args: { provider: t.arg.string({ required: true, description: PROVIDER }) },
    resolve: (_, { provider }, { services, principal }) => services.outsideKeys.choose(principal, provider),
  }),
);
