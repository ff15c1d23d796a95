import { isOwnerRole, OWNER_ROLE, type Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import { InvalidInputError } from '../../domain/errors.js';
import { users } from '../../storage/account-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { check } from '../records/transaction.js';

/** Whether a user can act as an owner now. */
function isActingOwner({ deletedAt, disabledAt }: User, role: Role | null): boolean {
  return role !== null && isOwnerRole(role) && deletedAt === null && disabledAt === null;
}

/**
 * What a commit has to check so that an enabled owner stays when this user is one no longer: another owner, as they are now. Two
 * who are the last owners can't both take it from each other then: the second commit finds the first changed.
 * @throws InvalidInputError when there is no other
 */
export async function checksOfOwners(
  store: Store,
  before: { readonly user: User; readonly role: Role | null },
  after: { readonly user: User; readonly role: Role | null },
): Promise<readonly Change[]> {
  if (!isActingOwner(before.user, before.role) || isActingOwner(after.user, after.role)) return [];
  const { items } = await store.collection(users).list({
    where: [
      { field: 'roleId', is: before.user.roleId },
      { field: 'disabledAt', is: null },
    ],
    order: { field: 'createdAt', direction: 'ASC' },
    limit: 2,
  });
  const other = items.find(({ id }) => id !== before.user.id);
  if (other) return [check(users, other)];
  throw new InvalidInputError(
    `${before.user.email} is the only enabled user with the role ${OWNER_ROLE}, and one has to stay.`,
    `Give another user the role ${OWNER_ROLE} first.`,
  );
}
