import { builtInId, OWNER_ROLE, type Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { roles } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { findByExternalId, listAll } from '../records/queries.js';
import { getLive } from './records.js';

/** The role of users who are created without one. */
export const DEFAULT_ROLE = 'MEMBER';

/** How an input names a role. */
interface RoleName {
  readonly roleId?: string | undefined;
  /** Its name. */
  readonly role?: string | undefined;
}

/** The live role that an input names; null when it names none. @throws NotFoundError, InvalidInputError when it names two */
export async function getNamedRole(store: Store, { roleId, role }: RoleName): Promise<Role | null> {
  if (roleId !== undefined && role !== undefined) {
    throw new InvalidInputError('role and roleId name a role both.', 'Give one of them.', 'role');
  }
  if (roleId !== undefined) return getLive(store, roles, roleId);
  if (role === undefined) return null;
  await requireSetUp(store);
  const found = (await listRoles(store)).find(({ name }) => isSameName(name, role));
  if (found) return found;
  throw new NotFoundError(role, 'There is no role with this name.', 'Read `roles` for those that there are.');
}

/** Refuses to write people before there is an administrator: they would lock everyone else out. @throws InvalidInputError */
export async function requireSetUp(store: Store): Promise<void> {
  if (await findByExternalId(store, roles, builtInId(OWNER_ROLE))) return;
  throw new InvalidInputError(
    'This server has no users yet, and the first one is its administrator.',
    'Create the administrator first: `mooring admin create --email EMAIL`.',
  );
}

/** The role of a user; null when it is deleted. */
export async function roleOf(store: Store, { roleId }: Pick<User, 'roleId'>): Promise<Role | null> {
  const [role] = await store.collection(roles).get([roleId]);
  return role && role.deletedAt === null ? role : null;
}

/** All live roles: they are few. */
export function listRoles(store: Store): Promise<readonly Role[]> {
  return listAll(store, roles, { where: [], deleted: 'EXCLUDE', field: 'name' });
}

/** Whether two names of roles are one: nobody is to mistake `Owner` for OWNER. */
export function isSameName(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase();
}
