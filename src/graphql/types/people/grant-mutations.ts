import { ConflictError } from '../../../domain/errors.js';
import { withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { write } from '../../context.js';
import { GrantRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { recordPayload } from '../payloads.js';

const TAKES =
  'Takes MANAGE access to the project; or `users:administer` and the level itself, as it does for all projects.';

const access = (t: InputFields) => ({
  subjectId: t.id({ description: 'Id of the user, role or key. Either this or `email`.' }),
  email: t.string({ description: 'Email of the user, in place of the id.' }),
  projectId: t.id({ description: 'Id of the project. Either this or `allProjects`.' }),
  allProjects: t.boolean({ description: 'All projects, in place of one.' }),
});

/** Either of the two: which level in the project is needed is the service's to say. */
const shares = (_: unknown, { input }: { readonly input: { readonly projectId?: string | null | undefined } }) =>
  input.projectId == null
    ? ({ may: 'users:administer' } as const)
    : ({ manages: input.projectId, may: 'users:administer' } as const);

builder.mutationFields((t) => ({
  grantAccess: t.fieldWithInput({
    description: `Gives a user, all users with a role, or a key access to a project, or to all projects. Access that they were granted there before gets this level instead. It takes effect at once. Live users, roles and keys only. ${TAKES}`,
    type: recordPayload('GrantAccessPayload', GrantRef),
    errors: { types: [ConflictError] },
    authScopes: shares,
    input: {
      ...access(t.input),
      level: t.input.field({ type: AccessLevelEnum, required: true, description: 'Level of the access.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ grants }, author) => {
        const { level, ...rest } = input;
        return { record: await grants.grant(author, { ...withoutNulls(rest), level }) };
      }),
  }),
  revokeAccess: t.fieldWithInput({
    description: `Takes back access that was granted, at once: subscriptions in the project end for those without other access to it. Access that a role gives to all projects stays. ${TAKES}`,
    type: recordPayload('RevokeAccessPayload', GrantRef, 'The grant as it was, at its new version.'),
    errors: { types: [ConflictError] },
    authScopes: shares,
    input: access(t.input),
    resolve: (_, { input }, context) =>
      write(context, async ({ grants }, author) => ({ record: await grants.revoke(author, withoutNulls(input)) })),
  }),
}));
