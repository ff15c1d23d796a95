import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { AlreadyExistsError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import type { IdGenerator } from '../../domain/id.js';
import { roles, users } from '../../storage/account-collections.js';
import { type NewUser, newUser } from '../input/people.js';
import { findByExternalId } from '../records/queries.js';
import type { StoreRoute } from '../records/store-router.js';
import { check, type Decide, put } from '../records/transaction.js';
import { requireFreeEmail } from './free-email.js';
import { DEFAULT_ROLE, getNamedRole } from './named-role.js';
import { newRecord, screened } from './records.js';
import { requirePermission, requireRightToGive } from './rights.js';

/** Plans a new user. One who has the `externalId` already is returned unchanged. @throws as `UserService.create` */
export function planUser(newId: IdGenerator, author: Author, input: NewUser): Decide<StoreRoute, User> {
  const { externalId = null, role, roleId, ...content } = parseInput(newUser, input);
  requirePermission(author, 'users:administer');
  return async (route, at) => {
    const { store } = route;
    const given = await getNamedRole(store, {
      roleId,
      role: role ?? (roleId === undefined ? DEFAULT_ROLE : undefined),
    });
    await requireRightToGive(store, author, given!);
    const known = externalId === null ? null : await findByExternalId(store, users, externalId);
    if (known?.deletedAt) throw heldByDeleted(known);
    if (known) return { changes: [], result: known };
    await requireFreeEmail(store, content, 'SHOW');
    const own = { ...content, roleId: given!.id, emailVerified: false, disabledAt: null };
    const user = await screened(route, users, null, newRecord<User>(newId, 'user', at, own, externalId));
    return { changes: [check(roles, given!), put(users, 'CREATE', user)], result: user };
  };
}

function heldByDeleted({ id }: User): AlreadyExistsError {
  return new AlreadyExistsError(
    `externalId belongs to the user ${id}, who is deleted. Nothing was written.`,
    'Restore them with `restoreUser`, or give the new user another externalId.',
    id,
    ['externalId'],
    true,
  );
}
