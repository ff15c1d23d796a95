import { grantable } from '../../../domain/access/level.js';
import type { Principal } from '../../../domain/access/principal.js';
import { builder } from '../../builder.js';
import { enumOf } from '../../enums.js';
import { ApiKeyRef, UserRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { listProjects, ProjectConnection, projectArgs } from '../project/list.js';
import { PERMISSIONS_TEXT } from './fields.js';

const ViewerKindEnum = enumOf<Principal['kind']>('ViewerKind', 'As what somebody uses the server.', {
  LOCAL: 'Anyone, while the server has no users; or the owner of the machine that it runs on. May do everything.',
  USER: 'A user.',
  KEY: 'An API key.',
  PROGRAM: 'A program that a user let in: it has the rights of their consent.',
});

export const ViewerRef = builder.objectRef<Principal>('Viewer').implement({
  description: 'Who sends this request, and what they may do.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ViewerKindEnum, description: 'As what they use the server.' }),
    isOpen: t.boolean({
      description: 'Whether the server has no users yet, so that everyone who reaches it may do everything.',
      resolve: ({ kind, actor }) => kind === 'LOCAL' && actor === null,
    }),
    user: t.field({
      type: UserRef,
      nullable: true,
      description: 'The user, or the one who owns the key; null for `LOCAL` and for a key without an owner.',
      resolve: ({ userId }, _, { loaders }) => (userId === null ? null : (loaders.account(userId) as never)),
    }),
    key: t.field({
      type: ApiKeyRef,
      nullable: true,
      description: 'The key with which the request was sent; null when it was sent without one.',
      resolve: ({ keyId }, _, { loaders }) => (keyId === null ? null : (loaders.account(keyId) as never)),
    }),
    permissions: t.stringList({
      description: `What they may do on the server: ${PERMISSIONS_TEXT}`,
      resolve: ({ permissions }) => [...permissions],
    }),
    everywhere: t.field({
      type: AccessLevelEnum,
      nullable: true,
      description: 'Their level of access to all projects; null: only to those that are shared with them.',
      resolve: ({ everywhere }) => grantable(everywhere),
    }),
    projects: t.field({
      type: ProjectConnection,
      description: 'The projects that they see, newest first by default: what `projects` lists.',
      args: projectArgs(t.arg),
      resolve: (_, args, context) => listProjects(args, context),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerRef,
    description: 'Who sends this request, and what they may do.',
    authScopes: { signedIn: true },
    resolve: (_, __, { principal }) => principal,
  }),
);
