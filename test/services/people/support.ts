import { rightsOf } from '../../../src/authentication/rights.js';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { createEnding, localPrincipal, type Principal } from '../../../src/domain/access/principal.js';
import type { User } from '../../../src/domain/access/user.js';
import type { Author } from '../../../src/domain/author.js';
import { apiKeys, grants, roles, users } from '../../../src/storage/account-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { type Bench, startBench } from '../support.js';

/** The machine's owner, who may do everything. */
export const machine: Author = { actor: 'local', requestId: 'request-0', principal: localPrincipal('local') };

/** Services with an administrator. */
export interface PeopleBench extends Bench {
  readonly owner: User;
  readonly firstKey: ApiKey;
  /** What a person may do now. */
  as(user: User): Promise<Author>;
  asKey(key: ApiKey): Promise<Author>;
  user(role: string, email?: string): Promise<User & { readonly email: string }>;
  /** Id of the role with this name. */
  roleId(name: string): Promise<string>;
}

export async function startPeople(options: Parameters<typeof startBench>[0] = {}): Promise<PeopleBench> {
  const bench = await startBench(options);
  const { services, catalog } = bench;
  const { user: owner, apiKey } = await services.users.createFirst(machine, { email: 'owner@example.org' });
  const roleId = async (name: string) => (await services.roles.list()).find((role) => role.name === name)!.id;
  let made = 0;
  return {
    ...bench,
    owner,
    firstKey: apiKey,
    roleId,
    as: async (user) => authorOf(await principalOf(catalog, null, user)),
    asKey: async (key) => {
      const [owner] = key.ownerId === null ? [] : await catalog.collection(users).get([key.ownerId]);
      return authorOf(await principalOf(catalog, key, owner ?? null));
    },
    user: async (role, email = `${role.toLowerCase()}-${++made}@example.org`) => ({
      ...(await services.users.create(machine, { email, name: role, role })),
      email,
    }),
  };
}

const authorOf = (principal: Principal): Author => ({
  actor: principal.actor!,
  requestId: 'request-1',
  principal,
});

/** The principal of a user or key, as the records say. */
export async function principalOf(store: Store, key: ApiKey | null, user: User | null): Promise<Principal> {
  const current = user === null ? null : (await store.collection(users).get([user.id]))[0]!;
  const [role] = current === null ? [] : await store.collection(roles).get([current.roleId]);
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await store.collection(grants).list({ order, limit: 1_000 });
  const live = key === null ? null : (await store.collection(apiKeys).get([key.id]))[0]!;
  return {
    kind: key === null ? 'USER' : 'KEY',
    userId: user?.id ?? null,
    keyId: key?.id ?? null,
    actor: key?.id ?? user!.id,
    ...rightsOf({ key: live, user: current, role: role ?? null, grants: items }),
    ending: createEnding(),
  };
}
