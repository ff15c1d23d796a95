import { EVERY_PROJECT, type Grant } from '../../../domain/access/grant.js';
import { grantable, LEVEL } from '../../../domain/access/level.js';
import type { RecordBase } from '../../../domain/record.js';
import { builder, typeNameOf } from '../../builder.js';
import type { PageArgs } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { listRecords } from '../../lists.js';
import { ApiKeyRef, GrantRef, NodeRef, ProjectRef, RoleRef, UserRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { recordConnection } from '../list-types.js';
import { recordFields } from './fields.js';

const SubjectRef = builder.unionType('AccessSubject', {
  description: 'Who has access: a user, all users with a role, or a key.',
  types: [UserRef, RoleRef, ApiKeyRef],
  resolveType: (record) => typeNameOf((record as RecordBase).id) as 'User' | 'Role' | 'ApiKey',
});

GrantRef.implement({
  description:
    'Access to a project, or to all of them, that a user, a role or a key was given. It adds to what their role gives. A user has the highest of the levels that apply; a key never more than its own level.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the grant.' }),
    subjectId: t.exposeID('subjectId', { description: 'Id of the user, role or key that has access.' }),
    subject: t.field({
      type: SubjectRef,
      nullable: true,
      description: 'The user, role or key; null when it was deleted.',
      resolve: async ({ subjectId }, _, { loaders }) => {
        const subject = (await loaders.account(subjectId)) as never;
        return isShown(subject) ? subject : null;
      },
    }),
    projectId: t.id({
      nullable: true,
      description: 'Id of the project; null: all projects.',
      resolve: ({ projectId }) => (projectId === EVERY_PROJECT ? null : projectId),
    }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'The project; null: all projects.',
      resolve: ({ projectId }, _, { loaders }) =>
        projectId === EVERY_PROJECT ? null : loaders.find('project', projectId),
    }),
    level: t.expose('level', { type: AccessLevelEnum, description: 'Level of the access.' }),
    ...recordFields(t, 'grant'),
  }),
});

const GrantConnection = recordConnection(GrantRef, 'Grant', 'grants');

function isShown(subject: RecordBase | null): boolean {
  return subject !== null && subject.deletedAt === null && ['User', 'Role', 'ApiKey'].includes(typeNameOf(subject.id));
}

/** The grants for one project, and those for all. */
function grantsOf(projectId: string, args: PageArgs, { services }: GraphQLContext) {
  return listRecords<Grant, { readonly projectIds: readonly string[] }>(services.grants.all, projectId, args, {
    filter: { projectIds: [projectId, EVERY_PROJECT] },
    deleted: 'EXCLUDE',
    order: { field: 'createdAt', direction: 'ASC' },
  });
}

builder.objectFields(ProjectRef, (t) => ({
  ownerId: t.id({
    nullable: true,
    description:
      'Id of the user who created the project, or to whom it was given; null when the project has no owner. Owning it gives no rights: the owner has MANAGE access by a grant.',
    resolve: ({ id, ownerId }, _, { levelIn }) => (levelIn(id) >= LEVEL.READ ? ownerId : null),
  }),
  owner: t.field({
    type: UserRef,
    nullable: true,
    description: 'That user, deleted or not; null when nobody owns the project, or the user was purged.',
    resolve: ({ id, ownerId }, _, { levelIn, loaders }) =>
      ownerId != null && levelIn(id) >= LEVEL.READ ? (loaders.account(ownerId) as never) : null,
  }),
  viewerLevel: t.field({
    type: AccessLevelEnum,
    nullable: true,
    description: 'What the caller may do in the project; null: see that it exists, but nothing of its contents.',
    resolve: ({ id }, _, { levelIn }) => grantable(levelIn(id)),
  }),
  access: t.field({
    type: GrantConnection,
    nullable: true,
    description:
      "Access that was granted to the project, or to all projects, earliest first. Users whose role gives access to all projects (`Role.everywhere`) have access too, and aren't listed. Null without MANAGE access.",
    args: t.arg.connectionArgs(),
    resolve: ({ id }, args, context) => (context.levelIn(id) >= LEVEL.MANAGE ? grantsOf(id, args, context) : null),
  }),
}));
