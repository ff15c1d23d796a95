import { ForbiddenError, lacksPermission } from '../../domain/access/errors.js';
import { LEVEL, levelIn } from '../../domain/access/level.js';
import { ALL_PERMISSIONS, type Permission, SEEING } from '../../domain/access/permission.js';
import type { Principal } from '../../domain/access/principal.js';
import { isOwnerRole, OWNER_ROLE, type Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { grants, users } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { listAll } from '../records/queries.js';
import { roleOf } from './named-role.js';

/** What an author may do to others. The server itself, and the machine's owner, may do everything. */

/** @throws ForbiddenError */
export function requirePermission({ principal }: Author, permission: Permission): void {
  if (principal && !principal.permissions.has(permission)) throw lacksPermission(permission);
}

/**
 * Refuses to give a role, to change one, or to touch a user who has one, that has more rights than the author: people could give
 * themselves what they don't have, or take it from those above them. OWNER is for owners, though others may have its rights.
 * @throws ForbiddenError
 */
export async function requireAuthorityOver(store: Store, { principal }: Author, role: Role): Promise<void> {
  if (!principal) return;
  const missing = role.permissions.find((each) => !principal.permissions.has(each));
  if (missing) {
    throw new ForbiddenError(
      `The role ${role.name} has the permission ${missing}, which you don't have.`,
      'Ask somebody who has all rights of this role.',
      { permission: missing },
    );
  }
  const seeing = role.permissions.find((each) => SEEING.includes(each));
  if (seeing && principal.everywhere < LEVEL.SEE) {
    throw new ForbiddenError(
      `The role ${role.name} has the permission ${seeing} for all projects, and your key is for some only.`,
      'Use a key that has all rights of this role in all projects.',
      { permission: seeing },
    );
  }
  if (role.everywhere && LEVEL[role.everywhere] > principal.everywhere) {
    throw new ForbiddenError(
      `The role ${role.name} has ${role.everywhere} access to all projects, which you don't have.`,
      'Ask somebody who has all rights of this role.',
      { level: role.everywhere },
    );
  }
  if (isOwnerRole(role) && !(await isOwner(store, principal))) {
    throw new ForbiddenError(
      `Only a user with the role ${OWNER_ROLE} makes others ${OWNER_ROLE}, or changes those who are.`,
      `Ask a user with the role ${OWNER_ROLE}; with an API key, use one that has all rights of its owner.`,
    );
  }
}

/**
 * Refuses to give a user a role that has, or was granted, more than the author has.
 * @throws ForbiddenError
 */
export async function requireRightToGive(store: Store, author: Author, role: Role): Promise<void> {
  await requireAuthorityOver(store, author, role);
  const { principal } = author;
  if (!principal || principal.everywhere >= LEVEL.MANAGE) return;
  const where = [{ field: 'subjectId', is: role.id }];
  const granted = await listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'createdAt' });
  if (granted.every(({ projectId, level }) => LEVEL[level] <= levelIn(principal, projectId))) return;
  // The projects aren't named: the author may not know of them.
  throw new ForbiddenError(
    `The role ${role.name} was granted access to projects that you don't have.`,
    'Give another role, or ask somebody who has all rights of this one.',
  );
}

/**
 * Refuses what would let the author act as a user who may do more than they: with a link to set a password, or another email.
 * @throws ForbiddenError
 */
export async function requireRightsOf(store: Store, author: Author, user: User): Promise<void> {
  const role = await roleOf(store, user);
  if (role) await requireRightToGive(store, author, role);
  const { principal } = author;
  if (!principal || principal.everywhere >= LEVEL.MANAGE) return;
  const where = [{ field: 'subjectId', is: user.id }];
  const granted = await listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'createdAt' });
  if (granted.every(({ projectId, level }) => LEVEL[level] <= levelIn(principal, projectId))) return;
  // The projects aren't named: the author may not know of them.
  throw new ForbiddenError(
    'The user has access to projects that you don’t have.',
    'Ask somebody who has all rights of this user.',
  );
}

/** Whether somebody is an owner, with all rights of one: a key may have fewer. */
async function isOwner(store: Store, principal: Principal): Promise<boolean> {
  if (principal.kind === 'LOCAL') return true;
  if (principal.userId === null || principal.everywhere < LEVEL.MANAGE) return false;
  if ([...ALL_PERMISSIONS].some((each) => !principal.permissions.has(each))) return false;
  const [user] = await store.collection(users).get([principal.userId]);
  if (!user || user.deletedAt !== null || user.disabledAt !== null) return false;
  const role = await roleOf(store, user);
  return role !== null && isOwnerRole(role);
}
