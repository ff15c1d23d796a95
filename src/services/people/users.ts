import { isDeepStrictEqual } from 'node:util';
import { isUnlimited } from '../../domain/access/api-key.js';
import { ForbiddenError } from '../../domain/access/errors.js';
import type { Role } from '../../domain/access/role.js';
import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { AlreadyExistsError, InvalidInputError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { userConditions } from '../../repositories/filters.js';
import { createRepository } from '../../repositories/repository.js';
import { apiKeys, roles, users } from '../../storage/account-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { newUser, profileUpdate, userChoice, userDeletion, userRestoration, userUpdate } from '../input/people.js';
import { getAt, getRecord, patched, requireLive } from '../records/lifecycle.js';
import { findByExternalId } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { check, type Plan, put, type Transact } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';
import type { UserService } from './contract.js';
import { createFirstAdministrator } from './first-administrator.js';
import { requireFreeEmail } from './free-email.js';
import { DEFAULT_ROLE, getNamedRole, roleOf } from './named-role.js';
import { checksOfOwners } from './owners.js';
import { newRecord, planNext, screened } from './records.js';
import { requireAuthorityOver, requirePermission, requireRightToGive } from './rights.js';

/** What is done to a user, whose role is null when it is deleted. */
interface Edit {
  readonly operation: 'UPDATE' | 'DELETE' | 'RESTORE';
  readonly after: User;
  /** The role that the user is given; left out: they keep theirs. */
  readonly newRole?: Role | undefined;
}

export function createUserService(catalog: Store, router: Router, transact: Transact, newId: IdGenerator): UserService {
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
    const role = newRole ?? oldRole;
    const also: readonly Change[] = [
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

  return {
    all: createRepository(catalog, users, userConditions),

    async find(id) {
      const [user] = await catalog.collection(users).get([parseInput(idOf('user'), id)]);
      return user ?? null;
    },

    createFirst: createFirstAdministrator(inCatalog, transact, newId),

    async create(author, input) {
      const { externalId = null, role, roleId, ...content } = parseInput(newUser, input);
      requirePermission(author, 'users:administer');
      return transact(author, inCatalog, async (route, at) => {
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
      });
    },

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
      const patch = parseInput(profileUpdate, input);
      return transact(author, inCatalog, async (route, at) => {
        const { store } = route;
        const before = await getOwn(store, author);
        const after = await screened(route, users, before, withProfile(before, patch));
        if (isDeepStrictEqual(before, after)) return { changes: [], result: before };
        if (after.email !== before.email) await requireFreeEmail(store, after, 'HIDE');
        return planNext(users, 'UPDATE', before, after, at);
      });
    },
  };
}

/** A user with these fields. A new email has yet to be verified. */
function withProfile(before: User, patch: Parameters<typeof patched<User>>[1]): User {
  const after = patched(before, patch);
  return after.email === before.email ? after : { ...after, emailVerified: false };
}

/** The author's own user. @throws ForbiddenError when they have none, or use a key that may do less than its owner */
async function getOwn(store: Store, { principal }: Author): Promise<User> {
  if (!principal || principal.userId === null) {
    throw new ForbiddenError(
      'You have no profile: you are not signed in as a user.',
      'Use the credential of a user, such as a key that the user owns.',
    );
  }
  if (principal.keyId !== null) {
    const [key] = await store.collection(apiKeys).get([principal.keyId]);
    if (!key || !isUnlimited(key)) {
      throw new ForbiddenError(
        "This API key may do less than its owner, so it can't change its owner's profile.",
        'Use a key with level MANAGE and without limits on permissions or projects, or ask an administrator.',
      );
    }
  }
  return requireLive(await getRecord({ spec: users }, { store }, principal.userId));
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

function heldByDeleted({ id }: User): AlreadyExistsError {
  return new AlreadyExistsError(
    `externalId belongs to the user ${id}, who is deleted. Nothing was written.`,
    'Restore them with `restoreUser`, or give the new user another externalId.',
    id,
    ['externalId'],
    true,
  );
}
