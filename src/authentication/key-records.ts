import { isDeepStrictEqual } from 'node:util';
import { type AddressList, parseAddresses } from '../domain/access/addresses.js';
import type { ApiKey } from '../domain/access/api-key.js';
import type { User } from '../domain/access/user.js';
import { roleOf } from '../services/people/named-role.js';
import { isOneOf, listAll } from '../services/records/queries.js';
import { apiKeys, grants, users } from '../storage/account-collections.js';
import type { Store } from '../storage/store.js';
import { type CredentialKind, RefusedError, type Valid } from './known.js';
import { rightsOf } from './rights.js';

/** A key that counts, and what it may do. */
export interface ValidKey extends Valid {
  readonly key: ApiKey;
  /** Null: it may be used from everywhere. */
  readonly addresses: AddressList | null;
}

/** API keys, as a catalog's store has them. */
export function keysIn(store: Store): CredentialKind<ValidKey> {
  return {
    noun: 'API key',
    read: (hash, now) => readKey(store, hash, now),
    expired: ({ key }) => expired(key),
    isSame: (one, other) => isDeepStrictEqual(one.key.allowedAddresses, other.key.allowedAddresses),
  };
}

/** Reads the key with this hash, and what its rights depend on. @throws RefusedError, StoreError */
async function readKey(store: Store, hash: string, now: number): Promise<ValidKey> {
  const order = { field: 'hash', direction: 'ASC' } as const;
  const where = [{ field: 'hash', is: hash }];
  const { items } = await store.collection(apiKeys).list({ where, deleted: 'INCLUDE', order, limit: 1 });
  const [key] = items;
  if (!key) throw UNKNOWN_KEY;
  requireValid(key, now);
  const user = key.ownerId === null ? null : await ownerOf(store, key, key.ownerId);
  const [role, granted] = await Promise.all([user && roleOf(store, user), grantsOf(store, key, user)]);
  const { allowedAddresses, expiresAt } = key;
  return {
    key,
    identity: { kind: 'KEY', userId: user?.id ?? null, keyId: key.id, actor: key.id },
    rights: rightsOf({ key, user, role, grants: granted }),
    expires: expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt),
    addresses: allowedAddresses.length === 0 ? null : parseAddresses(allowedAddresses),
  };
}

/** Why a key doesn't count any more, at this time. @throws RefusedError */
function requireValid(key: ApiKey, now: number): void {
  const { revokedAt, expiresAt, deletedAt } = key;
  if (revokedAt !== null || deletedAt !== null) throw ended(key, 'was revoked', 'revoked key');
  if (expiresAt !== null && Date.parse(expiresAt) <= now) throw expired(key);
}

const expired = (key: ApiKey): RefusedError => ended(key, `expired at ${key.expiresAt}`, 'expired key');

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

function notValid(detail: string): RefusedError {
  return new RefusedError(
    "The credential isn't valid on this server.",
    'Send an API key as `Authorization: Bearer mor_…`, whole and as it was shown when it was made.',
    detail,
  );
}

function ended({ id, ending }: ApiKey, why: string, detail: string): RefusedError {
  const hint = 'Use another API key, or ask an administrator for one.';
  return new RefusedError(`The API key that ends with ${ending} ${why}.`, hint, detail, id);
}
