import type { User } from '../domain/access/user.js';
import { roleOf } from '../services/people/named-role.js';
import { isOneOf, listAll } from '../services/records/queries.js';
import { grants, users } from '../storage/account-collections.js';
import type { Store } from '../storage/store.js';
import { type Rights, rightsOf } from './rights.js';

/** The user with this id; null when there is none who may sign in. @throws StoreError */
export async function findActive(store: Store, id: string): Promise<User | null> {
  const [user] = await store.collection(users).get([id]);
  return user && user.deletedAt === null && user.disabledAt === null ? user : null;
}

/** All that a user may do. @throws StoreError */
export async function rightsOfUser(store: Store, user: User): Promise<Rights> {
  const where = [isOneOf('subjectId', [user.id, user.roleId])];
  const [role, granted] = await Promise.all([
    roleOf(store, user),
    listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'subjectId' }),
  ]);
  return rightsOf({ key: null, user, role, grants: granted });
}
