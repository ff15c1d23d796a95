import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ApiKey } from '../../src/domain/access/api-key.js';
import type { Grant } from '../../src/domain/access/grant.js';
import { hashOf, newKeySecret } from '../../src/domain/access/key-format.js';
import { BUILT_IN_ROLES, builtInId, type Role } from '../../src/domain/access/role.js';
import { endingOf } from '../../src/domain/access/secret.js';
import type { User } from '../../src/domain/access/user.js';
import { CATALOG_KEY, type CatalogKind, createIdGenerator } from '../../src/domain/id.js';
import { type RecordBase, stampAfter } from '../../src/domain/record.js';
import { catalogIn } from '../../src/modes/data-directory.js';
import { apiKeys, grants, roles, users } from '../../src/storage/account-collections.js';
import { CATALOG_COLLECTIONS } from '../../src/storage/collections.js';
import { createSqliteStore } from '../../src/storage/sqlite/store.js';
import type { CollectionSpec, Store } from '../../src/storage/store.js';
import { borrowWriter } from './machine/threads.js';
import type { AtEnd } from './temporary.js';

/** Users, roles, grants and keys, written straight into a catalog: as another process's services would, without their rules. */
export interface Accounts {
  /** The built-in roles, by name; the same when called again. */
  seedRoles(): Promise<ReadonlyMap<string, Role>>;
  createRole(own: Partial<Role> & Pick<Role, 'name'>): Promise<Role>;
  /** A user with this role, seeded when it is missing. */
  createUser(role?: string, own?: Partial<User>): Promise<User>;
  /** A key with all that its owner may do, unless restricted; and its secret. */
  createKey(
    owner: Pick<User, 'id'> | null,
    own?: Partial<ApiKey>,
  ): Promise<{ readonly key: ApiKey; readonly secret: string }>;
  grant(subjectId: string, projectId: string, level: Grant['level']): Promise<Grant>;
  /** Writes a record with these fields changed. */
  change<T extends RecordBase>(spec: CollectionSpec<T>, record: T, own: Partial<T>): Promise<T>;
  /** Deletes it softly. */
  remove<T extends RecordBase>(spec: CollectionSpec<T>, record: T): Promise<T>;
}

const newId = createIdGenerator();
let made = 0;

/** Over a store of the catalog's collections. */
export function accountsIn(store: Store): Accounts {
  const base = (kind: CatalogKind): RecordBase => {
    const at = new Date().toISOString();
    const id = newId(kind, CATALOG_KEY);
    return { id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
  };

  async function write<T extends RecordBase>(
    spec: CollectionSpec<T>,
    operation: 'CREATE' | 'UPDATE' | 'DELETE',
    documents: readonly T[],
  ): Promise<void> {
    const context = { epoch: await store.epoch(), actor: 'test', requestId: 'test', at: new Date().toISOString() };
    const changes = documents.map((document) => ({ kind: 'put', collection: spec.name, operation, document }) as const);
    await store.commit(changes, context);
  }

  async function create<T extends RecordBase>(spec: CollectionSpec<T>, document: T): Promise<T> {
    await write(spec, 'CREATE', [document]);
    return document;
  }

  async function rolesByName(): Promise<ReadonlyMap<string, Role>> {
    const order = { field: 'name', direction: 'ASC' } as const;
    const { items } = await store.collection(roles).list({ order, limit: 100 });
    return new Map(items.map((role) => [role.name, role]));
  }

  async function seedRoles(): Promise<ReadonlyMap<string, Role>> {
    const known = await rolesByName();
    const missing = BUILT_IN_ROLES.filter(({ name }) => !known.has(name));
    const seeded = missing.map((role) => ({
      ...base('role'),
      ...role,
      externalId: builtInId(role.name),
      isBuiltIn: true,
    }));
    if (seeded.length > 0) await write(roles, 'CREATE', seeded);
    return new Map([...known, ...seeded.map((role) => [role.name, role] as const)]);
  }

  async function change<T extends RecordBase>(spec: CollectionSpec<T>, record: T, own: Partial<T>): Promise<T> {
    const changed = { ...record, ...own, ...stampAfter(record, new Date().toISOString()) };
    await write(spec, own.deletedAt ? 'DELETE' : 'UPDATE', [changed]);
    return changed;
  }

  return {
    seedRoles,
    createRole: (own) =>
      create(roles, {
        ...base('role'),
        ...{ description: '', permissions: [], everywhere: null, isBuiltIn: false },
        ...own,
      }),
    async createUser(role = 'OWNER', own = {}) {
      const { id: roleId } = (await seedRoles()).get(role) ?? (await rolesByName()).get(role)!;
      made += 1;
      return create(users, {
        ...base('user'),
        ...{ email: `user-${made}@example.com`, name: `User ${made}`, emailVerified: false, image: null },
        ...{ roleId, disabledAt: null, settings: {} },
        ...own,
      });
    },
    async createKey(owner, own = {}) {
      const secret = newKeySecret();
      const key = await create<ApiKey>(apiKeys, {
        ...base('apiKey'),
        ...{ name: 'A key', ownerId: owner?.id ?? null, createdById: owner?.id ?? null },
        ...{ scheme: 'sha256', hash: hashOf(secret), ending: endingOf(secret) },
        ...{ level: 'MANAGE', permissions: null, projectIds: null, expiresAt: null },
        ...{ revokedAt: null, revokedBy: null, replacedById: null, perMinute: null, allowedAddresses: [] },
        ...own,
      });
      return { key, secret };
    },
    grant: (subjectId, projectId, level) => create(grants, { ...base('grant'), subjectId, projectId, level }),
    change,
    remove: <T extends RecordBase>(spec: CollectionSpec<T>, record: T) =>
      change(spec, record, { deletedAt: new Date().toISOString() } as Partial<T>),
  };
}

/**
 * The catalog of a data directory, opened as another process has it, and created when missing. Closed at the end.
 * @param atEnd - left out: of the test
 */
export async function openCatalog(dataDirectory: string, atEnd: AtEnd = onTestFinished): Promise<Store> {
  const writer = borrowWriter();
  const store = await createSqliteStore({
    path: join(catalogIn(dataDirectory), 'store.db'),
    collections: CATALOG_COLLECTIONS,
    writer,
    create: { epoch: 1 },
  });
  atEnd(async () => {
    await store.close();
    await writer.close();
  });
  return store;
}

/** The headers of a request with a key. */
export const withKey = (secret: string): { readonly authorization: string } => ({ authorization: `Bearer ${secret}` });
