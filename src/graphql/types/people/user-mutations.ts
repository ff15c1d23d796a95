import type { User } from '../../../domain/access/user.js';
import type { Author } from '../../../domain/author.js';
import { AlreadyExistsError, ConflictError } from '../../../domain/errors.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import type { UserService } from '../../../services/people/contract.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save, write } from '../../context.js';
import { CREATING, RESTORING } from '../../errors.js';
import { UserRef } from '../../refs.js';
import { createdText, ownIdText, UPDATE } from '../descriptions.js';
import { versionedId } from '../lifecycle-mutations.js';
import { recordPayload, savedPayload } from '../payloads.js';

const ADMINISTERS = { may: 'users:administer' } as const;
const NO_MORE =
  "Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves.";

const EMAIL = 'Email of the user: at most 320 characters, kept in lower case, unique among live users.';
const NAME = 'Name of the user; at most 120 characters.';
/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  email: t.string({ description: `${EMAIL} Null or empty for none: then they don't sign in with a password.` }),
  image: t.string({ description: 'Web address of a picture. Null for none.' }),
});
const content = (t: InputFields) => ({
  settings: t.field({
    type: 'JSONObject',
    description: 'Settings of the user, free for clients to use; at most 256 KB as JSON.',
  }),
});
const role = (t: InputFields, byDefault: string) => ({
  role: t.string({ description: `Name of the role, such as \`MEMBER\`, in any case. ${byDefault}` }),
  roleId: t.id({ description: 'Id of the role, in place of its name.' }),
});

/** What a user is created with. */
export const newUserFields = (t: InputFields) => ({
  email: t.string({ required: true, description: EMAIL }),
  name: t.string({ required: true, description: NAME }),
  ...role(t, 'Default: `MEMBER`.'),
  image: t.string({ description: 'Web address of a picture.' }),
  ...content(t),
  externalId: t.string({
    description: `${ownIdText('user', 'on this server')} If a live user already has it, that user is returned unchanged.`,
  }),
});

builder.mutationField('createUser', (t) =>
  t.fieldWithInput({
    description: `Creates a user. They can use the server once somebody gives them an API key, with \`createApiKey\`. Not possible before the first administrator is set up. ${NO_MORE}`,
    type: savedPayload('CreateUserPayload', UserRef, createdText('user')),
    errors: { types: [AlreadyExistsError, SecretRefusedError] },
    authScopes: ADMINISTERS,
    input: newUserFields(t.input),
    resolve: (_, { input }, context) =>
      save(context, async ({ users }, author) => ({ record: await users.create(author, withoutNulls(input)) })),
  }),
);

builder.mutationField('updateUser', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: `Updates the given fields of a user. The last enabled user with the role \`OWNER\` keeps it. ${NO_MORE}`,
    type: savedPayload('UpdateUserPayload', UserRef),
    errors: CREATING,
    typeOptions: { description: UPDATE },
    authScopes: ADMINISTERS,
    input: {
      ...versionedId(t.input, 'user'),
      name: t.input.string({ description: NAME }),
      ...role(t.input, ''),
      ...nullable,
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ users }, author) => ({
        record: await users.update(author, rejectNulls(input, nullable)),
      })),
  });
});

builder.mutationField('updateProfile', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description:
      "Updates the given fields of the caller's own user. An API key does that for its owner if it has the level MANAGE and no limits on permissions or projects; other keys, and callers who are no user, get a `ForbiddenError`. Versions are not compared.",
    type: savedPayload('UpdateProfilePayload', UserRef),
    errors: CREATING,
    typeOptions: { description: UPDATE },
    authScopes: { signedIn: true },
    input: {
      name: t.input.string({ description: NAME }),
      currentPassword: t.input.string({
        description: 'The password; needed for another email by who has one.',
      }),
      ...nullable,
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ users }, author) => ({
        record: await users.updateProfile(author, rejectNulls(input, nullable)),
      })),
  });
});

type Switch = (users: UserService, author: Author, input: { readonly id: string }) => Promise<User>;

/** Adds a mutation that takes no more than a user's id. */
function switchMutation(name: 'disableUser' | 'enableUser', description: string, run: Switch): void {
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      description: `${description} ${NO_MORE}`,
      type: recordPayload(name === 'disableUser' ? 'DisableUserPayload' : 'EnableUserPayload', UserRef),
      errors: { types: [ConflictError] },
      authScopes: ADMINISTERS,
      input: { id: t.input.id({ required: true, description: 'Id of the user.' }) },
      resolve: (_, { input }, context) =>
        write(context, async ({ users }, author) => ({ record: await run(users, author, input) })),
    }),
  );
}

switchMutation(
  'disableUser',
  "Disables a user: from now on they can't sign in, their keys don't work, and their subscriptions end. One who is disabled already is returned unchanged. Not possible for the last enabled user with the role `OWNER`.",
  (users, author, input) => users.disable(author, input),
);
switchMutation(
  'enableUser',
  'Enables a user who was disabled, with all access and keys that they had.',
  (users, author, input) => users.enable(author, input),
);

builder.mutationField('deleteUser', (t) =>
  t.fieldWithInput({
    description: `Deletes a user: they can't sign in, their keys don't work, and their subscriptions end. Their projects and what they wrote stay. \`restoreUser\` undoes it, until they are purged after the retention period. Not possible for the last enabled user with the role \`OWNER\`. ${NO_MORE}`,
    type: recordPayload('DeleteUserPayload', UserRef, 'The deleted user, at their new version.'),
    errors: { types: [ConflictError] },
    authScopes: ADMINISTERS,
    input: versionedId(t.input, 'user'),
    resolve: (_, { input }, context) =>
      write(context, async ({ users }, author) => ({ record: await users.delete(author, input) })),
  }),
);

builder.mutationField('restoreUser', (t) =>
  t.fieldWithInput({
    description: `Restores a deleted user, with all access and keys that they had. Not possible while another live user has their email. ${NO_MORE}`,
    type: recordPayload('RestoreUserPayload', UserRef, 'The restored user.'),
    errors: RESTORING,
    authScopes: ADMINISTERS,
    input: {
      id: t.input.id({ required: true, description: 'Id of the user. A live one is returned unchanged.' }),
      ...role(t.input, 'Left out: the role that they had, which must still exist.'),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ users }, author) => ({ record: await users.restore(author, withoutNulls(input)) })),
  }),
);
