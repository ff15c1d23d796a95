import type { ApiKey } from '../../domain/access/api-key.js';
import { statusOf } from '../../domain/access/api-key.js';
import { ForbiddenError, UnauthenticatedError } from '../../domain/access/errors.js';
import { localPrincipal, may, type Principal } from '../../domain/access/principal.js';
import { isOwnerRole, type Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import type { RecordBase } from '../../domain/record.js';
import { apiKeys, roles, users } from '../../storage/account-collections.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import { check } from '../records/transaction.js';

/** A user with their role. */
export interface Person {
  readonly user: User;
  readonly role: Role | null;
}

/** Who reads keys, with the key that they use. */
export interface Viewer {
  readonly principal: Principal;
  /** The key that was used; null: none was. */
  readonly key: ApiKey | null;
}

/** Who makes or ends keys, as the catalog has it at the time. */
export interface Maker extends Viewer {
  /** The user, or the key's owner; null for the machine's owner and for service keys. */
  readonly person: Person | null;
}

/** The server itself. */
const SERVER = localPrincipal(null);

/** @throws UnauthenticatedError when it has ended since the request began */
export async function readViewer(store: Store, principal: Principal, at: string): Promise<Viewer> {
  const key = principal.keyId === null ? null : await find(store, apiKeys, principal.keyId);
  if (principal.keyId !== null && (!key || statusOf(key, at) !== 'ACTIVE')) throw ended('key');
  return { principal, key };
}

/**
 * The same for a write, which needs all from which the principal was computed: it may have ended a moment ago.
 * @throws UnauthenticatedError when it has
 */
export async function readMaker(store: Store, principal: Principal = SERVER, at: string): Promise<Maker> {
  if (principal.kind === 'PROGRAM') {
    throw new ForbiddenError('A program that a user let in makes and ends no keys.', 'Ask the user to do it.');
  }
  const person = principal.userId === null ? null : await findPerson(store, principal.userId);
  if (principal.userId !== null && !person) throw ended('user');
  return { ...(await readViewer(store, principal, at)), person };
}

/** A user who is live and not disabled, with their role; null when there is none. */
export async function findPerson(store: Store, userId: string): Promise<Person | null> {
  const user = await find(store, users, userId);
  if (!user || user.deletedAt !== null || user.disabledAt !== null) return null;
  return { user, role: await find(store, roles, user.roleId) };
}

/** What makes a commit fail when one of these changed since it was read. `written`: those that the commit writes itself. */
export function checksOf(
  people: readonly (Person | null)[],
  keys: readonly (ApiKey | null)[],
  written: readonly string[],
) {
  const changes = new Map<string, Change>();
  const add = <T extends RecordBase>(spec: CollectionSpec<T>, record: T | null | undefined) => {
    if (record && !written.includes(record.id)) changes.set(record.id, check(spec, record));
  };
  for (const person of people) {
    add(users, person?.user);
    add(roles, person?.role);
  }
  for (const key of keys) add(apiKeys, key);
  return [...changes.values()];
}

export const isOwner = (person: Person | null): boolean => person?.role != null && isOwnerRole(person.role);

/** Whether the caller administers all keys. */
export function administersKeys({ principal }: Viewer): boolean {
  return may(principal, 'keys:administer');
}

async function find<T extends RecordBase>(store: Store, spec: CollectionSpec<T>, id: string): Promise<T | null> {
  const [record] = await store.collection(spec).get([id]);
  return record ?? null;
}

function ended(what: 'key' | 'user'): UnauthenticatedError {
  return what === 'key'
    ? new UnauthenticatedError('The API key of this request has just ended.', 'Use another key.')
    : new UnauthenticatedError('The user of this request was just disabled or deleted.', 'Ask an administrator.');
}
