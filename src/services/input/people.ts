import { z } from 'zod';
import { ACCESS_LEVELS } from '../../domain/access/level.js';
import { roleFields } from '../../domain/access/role.js';
import { changedEmail, FIRST_ADMINISTRATOR, MAX_ACCOUNT_NAME, userFields } from '../../domain/access/user.js';
import { externalId, idOf, version } from '../../domain/fields/common.js';
import { type InputOf, optional } from '../../domain/fields/derive.js';
import { refuse } from '../../domain/fields/parse.js';
import { givenPassword, newPassword } from '../../domain/fields/password.js';
import { lookup, MAX_FILTER_TEXT } from './filters.js';

/** A user's role, by its id or by its name. */
const role = { roleId: idOf('role').optional(), role: lookup(MAX_ACCOUNT_NAME).optional() };

const ownExternalId = externalId.superRefine(
  refuse((text) =>
    text === FIRST_ADMINISTRATOR ? { message: 'is reserved', hint: 'Give another, or leave it out.' } : null,
  ),
);

export const firstAdministrator = z.object({
  email: userFields.email,
  name: userFields.name.optional(),
  password: newPassword.optional(),
});
export const newUser = z.object({ ...userFields, ...role, externalId: ownExternalId.optional() });
const changed = optional({ ...userFields, email: changedEmail });
export const userUpdate = z.object({ id: idOf('user'), version, ...changed, ...role });
export const profileUpdate = z.object({ ...changed, currentPassword: givenPassword.optional() });
export const userChoice = z.object({ id: idOf('user') });
export const userDeletion = z.object({ id: idOf('user'), version });
export const userRestoration = z.object({ id: idOf('user'), ...role });

export const newRole = z.object(roleFields);
export const roleUpdate = z.object({ id: idOf('role'), version, ...optional(roleFields) });
export const roleDeletion = z.object({ id: idOf('role'), version });

/** Who gets access, or loses it, by their id or email; and where: in a project, or in all of them. */
const access = {
  subjectId: idOf('user', 'role', 'apiKey').optional(),
  email: userFields.email.optional(),
  projectId: idOf('project').optional(),
  allProjects: z.boolean().optional(),
};

const oneSubject = refuse(({ subjectId, email }: { readonly subjectId?: unknown; readonly email?: unknown }) =>
  (subjectId === undefined) === (email === undefined)
    ? {
        message: subjectId === undefined ? 'names nobody' : 'names somebody twice',
        hint: 'Give either the id of a user, a role or a key as subjectId, or the email of a user.',
      }
    : null,
);

/** A project that was forgotten must not mean all of them. */
const oneTarget = refuse(
  ({ projectId, allProjects }: { readonly projectId?: unknown; readonly allProjects?: unknown }) =>
    (projectId === undefined) === (allProjects !== true)
      ? {
          message: projectId === undefined ? 'names no project' : 'names one project and all of them',
          hint: 'Give either the id of a project as projectId, or allProjects: true.',
        }
      : null,
);

export const accessGrant = z
  .object({ ...access, level: z.enum(ACCESS_LEVELS) })
  .superRefine(oneSubject)
  .superRefine(oneTarget);
export const accessRevocation = z.object(access).superRefine(oneSubject).superRefine(oneTarget);

export const userFilter = z.object({
  query: lookup(MAX_FILTER_TEXT).optional(),
  roleId: idOf('role').optional(),
  isDisabled: z.boolean().optional(),
});

/** The first administrator. `name`: left out, what precedes the `@`. `password`: left out, none yet. */
export type FirstAdministrator = InputOf<typeof firstAdministrator>;
/** A user to be created. What is left out gets its default; without a role, MEMBER. */
export type NewUser = InputOf<typeof newUser>;
/** What changes in a user. What is left out (undefined) stays. */
export type UserUpdate = InputOf<typeof userUpdate>;
/** What users change about themselves. */
export type ProfileUpdate = InputOf<typeof profileUpdate>;
export type UserRestoration = InputOf<typeof userRestoration>;
export type NewRole = InputOf<typeof newRole>;
export type RoleUpdate = InputOf<typeof roleUpdate>;
export type AccessGrant = InputOf<typeof accessGrant>;
export type AccessRevocation = InputOf<typeof accessRevocation>;
