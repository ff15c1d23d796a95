import { isDeepStrictEqual } from 'node:util';
import { ForbiddenError } from '../../domain/access/errors.js';
import type { Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { InvalidInputError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { userConditions } from '../../repositories/filters.js';
import { createRepository } from '../../repositories/repository.js';
import { roles, users } from '../../storage/account-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { profileUpdate, userChoice, userDeletion, userRestoration, userUpdate } from '../input/people.js';
import { findPassword } from '../passwords/accounts.js';
import type { CheckPassword } from '../passwords/check.js';
import type { HashPassword } from '../passwords/hashing.js';
import { linksOf } from '../passwords/link-records.js';
import { getAt, getRecord, patched, requireLive } from '../records/lifecycle.js';
import type { Router } from '../records/store-router.js';
import { check, type Plan, type Transact } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';
import { endWaysIn } from '../sign-in/endings.js';
import type { UserService } from './contract.js';
import { planUser } from './creation.js';
import { createFirstAdministrator } from './first-administrator.js';
import { requireFreeEmail } from './free-email.js';
import { getNamedRole, roleOf } from './named-role.js';
import { getOwn } from './own.js';
import { checksOfOwners } from './owners.js';
import { planNext, screened } from './records.js';
import { requireAuthorityOver, requirePermission, requireRightsOf, requireRightToGive } from './rights.js';

/** What is done to a user, whose role is null when it is deleted. */
interface Edit {
  readonly operation: 'UPDATE' | 'DELETE' | 'RESTORE';
  readonly after: User;
  /** The role that the user is given; left out: they keep theirs. */
  readonly newRole?: Role | undefined;
}

export function createUserService(
  catalog: Store,
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  { hash, checkPassword }: { readonly hash: HashPassword; readonly checkPassword: CheckPassword },
): UserService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);
  const spec = { spec: users };

  /** Plans a change of a user by somebody who administers users. Writes nothing when nothing changes. */
  async function planEdit(
    route: ScreenedRoute,
    author: Author,
    before: User,
    { operation, after: wanted, newRole }: Edit,
    at: string,
  ): Promise<Plan<User>> {
    const { store } = route;
    const oldRole = await roleOf(store, before);
    if (oldRole) await requireAuthorityOver(store, author, oldRole);
    if (newRole) await requireRightToGive(store, author, newRole);
    const after = await screened(route, users, before, wanted);
    if (isDeepStrictEqual(before, after)) return { changes: [], result: before };
    const isRenamed = after.email !== before.email || operation === 'RESTORE';
    if (isRenamed) await requireFreeEmail(store, after, 'SHOW');
    // A mail to the new address could let its reader in.
    if (after.email !== before.email) {
      await requireRightsOf(store, author, before);
      await requireOthers(store, author, before);
    }
    const hasEnded = after.deletedAt !== null || after.disabledAt !== null;
    const role = newRole ?? oldRole;
    const also: readonly Change[] = [
      ...(hasEnded ? await endWaysIn(store, before.id) : await endLinksOf(store, before, after)),
      ...(newRole ? [check(roles, newRole)] : []),
      ...(await checksOfOwners(store, { user: before, role: oldRole }, { user: after, role })),
    ];
    return planNext(users, operation, before, after, at, also);
  }

  const edit = (
    author: Author,
    read: (store: Store) => Promise<User>,
    change: (store: Store, before: User, at: string) => Edit | Promise<Edit>,
  ): Promise<User> => {
    requirePermission(author, 'users:administer');
    return transact(author, inCatalog, async (route, at) => {
      const before = await read(route.store);
      return planEdit(route, author, before, await change(route.store, before, at), at);
    });
  };

  const setDisabled = (author: Author, input: { readonly id: string }, isDisabled: boolean) => {
    const { id } = parseInput(userChoice, input);
    return edit(
      author,
      async (store) => requireLive(await getRecord(spec, { store }, id)),
      (_store, before, at) => ({
        operation: 'UPDATE',
        after: { ...before, disabledAt: isDisabled ? (before.disabledAt ?? at) : null },
      }),
    );
  };

  /** The email could be used to get in: who has a password gives it before it changes. */
  async function confirmEmail(author: Author, email: string | null, currentPassword: string | undefined) {
    const user = await getOwn(catalog, author);
    const known = user.email === email ? null : await findPassword(catalog, user.id);
    if (known) await checkPassword(known, currentPassword);
  }

  return {
    all: createRepository(catalog, users, userConditions),

    async find(id) {
      const [user] = await catalog.collection(users).get([parseInput(idOf('user'), id)]);
      return user ?? null;
    },

    createFirst: createFirstAdministrator(inCatalog, transact, newId, hash),

    create: async (author, input) => transact(author, inCatalog, planUser(newId, author, input)),

    async update(author, input) {
      const { id, version, role, roleId, ...patch } = parseInput(userUpdate, input);
      return edit(
        author,
        async (store) => requireLive(await getAt(spec, { store }, id, version)),
        async (store, before) => {
          const newRole = await getNamedRole(store, { roleId, role });
          const after = withProfile(before, { ...patch, roleId: newRole?.id });
          return { operation: 'UPDATE', after, newRole: newRole ?? undefined };
        },
      );
    },

    disable: async (author, input) => setDisabled(author, input, true),
    enable: async (author, input) => setDisabled(author, input, false),

    async delete(author, input) {
      const { id, version } = parseInput(userDeletion, input);
      return edit(
        author,
        async (store) => requireLive(await getAt(spec, { store }, id, version)),
        (_store, before, at) => ({ operation: 'DELETE', after: { ...before, deletedAt: at } }),
      );
    },

    async restore(author, input) {
      const { id, role, roleId } = parseInput(userRestoration, input);
      return edit(
        author,
        (store) => getRecord(spec, { store }, id),
        async (store, before) => {
          if (before.deletedAt === null) return { operation: 'RESTORE', after: before };
          const newRole = await getNamedRole(store, { roleId, role });
          if (!newRole) await requireRole(store, before);
          const after = { ...before, deletedAt: null, roleId: newRole?.id ?? before.roleId };
          return { operation: 'RESTORE', after, newRole: newRole ?? undefined };
        },
      );
    },

    async updateProfile(author, input) {
      const { currentPassword, ...patch } = parseInput(profileUpdate, input);
      if (patch.email !== undefined) await confirmEmail(author, patch.email, currentPassword);
      return transact(author, inCatalog, async (route, at) => {
        const { store } = route;
        const before = await getOwn(store, author);
        const after = await screened(route, users, before, withProfile(before, patch));
        if (isDeepStrictEqual(before, after)) return { changes: [], result: before };
        if (after.email !== before.email) await requireFreeEmail(store, after, 'HIDE');
        return planNext(users, 'UPDATE', before, after, at, await endLinksOf(store, before, after));
      });
    },
  };
}

/** A user with these fields. A new email has yet to be verified. */
function withProfile(before: User, patch: Parameters<typeof patched<User>>[1]): User {
  const after = patched(before, patch);
  return after.email === before.email ? after : { ...after, emailVerified: false };
}

/** What ends the links to set a password that were sent to an email which the user has no more. */
async function endLinksOf(store: Store, before: User, after: User): Promise<readonly Change[]> {
  return after.email === before.email ? [] : (await linksOf(store, before.id)).map(({ remove }) => remove);
}

/** Says no to who would change their own email without their password. @throws ForbiddenError */
async function requireOthers(store: Store, { principal }: Author, { id }: User): Promise<void> {
  if (principal?.userId !== id || !(await findPassword(store, id))) return;
  throw new ForbiddenError(
    'Your own email changes with your password only, also if you administer users.',
    'Use `updateProfile`, with `currentPassword`.',
  );
}

/** @throws InvalidInputError when the user's role was deleted */
async function requireRole(store: Store, user: User): Promise<void> {
  if (await roleOf(store, user)) return;
  throw new InvalidInputError(
    'The role that the user had is deleted.',
    'Give another role with it, as `role` or `roleId`.',
    'roleId',
  );
}
