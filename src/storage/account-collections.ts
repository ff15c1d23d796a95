import type { ApiKey } from '../domain/access/api-key.js';
import type { Grant } from '../domain/access/grant.js';
import type { KeyUse } from '../domain/access/key-use.js';
import type { OutsideKey } from '../domain/access/outside-key.js';
import type { Role } from '../domain/access/role.js';
import type { Secret } from '../domain/access/secret.js';
import type { SecurityEvent } from '../domain/access/security-event.js';
import type { User } from '../domain/access/user.js';
import type { CollectionSpec, FieldType } from './store.js';

/** The collections of the catalog that say who may do what. */

const EXTERNAL_ID = { fields: ['externalId'], among: 'all' } as const;
const BASE = { createdAt: 'text', updatedAt: 'text', deletedAt: 'text', externalId: 'text' } as const satisfies Record<
  string,
  FieldType
>;

export const users: CollectionSpec<User> = {
  name: 'users',
  fields: { email: 'text', name: 'text', roleId: 'text', disabledAt: 'text', ...BASE },
  indexes: [['createdAt'], ['roleId', 'createdAt']],
  unique: [{ fields: ['email'], among: 'live' }, EXTERNAL_ID],
  text: ['email', 'name'],
};

export const roles: CollectionSpec<Role> = {
  name: 'roles',
  fields: { name: 'text', isBuiltIn: 'boolean', ...BASE },
  indexes: [['name'], ['createdAt']],
  unique: [{ fields: ['name'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const grants: CollectionSpec<Grant> = {
  name: 'grants',
  fields: { subjectId: 'text', projectId: 'text', level: 'text', ...BASE },
  indexes: [['subjectId'], ['projectId', 'createdAt']],
  unique: [{ fields: ['subjectId', 'projectId'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const apiKeys: CollectionSpec<ApiKey> = {
  name: 'apiKeys',
  fields: {
    name: 'text',
    ownerId: 'text',
    createdById: 'text',
    hash: 'text',
    replacedById: 'text',
    expiresAt: 'text',
    revokedAt: 'text',
    ...BASE,
  },
  indexes: [['createdAt'], ['ownerId', 'createdAt'], ['createdById'], ['replacedById']],
  unique: [{ fields: ['hash'], among: 'all' }, EXTERNAL_ID],
  text: ['name'],
};

export const keyUse: CollectionSpec<KeyUse> = {
  name: 'keyUse',
  fields: { keyId: 'text', day: 'text', ...BASE },
  indexes: [['keyId', 'day'], ['day']],
  unique: [{ fields: ['keyId', 'day'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const securityEvents: CollectionSpec<SecurityEvent> = {
  name: 'securityEvents',
  fields: {
    kind: 'text',
    hour: 'text',
    address: 'text',
    actor: 'text',
    projectId: 'text',
    detail: 'text',
    ...BASE,
  },
  indexes: [['hour'], ['kind', 'hour']],
  unique: [{ fields: ['kind', 'hour', 'address', 'actor', 'projectId', 'detail'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const outsideKeys: CollectionSpec<OutsideKey> = {
  name: 'outsideKeys',
  fields: { userId: 'text', provider: 'text', ...BASE },
  indexes: [['userId', 'provider'], ['createdAt']],
  unique: [{ fields: ['userId', 'provider'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const secrets: CollectionSpec<Secret> = {
  name: 'secrets',
  fields: { name: 'text', ...BASE },
  indexes: [['name']],
  unique: [{ fields: ['name'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const ACCOUNT_COLLECTIONS = [
  users,
  roles,
  grants,
  apiKeys,
  keyUse,
  securityEvents,
  outsideKeys,
  secrets,
] as const;
