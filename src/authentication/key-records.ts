import type { ApiKey } from '../domain/access/api-key.js';
import { UnauthenticatedError } from '../domain/access/errors.js';
import type { User } from '../domain/access/user.js';
import { roleOf } from '../services/people/named-role.js';
import { isOneOf, listAll } from '../services/records/queries.js';
import { apiKeys, grants, users } from '../storage/account-collections.js';
import type { Store } from '../storage/store.js';
import { type Rights, rightsOf } from './rights.js';

/** A key that counts, and what it may do. */
export interface ValidKey {
  readonly key: ApiKey;
  /** Its owner; null: it is a service key. */
  readonly userId: string | null;
  readonly rights: Rights;
}

/**
 * Reads the key with this hash, and what its rights depend on, from a catalog's store.
 * @throws RefusedKeyError when there is no such key, or it doesn't count any more
 * @throws StoreError
 */
export async function readKey(store: Store, hash: string, now: number): Promise<ValidKey> {
  const order = { field: 'hash', direction: 'ASC' } as const;
  const where = [{ field: 'hash', is: hash }];
  const { items } = await store.collection(apiKeys).list({ where, deleted: 'INCLUDE', order, limit: 1 });
  const [key] = items;
  if (!key) throw UNKNOWN_KEY;
  requireValid(key, now);
  const user = key.ownerId === null ? null : await ownerOf(store, key, key.ownerId);
  const [role, granted] = await Promise.all([user && roleOf(store, user), grantsOf(store, key, user)]);
  return { key, userId: user?.id ?? null, rights: rightsOf({ key, user, role, grants: granted }) };
}

/** A key that doesn't count: unknown, or not any more. */
export class RefusedKeyError extends UnauthenticatedError {
  constructor(
    message: string,
    hint: string,
    /** For the audit: the same for all keys of the kind. */
    readonly detail: string,
    /** Null: there is none. */
    readonly keyId: string | null = null,
  ) {
    super(message, hint);
  }
}

/** Why a key doesn't count any more, at this time. @throws RefusedKeyError */
export function requireValid(key: ApiKey, now: number): void {
  const { revokedAt, expiresAt, deletedAt } = key;
  if (revokedAt !== null || deletedAt !== null) throw ended(key, 'was revoked', 'revoked key');
  if (expiresAt !== null && Date.parse(expiresAt) <= now) throw ended(key, `expired at ${expiresAt}`, 'expired key');
}

async function ownerOf(store: Store, key: ApiKey, id: string): Promise<User> {
  const [user] = await store.collection(users).get([id]);
  if (!user || user.deletedAt !== null) throw ended(key, 'belongs to a deleted user', 'key of a deleted user');
  if (user.disabledAt !== null) throw ended(key, 'belongs to a disabled user', 'key of a disabled user');
  return user;
}

function grantsOf(store: Store, key: ApiKey, user: User | null) {
  const subjects = user ? [key.id, user.id, user.roleId] : [key.id];
  return listAll(store, grants, { where: [isOneOf('subjectId', subjects)], deleted: 'EXCLUDE', field: 'subjectId' });
}

/** The errors for a key of which there is no record, and for a credential of another form. Made once: strangers may send many. */
const UNKNOWN_KEY = notValid('unknown key');
export const NO_KEY = notValid('no key');

function notValid(detail: string): RefusedKeyError {
  return new RefusedKeyError(
    "The credential isn't valid on this server.",
    'Send an API key as `Authorization: Bearer mor_…`, whole and as it was shown when it was made.',
    detail,
  );
}

function ended({ id, ending }: ApiKey, why: string, detail: string): RefusedKeyError {
  const hint = 'Use another API key, or ask an administrator for one.';
  return new RefusedKeyError(`The API key that ends with ${ending} ${why}.`, hint, detail, id);
}
