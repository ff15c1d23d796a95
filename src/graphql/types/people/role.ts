import { builder } from '../../builder.js';
import { SIZES } from '../../field-costs.js';
import { NodeRef, RoleRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { PERMISSIONS_TEXT, recordFields } from './fields.js';

RoleRef.implement({
  description:
    "What users with this role may do: on the server, and in all projects. Access to single projects is granted with `grantAccess`. Five roles are built in: `OWNER` (everything; it can't be changed, and at least one enabled user always has it), `ADMIN` (the same, but it can be changed), `MEMBER` (creates projects, and works in those that are shared), `VIEWER` (reads all projects) and `OPERATOR` (runs migrations and repairs, and reads no contents).",
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the role.' }),
    name: t.exposeString('name', { description: 'Name of the role; unique, whatever its case.' }),
    description: t.exposeString('description', { description: 'What the role is for.' }),
    permissions: t.stringList({
      description: `What the role permits on the server: ${PERMISSIONS_TEXT}`,
      resolve: ({ permissions }) => [...permissions],
    }),
    everywhere: t.expose('everywhere', {
      type: AccessLevelEnum,
      nullable: true,
      description: 'Level of access to all projects; null for none.',
    }),
    isBuiltIn: t.exposeBoolean('isBuiltIn', {
      description: "Whether the role comes with the server: it can't be renamed or deleted.",
    }),
    ...recordFields(t, 'role'),
  }),
});

builder.queryField('roles', (t) =>
  t.field({
    type: [RoleRef],
    extensions: SIZES.roles,
    description: 'All roles, the built-in ones first. Empty while the server has no users.',
    authScopes: { signedIn: true },
    resolve: (_, __, { services }) => services.roles.list(),
  }),
);
