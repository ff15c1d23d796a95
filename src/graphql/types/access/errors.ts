import { ForbiddenError } from '../../../domain/access/errors.js';
import { builder } from '../../builder.js';
import { ErrorInterface } from '../../errors.js';
import { AccessLevelEnum } from './level.js';

builder.objectType(ForbiddenError, {
  name: 'ForbiddenError',
  description: 'The caller lacks a permission, or access to the project. Nothing was written.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    permission: t.string({
      description: 'The permission that is missing; null when it is access to a project.',
      nullable: true,
      resolve: ({ missing }) => missing.permission,
    }),
    level: t.field({
      type: AccessLevelEnum,
      description: 'The level of access that is needed in the project; null when a permission is missing.',
      nullable: true,
      resolve: ({ missing }) => missing.level,
    }),
    projectId: t.id({
      description: 'Id of that project; null when a permission is missing.',
      nullable: true,
      resolve: ({ missing: { projectId } }, _, { catalog }) => (projectId ? catalog.projects.idOf(projectId) : null),
    }),
  }),
});
