import { type ApiKey, statusOf } from '../../../domain/access/api-key.js';
import { LEVEL } from '../../../domain/access/level.js';
import type { Project } from '../../../domain/project.js';
import { DEFAULT_USE_DAYS } from '../../../services/input/api-key.js';
import type { DayOfUse, KeyUseService } from '../../../services/keys/use.js';
import { builder } from '../../builder.js';
import type { GraphQLContext } from '../../context.js';
import { SIZES } from '../../field-costs.js';
import { ApiKeyRef, NodeRef, ProjectRef, UserRef } from '../../refs.js';
import { AccessLevelEnum } from '../access/level.js';
import { ADDRESSES, EXPIRES, HIDDEN, PER_MINUTE, USE_DAYS } from './descriptions.js';

const StatusEnum = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key can be used.',
  values: {
    ACTIVE: { description: 'It can.' },
    DISABLED: { description: "It can't, because its owner is disabled or deleted. It can when they are back." },
    EXPIRED: { description: "It can't any more: it expired, or the time after its rotation is over." },
    REVOKED: { description: "It can't any more: it was revoked." },
  } as const,
});

const DayRef = builder.objectRef<DayOfUse>('ApiKeyDay').implement({
  description: 'How a key was used on one day.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'The day, in UTC, such as `2026-01-31`.' }),
    requests: t.exposeInt('requests', { description: 'Number of requests with the key.' }),
    refused: t.exposeInt('refused', {
      description: "Number of requests that were refused because of the key's own limits.",
    }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When it was last used on that day.' }),
    lastAddress: t.exposeString('lastAddress', { description: 'Address from which it was used then.' }),
  }),
});

ApiKeyRef.implement({
  description: `A key with which machines and agents use this server: \`mor_\` and 49 letters and digits. The server keeps only a hash of it.

- A key of a user may do what they may do, within its level, its permissions and its projects. A service key has no owner and may do what it says itself. Access that is granted to a key adds projects to its own, up to its level.
- A key that makes a key gives it no more than it has itself, and revoking it revokes that one, too.
- Those who administer keys (\`keys:administer\`) see all of them. A user sees their own. A key sees those of its owner when it isn't limited in level, permissions or projects, and otherwise itself and those that it made, and so on.`,
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the key, which the log names as `actor`. It is no secret.' }),
    name: t.exposeString('name', { description: 'Name of the key.' }),
    version: t.exposeInt('version', { description: 'Version of its record, for `updateApiKey`.' }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: "The client's own id for it; null when it has none.",
    }),
    isService: t.boolean({
      description: 'Whether it is a service key, which has no owner.',
      resolve: ({ ownerId }) => ownerId === null,
    }),
    ownerId: t.exposeID('ownerId', {
      nullable: true,
      description: 'Id of the user for whom it acts; null for a service key.',
    }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'That user, deleted or not; null for a service key, or when the user was purged.',
      resolve: ({ ownerId }, _, { loaders }) => (ownerId === null ? null : (loaders.account(ownerId) as never)),
    }),
    createdById: t.exposeID('createdById', {
      nullable: true,
      description: "Id of the user or the key that made it; null when the machine's owner did.",
    }),
    createdBy: t.field({
      type: NodeRef,
      nullable: true,
      description: 'That user or key; null also when you may not see it.',
      resolve: ({ createdById }, _, { loaders }) => (createdById === null ? null : loaders.record(createdById)),
    }),
    ending: t.exposeString('ending', { description: 'The last 4 characters of the key, to tell it from others.' }),
    level: t.expose('level', { type: AccessLevelEnum, description: 'The most that it may do in any project.' }),
    permissions: t.exposeStringList('permissions', {
      nullable: true,
      description:
        "The permissions that it may use, such as `audit:read`, as far as its owner has them; null: all of its owner's.",
    }),
    projectIds: t.idList({
      nullable: true,
      description:
        "Ids of the projects that it is limited to, without those that you may not see; null: all of its owner's; of a service key, all. Access granted to it comes on top.",
      resolve: ({ projectIds }, _, context) => projectIds && visible(projectIds, context),
    }),
    projects: t.field({
      type: [ProjectRef],
      extensions: SIZES.keyProjects,
      nullable: true,
      description: 'The projects of `projectIds`, without deleted ones; null as there.',
      resolve: async ({ projectIds }, _, context) => {
        if (projectIds === null) return null;
        const ids = visible(projectIds, context);
        const found = await Promise.all(ids.map((id) => context.loaders.find('project', id)));
        return found.filter((project): project is Project => project !== null && project.deletedAt === null);
      },
    }),
    status: t.loadable({
      type: StatusEnum,
      description: 'Whether it can be used now.',
      resolve: (key: ApiKey) => key,
      load: async (keys: ApiKey[], { services }: GraphQLContext) => {
        const at = new Date().toISOString();
        const disabled = await services.keys.disabledOf(keys);
        return keys.map((key) => {
          const status = statusOf(key, at);
          return status === 'ACTIVE' && disabled.has(key.id) ? 'DISABLED' : status;
        });
      },
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: EXPIRES }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: "When it was revoked, for good; null when it wasn't.",
    }),
    revokedBy: t.exposeString('revokedBy', {
      nullable: true,
      description: "Id of the user or the key that revoked it, or `local`: the machine's owner; null when nobody did.",
    }),
    replacedById: t.exposeID('replacedById', {
      nullable: true,
      description: "Id of the key that replaces it after a rotation; null when it wasn't rotated.",
    }),
    replacedBy: t.field({
      type: ApiKeyRef,
      nullable: true,
      description: 'That key; null also when you may not see it.',
      resolve: ({ replacedById }, _, { loaders }) =>
        replacedById === null ? null : (loaders.record(replacedById) as never),
    }),
    perMinute: t.exposeInt('perMinute', { nullable: true, description: PER_MINUTE }),
    allowedAddresses: t.loadableList({
      type: 'String',
      nullable: true,
      description: `${ADDRESSES}${HIDDEN}`,
      resolve: (key: ApiKey) => key,
      load: (keys: ApiKey[], context: GraphQLContext) =>
        ofSeen(keys, context, async (ids) =>
          ids.map((id) => keys.find((key) => key.id === id)?.allowedAddresses ?? null),
        ),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its record was last written.' }),
    lastUsedAt: t.loadable({
      type: 'DateTime',
      nullable: true,
      description: `When it was last used; null when it never was.${HIDDEN}`,
      resolve: (key: ApiKey) => key,
      load: (keys: ApiKey[], context: GraphQLContext) =>
        ofSeen(keys, context, async (ids, use) => (await use.lastOf(ids)).map((last) => last?.lastAt ?? null)),
    }),
    use: t.loadableList({
      type: DayRef,
      nullable: true,
      byPath: true,
      description: `How it was used, on the days on which it was, newest first.${HIDDEN}`,
      args: { days: t.arg.int({ defaultValue: DEFAULT_USE_DAYS, description: USE_DAYS }) },
      resolve: (key: ApiKey) => key,
      load: (keys: ApiKey[], context: GraphQLContext, { days }) =>
        ofSeen(keys, context, (ids, use) => use.of(ids, days ?? DEFAULT_USE_DAYS)),
    }),
    requests: t.loadable({
      type: 'Int',
      nullable: true,
      byPath: true,
      description: `Number of requests with it in the last days.${HIDDEN}`,
      args: { days: t.arg.int({ defaultValue: DEFAULT_USE_DAYS, description: USE_DAYS }) },
      resolve: (key: ApiKey) => key,
      load: (keys: ApiKey[], context: GraphQLContext, { days }) =>
        ofSeen(keys, context, async (ids, use) => (await use.of(ids, days ?? DEFAULT_USE_DAYS)).map(total)),
    }),
  }),
});

/** Of a project that one may not see, not even the id is shown. */
function visible(ids: readonly string[], { levelIn }: GraphQLContext): string[] {
  return ids.filter((id) => levelIn(id) >= LEVEL.SEE);
}

const total = (use: readonly DayOfUse[]): number => use.reduce((sum, { requests }) => sum + requests, 0);

/** What is read of the keys that the caller sees, in the order of the keys; null for one that is only named to them. */
async function ofSeen<T>(
  keys: readonly ApiKey[],
  { services, principal }: GraphQLContext,
  read: (ids: readonly string[], use: KeyUseService) => Promise<readonly (T | null)[]>,
): Promise<readonly (T | null)[]> {
  const seen = await services.keys.seenAmong(principal, keys);
  const ids = [...seen];
  const found = ids.length === 0 ? [] : await read(ids, services.keyUse);
  const byId = new Map(ids.map((id, index) => [id, found[index]]));
  return keys.map(({ id }) => byId.get(id) ?? null);
}
