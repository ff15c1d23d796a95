import type { ApiKey } from '../../domain/access/api-key.js';
import { ForbiddenError } from '../../domain/access/errors.js';
import { hashOf, newKeySecret } from '../../domain/access/key-format.js';
import { BUILT_IN_ROLES, builtInId, OWNER_ROLE, type Role } from '../../domain/access/role.js';
import { endingOf } from '../../domain/access/secret.js';
import { FIRST_ADMINISTRATOR, MAX_ACCOUNT_NAME, USER_DEFAULTS, type User } from '../../domain/access/user.js';
import { AlreadyExistsError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import type { IdGenerator } from '../../domain/id.js';
import { apiKeys, roles, users } from '../../storage/account-collections.js';
import { accounts } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { firstAdministrator } from '../input/people.js';
import { passwordRecord } from '../passwords/accounts.js';
import type { HashPassword } from '../passwords/hashing.js';
import { findByValues } from '../records/queries.js';
import type { StoreRoute } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';
import type { UserService } from './contract.js';
import { newRecord } from './records.js';

/** Creates the first administrator: with the built-in roles, and a key that may do everything that they may. */
export function createFirstAdministrator(
  inCatalog: () => Promise<StoreRoute>,
  transact: Transact,
  newId: IdGenerator,
  hashPassword: HashPassword,
): UserService['createFirst'] {
  return async (author, input) => {
    const { email, name, password } = parseInput(firstAdministrator, input);
    if (author.principal && author.principal.kind !== 'LOCAL') {
      throw new ForbiddenError(
        'Only the owner of the machine creates the first administrator.',
        'Run `mooring admin create` where the server runs, or use its set-up token.',
      );
    }
    const hash = password === undefined ? null : await hashPassword(password);
    return transact(author, inCatalog, async ({ store }, at) => {
      await requireNoUser(store);
      const { changes, owner } = await planRoles(store, newId, at);
      const user = newRecord<User>(
        newId,
        'user',
        at,
        {
          ...USER_DEFAULTS,
          ...{
            email,
            name: name ?? email.slice(0, Math.min(email.indexOf('@'), MAX_ACCOUNT_NAME)),
            emailVerified: false,
          },
          ...{ roleId: owner.id, disabledAt: null },
        },
        FIRST_ADMINISTRATOR,
      );
      const secret = newKeySecret();
      const apiKey = newRecord<ApiKey>(newId, 'apiKey', at, {
        ...{ name: 'First key', ownerId: user.id, createdById: null },
        ...{ scheme: 'sha256', hash: hashOf(secret), ending: endingOf(secret) },
        ...{ level: 'MANAGE', permissions: null, projectIds: null, expiresAt: null },
        ...{ revokedAt: null, revokedBy: null, replacedById: null, perMinute: null, allowedAddresses: [] },
      });
      return {
        changes: [
          ...changes,
          put(users, 'CREATE', user),
          put(apiKeys, 'CREATE', apiKey),
          ...(hash === null ? [] : [put(accounts, 'CREATE', passwordRecord(newId, at, user.id, hash))]),
        ],
        result: { user, apiKey, secret },
      };
    });
  };
}

/** The built-in roles that are missing. */
async function planRoles(store: Store, newId: IdGenerator, at: string) {
  const ids = BUILT_IN_ROLES.map(({ name }) => builtInId(name));
  const known = await findByValues(store, roles, 'externalId', ids, 'INCLUDE');
  const missing = BUILT_IN_ROLES.filter(({ name }) => !known.has(builtInId(name)));
  const created = missing.map((role) =>
    newRecord<Role>(newId, 'role', at, { ...role, isBuiltIn: true }, builtInId(role.name)),
  );
  const owner = [...known.values(), ...created].find(({ externalId }) => externalId === builtInId(OWNER_ROLE))!;
  const changes: readonly Change[] = created.map((role) => put(roles, 'CREATE', role));
  return { changes, owner };
}

/** @throws AlreadyExistsError */
async function requireNoUser(store: Store): Promise<void> {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await store.collection(users).list({ deleted: 'INCLUDE', order, limit: 1 });
  if (items.length === 0) return;
  throw new AlreadyExistsError(
    'This server has an administrator already.',
    'Ask them for an account. If nobody has a key any more, run `mooring admin reset` where the server runs.',
    // This is said to somebody who isn't signed in.
    null,
    ['externalId'],
  );
}
