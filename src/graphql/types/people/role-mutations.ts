import { AlreadyExistsError, ConflictError } from '../../../domain/errors.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save, write } from '../../context.js';
import { CREATING } from '../../errors.js';
import { RoleRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { UPDATE } from '../descriptions.js';
import { versionedId } from '../lifecycle-mutations.js';
import { recordPayload, savedPayload } from '../payloads.js';
import { PERMISSIONS_TEXT } from './fields.js';

const ADMINISTERS = { may: 'users:administer' } as const;
const NO_MORE = 'Takes `users:administer`, and all rights of the role: nobody gives more than they have themselves.';
const NAME = 'Name of the role: at most 120 characters, unique whatever its case.';

const clearable = (t: InputFields) => ({
  everywhere: t.field({ type: AccessLevelEnum, description: 'Level of access to all projects. Null for none.' }),
});
const content = (t: InputFields) => ({
  description: t.string({ description: 'What the role is for; at most 4 KB.' }),
  permissions: t.stringList({ description: `What the role permits on the server: ${PERMISSIONS_TEXT}` }),
});

builder.mutationField('createRole', (t) =>
  t.fieldWithInput({
    description: `Creates a role; there can be 200. ${NO_MORE}`,
    type: savedPayload('CreateRolePayload', RoleRef),
    errors: { types: [AlreadyExistsError, SecretRefusedError] },
    authScopes: ADMINISTERS,
    input: {
      name: t.input.string({ required: true, description: NAME }),
      ...content(t.input),
      ...clearable(t.input),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ roles }, author) => ({ record: await roles.create(author, withoutNulls(input)) })),
  }),
);

builder.mutationField('updateRole', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: `Updates the given fields of a role. It takes effect at once for all who have it. \`OWNER\` can't be changed, and built-in roles keep their names. ${NO_MORE}`,
    type: savedPayload('UpdateRolePayload', RoleRef),
    errors: CREATING,
    typeOptions: { description: UPDATE },
    authScopes: ADMINISTERS,
    input: {
      ...versionedId(t.input, 'role'),
      name: t.input.string({ description: NAME }),
      ...content(t.input),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ roles }, author) => ({
        record: await roles.update(author, rejectNulls(input, nullable)),
      })),
  });
});

builder.mutationField('deleteRole', (t) =>
  t.fieldWithInput({
    description: `Deletes a role, and the access that was granted to it. Not possible for a built-in role, or while a user has it. ${NO_MORE}`,
    type: recordPayload('DeleteRolePayload', RoleRef, 'The deleted role, at its new version.'),
    errors: { types: [ConflictError] },
    authScopes: ADMINISTERS,
    input: versionedId(t.input, 'role'),
    resolve: (_, { input }, context) =>
      write(context, async ({ roles }, author) => ({ record: await roles.delete(author, input) })),
  }),
);
