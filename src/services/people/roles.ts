import { isDeepStrictEqual } from 'node:util';
import { isOwnerRole, OWNER_ROLE, type Role } from '../../domain/access/role.js';
import { AlreadyExistsError, InvalidInputError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { grants, roles, users } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { newRole, roleDeletion, roleUpdate } from '../input/people.js';
import { getAt, patched, requireLive } from '../records/lifecycle.js';
import { listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';
import type { RoleService } from './contract.js';
import { isSameName, listRoles, requireSetUp } from './named-role.js';
import { newRecord, planNext, screened } from './records.js';
import { requireAuthorityOver, requirePermission } from './rights.js';

/** The most roles, so that all can be listed at once. */
const MAX_ROLES = 200;
/** The most users that an error names. */
const MOST_NAMED = 5;

export function createRoleService(catalog: Store, router: Router, transact: Transact, newId: IdGenerator): RoleService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);
  const spec = { spec: roles };

  return {
    async list() {
      const all = await listRoles(catalog);
      return [...all].sort((a, b) => Number(b.isBuiltIn) - Number(a.isBuiltIn) || (a.id < b.id ? -1 : 1));
    },

    async create(author, input) {
      const content = parseInput(newRole, input);
      requirePermission(author, 'users:administer');
      return transact(author, inCatalog, async (route, at) => {
        const { store } = route;
        await requireSetUp(store);
        const role = await screened(
          route,
          roles,
          null,
          newRecord<Role>(newId, 'role', at, { ...content, isBuiltIn: false }),
        );
        await requireAuthorityOver(store, author, role);
        const all = await listRoles(store);
        requireFreeName(all, role);
        if (all.length >= MAX_ROLES) throw tooMany();
        return { changes: [put(roles, 'CREATE', role)], result: role };
      });
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(roleUpdate, input);
      requirePermission(author, 'users:administer');
      return transact(author, inCatalog, async (route, at) => {
        const { store } = route;
        const before = requireLive(await getAt(spec, route, id, version));
        const after = await screened(route, roles, before, patched(before, patch));
        await requireAuthorityOver(store, author, before);
        await requireAuthorityOver(store, author, after);
        if (isDeepStrictEqual(before, after)) return { changes: [], result: before };
        if (isOwnerRole(before)) throw ownerIsFixed();
        if (before.isBuiltIn && after.name !== before.name) throw nameIsFixed(before);
        requireFreeName(await listRoles(store), after);
        return planNext(roles, 'UPDATE', before, after, at);
      });
    },

    async delete(author, input) {
      const { id, version } = parseInput(roleDeletion, input);
      requirePermission(author, 'users:administer');
      return transact(author, inCatalog, async ({ store }, at) => {
        const before = requireLive(await getAt(spec, { store }, id, version));
        if (before.isBuiltIn) throw isBuiltIn(before);
        await requireAuthorityOver(store, author, before);
        await requireUnused(store, before);
        const where = [{ field: 'subjectId', is: id }];
        const given = await listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'createdAt' });
        const revoked = given.flatMap(
          (each) => planNext(grants, 'DELETE', each, { ...each, deletedAt: at }, at).changes,
        );
        return planNext(roles, 'DELETE', before, { ...before, deletedAt: at }, at, revoked);
      });
    },
  };
}

/** @throws AlreadyExistsError */
function requireFreeName(all: readonly Role[], { id, name }: Role): void {
  const other = all.find((role) => role.id !== id && isSameName(role.name, name));
  if (!other) return;
  throw new AlreadyExistsError(
    `The role ${other.id} is called ${other.name}.`,
    'Give the role another name.',
    other.id,
    ['name'],
    false,
  );
}

/** @throws InvalidInputError that names users who have the role */
async function requireUnused(store: Store, { id, name }: Role): Promise<void> {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const page = await store.collection(users).list({ where: [{ field: 'roleId', is: id }], order, limit: MOST_NAMED });
  if (page.items.length === 0) return;
  const named = page.items.map(({ email }) => email).join(', ');
  throw new InvalidInputError(
    `Users have the role ${name}: ${named}${page.hasMore ? ', and others' : ''}.`,
    'Give them another role first; `users` lists all who have it.',
    'id',
  );
}

function tooMany(): InvalidInputError {
  return new InvalidInputError(
    `There are ${MAX_ROLES} roles already.`,
    'Delete one that no user has, or share projects with users instead.',
  );
}

function ownerIsFixed(): InvalidInputError {
  return new InvalidInputError(
    `The role ${OWNER_ROLE} can't be changed: one that may do everything has to stay.`,
    'Create a role of your own, or change another one.',
    'id',
  );
}

function nameIsFixed({ name }: Role): InvalidInputError {
  return new InvalidInputError(
    `The built-in role ${name} can't be renamed: programs know it by its name.`,
    'Create a role of your own with the other name.',
    'name',
  );
}

function isBuiltIn({ name }: Role): InvalidInputError {
  return new InvalidInputError(
    `The role ${name} is built in and can't be deleted.`,
    'Leave it unused, or change what it may do.',
    'id',
  );
}
