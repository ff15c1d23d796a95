import type { SignIn } from '../../../domain/sign-in/records.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { listRecords } from '../../lists.js';
import { NodeRef, SignInRef } from '../../refs.js';
import { recordConnection } from '../list-types.js';

SignInRef.implement({
  description: 'A browser, or another program, in which a user is signed in.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the sign-in.' }),
    userId: t.exposeID('userId', { description: 'Id of the user.' }),
    address: t.string({
      nullable: true,
      description: 'Network address from which they signed in; null when unknown.',
      resolve: ({ ipAddress }) => ipAddress || null,
    }),
    userAgent: t.string({
      nullable: true,
      description: 'What the browser says that it is; null when it said nothing.',
      resolve: ({ userAgent }) => userAgent || null,
    }),
    isCurrent: t.boolean({
      description: 'Whether this request was sent with it.',
      resolve: ({ id }, _, { principal }) => id === principal.signInId,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they signed in.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends: a week after it was used last, to the day.',
    }),
  }),
});

const SignInConnection = recordConnection(SignInRef, 'SignIn', 'sign-ins');

builder.queryField('signIns', (t) =>
  t.field({
    type: SignInConnection,
    description:
      "Where the caller is signed in, newest first. Other users' take `users:administer`. Callers who are no user, and keys that may do less than their owner, get `FORBIDDEN`.",
    authScopes: { signedIn: true },
    args: {
      ...t.arg.connectionArgs(),
      userId: t.arg.id({ description: 'Id of the user. Left out: the caller.' }),
    },
    resolve: async (_, { userId, ...args }, { services, author }) => {
      const repository = await services.signIns.of(author, userId ?? null);
      const order = { field: 'createdAt', direction: 'DESC' } as const;
      return listRecords(repository, userId ?? author.principal?.userId ?? 'nobody', args, {
        ...{ filter: {}, deleted: 'EXCLUDE', order },
      });
    },
  }),
);

const EndSignInPayload = builder.objectRef<SignIn>('EndSignInPayload').implement({
  fields: (t) => ({ endedId: t.exposeID('id', { description: 'Id of the sign-in that was ended.' }) }),
});

builder.mutationField('endSignIn', (t) =>
  t.fieldWithInput({
    description:
      "Ends one of the caller's sign-ins: at once, wherever it is used. Other users' take `users:administer`, and all rights that the user has.",
    type: EndSignInPayload,
    errors: {},
    authScopes: { signedIn: true },
    input: { id: t.input.id({ required: true, description: 'Id of the sign-in, from `signIns`.' }) },
    resolve: (_, { input }, context) => write(context, ({ signIns }, author) => signIns.end(author, input)),
  }),
);

const EndOtherSignInsPayload = builder.objectRef<{ readonly count: number }>('EndOtherSignInsPayload').implement({
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many were ended.' }) }),
});

builder.mutationField('endOtherSignIns', (t) =>
  t.fieldWithInput({
    description:
      "Ends all of the caller's sign-ins but the one that this request was sent with. An API key does that for its owner if it may do everything that the owner may. Other users' take `users:administer`, and all rights that the user has.",
    type: EndOtherSignInsPayload,
    errors: {},
    authScopes: { signedIn: true },
    input: { userId: t.input.id({ description: 'Id of the user. Left out: the caller.' }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ signIns }, author) => ({ count: await signIns.endOthers(author, withoutNulls(input)) })),
  }),
);
