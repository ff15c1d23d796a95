import type { User } from '../../../domain/access/user.js';
import { AlreadyExistsError, ConflictError } from '../../../domain/errors.js';
import { MAX_PASSWORD, MIN_PASSWORD } from '../../../domain/fields/password.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import type { WithLink } from '../../../services/passwords/contract.js';
import { type LinkKind, linkPath, type NewLink } from '../../../services/passwords/link-records.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { enumOf } from '../../enums.js';
import { UserRef } from '../../refs.js';
import { isKnownWhole } from '../../visible/accounts.js';
import { recordPayload } from '../payloads.js';
import { newUserFields } from '../people/user-mutations.js';

const LinkKindEnum = enumOf<LinkKind>('SignInLinkKind', 'What a link to set a password is for.', {
  INVITATION: 'For a first password; it counts for 7 days.',
  RESET: 'For another password, such as after the old one was forgotten; it counts for an hour.',
});

const SignInLinkRef = builder.objectRef<NewLink>('SignInLink').implement({
  description:
    'A link with which a user sets their password, once. It is shown this one time: give it to the user, and to nobody else. A newer one, another email, disabling the user, and a new password end it.',
  fields: (t) => ({
    kind: t.expose('kind', { type: LinkKindEnum, description: 'What it is for.' }),
    path: t.string({
      description: 'The link, to be put after the address at which the user reaches the server.',
      resolve: ({ token }) => linkPath(token),
    }),
    url: t.string({
      nullable: true,
      description: 'The whole link; null while the server doesn’t know its own address (`MOORING_PUBLIC_URL`).',
      resolve: ({ token }, _, { server }) => (server.publicUrl === null ? null : server.publicUrl + linkPath(token)),
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it counts.' }),
  }),
});

const linkPayload = (name: string, whose: string) =>
  builder.objectRef<WithLink>(name).implement({
    fields: (t) => ({
      user: t.expose('user', { type: UserRef, description: whose }),
      link: t.expose('link', { type: SignInLinkRef, description: 'The link. It is shown this one time.' }),
      isMailed: t.exposeBoolean('isMailed', {
        description: 'Whether the server has sent it to the user’s email.',
      }),
    }),
  });

builder.mutationField('inviteUser', (t) =>
  t.fieldWithInput({
    description:
      'Creates a user, with a link by which they set a password and sign in. With the `externalId` of a live user, nothing is created, and they get a new link. Takes `users:administer`, and all rights that the user gets, or has.',
    type: linkPayload('InviteUserPayload', 'The user.'),
    errors: { types: [AlreadyExistsError, SecretRefusedError] },
    authScopes: { may: 'users:administer' },
    input: newUserFields(t.input),
    resolve: (_, { input }, context) =>
      write(context, ({ passwords }, author) => passwords.invite(author, withoutNulls(input))),
  }),
);

builder.mutationField('resetPassword', (t) =>
  t.fieldWithInput({
    description:
      'Makes a link by which a user sets a password, whether they have one or not, in place of those that were made before. Their password stays until then, and a second factor stays in any case. Takes `users:administer`, and all rights that the user has.',
    type: linkPayload('ResetPasswordPayload', 'The user.'),
    errors: {},
    authScopes: { may: 'users:administer' },
    input: { userId: t.input.id({ required: true, description: 'Id of the user.' }) },
    resolve: (_, { input }, context) => write(context, ({ passwords }, author) => passwords.reset(author, input)),
  }),
);

builder.mutationField('setPassword', (t) =>
  t.fieldWithInput({
    description:
      "Sets the caller's own password. All other sign-ins of the user end, and their links; API keys stay. Who has no password yet has to have signed in, at a browser, within the last 10 minutes, or uses a link. An API key does it only if it may do everything that its owner may.",
    type: recordPayload('SetPasswordPayload', UserRef, 'The user.'),
    errors: { types: [ConflictError] },
    authScopes: { signedIn: true },
    input: {
      newPassword: t.input.string({
        required: true,
        description: `The new password: ${MIN_PASSWORD} to ${MAX_PASSWORD} characters, and not the email.`,
      }),
      currentPassword: t.input.string({ description: 'The password until now; needed if there is one.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ passwords }, author) => ({ record: await passwords.set(author, withoutNulls(input)) })),
  }),
);

builder.objectField(UserRef, 'hasSecondFactor', (t) =>
  t.boolean({
    nullable: true,
    description:
      'Whether signing in with a password also takes a code. Null for all but the user and those with `users:administer`.',
    resolve: (user: User, _, { principal }) => (isKnownWhole(principal, user) ? user.twoFactorEnabled === true : null),
  }),
);

builder.objectField(UserRef, 'hasPassword', (t) =>
  t.boolean({
    nullable: true,
    description:
      'Whether the user signs in with a password. Null for all but the user and those with `users:administer`.',
    resolve: (user: User, _, { principal, services }) =>
      isKnownWhole(principal, user) ? services.passwords.has(user.id) : null,
  }),
);
