import type { Role } from '../../../domain/access/role.js';
import type { User } from '../../../domain/access/user.js';
import { parseInput } from '../../../domain/fields/parse.js';
import * as filters from '../../../services/input/people.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import type { GraphQLContext } from '../../context.js';
import { listRecords } from '../../lists.js';
import { NodeRef, RoleRef, UserRef } from '../../refs.js';
import { isKnownWhole } from '../../visible/accounts.js';
import { allOf, FILTER_TEXT } from '../descriptions.js';
import { listArgs, orderInput, orderOf, recordConnection } from '../list-types.js';
import { recordFields } from './fields.js';

/** What only the user, and who administers users, is shown. */
const WHOLE = 'Null for all but the user and those with `users:administer`.';
const ifWhole =
  <T>(show: (user: User, context: GraphQLContext) => T) =>
  (user: User, _: object, context: GraphQLContext): T | null =>
    isKnownWhole(context.principal, user) ? show(user, context) : null;

UserRef.implement({
  description:
    'A person who uses the server. Others see the name and the email, where they meet the user: as the owner of a project, or among those who have access to one that they manage.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the user.' }),
    email: t.exposeString('email', {
      nullable: true,
      description:
        'Email of the user, in lower case; unique among live users. Null without one: then they don’t sign in with a password.',
    }),
    name: t.exposeString('name', { description: 'Name of the user.' }),
    image: t.exposeString('image', { nullable: true, description: 'Address of a picture; null without one.' }),
    role: t.field({
      type: RoleRef,
      nullable: true,
      description: `Role of the user; null, too, when it was deleted. ${WHOLE}`,
      resolve: ifWhole(async ({ roleId }, { loaders }) => {
        const role = (await loaders.account(roleId)) as Role | null;
        return role && role.deletedAt === null ? role : null;
      }),
    }),
    settings: t.field({
      type: 'JSONObject',
      nullable: true,
      description: `Settings of the user, free for clients to use. ${WHOLE}`,
      resolve: ifWhole(({ settings }) => settings),
    }),
    emailVerified: t.boolean({
      nullable: true,
      description: `Whether the user has proven to read mail to that email. ${WHOLE}`,
      resolve: ifWhole(({ emailVerified }) => emailVerified),
    }),
    externalId: t.string({
      nullable: true,
      description: `The client's own id for the user, set when they are created; null when they have none. ${WHOLE}`,
      resolve: ifWhole(({ externalId }) => externalId),
    }),
    disabledAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When the user was disabled: they can't sign in, and their keys don't work. Null while they are enabled. ${WHOLE}`,
      resolve: ifWhole(({ disabledAt }) => disabledAt),
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the user was deleted; null while they are live. The server purges deleted users after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default), with their access and their keys.',
    }),
    ...recordFields(t, 'user'),
  }),
});

const UserConnection = recordConnection(UserRef, 'User', 'users');

const UserFilterInput = builder.inputType('UserFilter', {
  description: allOf('users'),
  fields: (t) => ({
    query: t.string({ description: `Text that the email or the name must contain. ${FILTER_TEXT}` }),
    roleId: t.id({ description: 'Id of their role.' }),
    isDisabled: t.boolean({ description: 'Whether they are disabled.' }),
  }),
});

const UserOrderInput = orderInput('User', 'users', {
  CREATED_AT: ['createdAt', 'When the user was created.'],
  NAME: ['name', 'Name of the user.'],
  EMAIL: ['email', 'Email of the user.'],
});

builder.queryFields((t) => ({
  user: t.field({
    type: UserRef,
    nullable: true,
    description:
      'A user by id, deleted or not; null when there is none. Users see themselves; seeing others takes `users:administer`, and is null without it.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Id of the user.' }) },
    resolve: async (_, { id }, { services, principal }) => {
      const user = await services.users.find(id);
      return user && isKnownWhole(principal, user) ? user : null;
    },
  }),
  users: t.field({
    type: UserConnection,
    description: 'Users of this server, newest first by default. Takes `users:administer`.',
    authScopes: { may: 'users:administer' },
    args: listArgs(t.arg, 'users', { filter: UserFilterInput, order: UserOrderInput, sorting: 'newest first' }),
    resolve: (_, args, { services }) =>
      listRecords(services.users.all, 'this server', args, {
        filter: parseInput(filters.userFilter, withoutNulls(args.filter), 'filter'),
        deleted: args.deleted ?? 'EXCLUDE',
        order: orderOf(args.orderBy, { field: 'createdAt', direction: 'DESC' }),
      }),
  }),
}));
