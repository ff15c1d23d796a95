import { rightsOf } from '../../../src/authentication/rights.js';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { createEnding, localPrincipal, type Principal } from '../../../src/domain/access/principal.js';
import type { User } from '../../../src/domain/access/user.js';
import type { Author } from '../../../src/domain/author.js';
import type { NewApiKey } from '../../../src/services/input/api-key.js';
import type { NewKey } from '../../../src/services/keys/contract.js';
import { apiKeys, grants, roles, users } from '../../../src/storage/account-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { type Accounts, accountsIn } from '../../support/accounts.js';
import { type Bench, makeProject, startBench } from '../support.js';

/** Services with accounts, and a clock that starts now and is moved by hand. */
export interface KeyBench extends Omit<Bench, 'clock'> {
  readonly accounts: Accounts;
  readonly clock: { passHours(hours: number): void; in(hours: number): string };
  /** The author that a user or a key is, with the rights that they have now. */
  as(who: User | ApiKey | null): Promise<Author & { readonly principal: Principal }>;
  /** A key that somebody makes. */
  make(who: User | ApiKey | null, input?: Partial<NewApiKey>): Promise<NewKey>;
  key(id: string): Promise<ApiKey>;
  project(): Promise<string>;
  /** Runs something once, as another process might, between what the next write reads and its commit. */
  beforeNextCommit(run: () => Promise<unknown>): void;
}

const HOUR_MS = 3_600_000;

export async function startKeys(options: { readonly folder?: string } = {}): Promise<KeyBench> {
  let passed = 0;
  const now = () => Date.now() + passed;
  const { clock: _, ...bench } = await startBench({ now, ...options });
  const { catalog, services } = bench;
  const as: KeyBench['as'] = async (who) => {
    const principal = who ? await principalOf(catalog, who) : localPrincipal('local');
    return { actor: principal.actor ?? 'tester', requestId: 'request', principal };
  };
  return {
    ...bench,
    accounts: accountsIn(catalog),
    clock: {
      passHours(hours) {
        passed += hours * HOUR_MS;
      },
      in: (hours) => new Date(now() + hours * HOUR_MS).toISOString(),
    },
    as,
    make: async (who, input = {}) => services.keys.create(await as(who), { name: 'A key', ...input }),
    beforeNextCommit(run) {
      const { commit } = catalog;
      Object.assign(catalog, {
        async commit(...args: Parameters<typeof commit>) {
          Object.assign(catalog, { commit });
          await run();
          return commit(...args);
        },
      });
    },
    async key(id) {
      const [key] = await catalog.collection(apiKeys).get([id]);
      return key!;
    },
    project: async () => (await makeProject({ ...bench, clock: { now: now(), passDays: () => undefined } })).id,
  };
}

const isKey = (who: User | ApiKey): who is ApiKey => 'hash' in who;

/** What the server computes for a user or a key, whether or not they still count. */
export async function principalOf(catalog: Store, who: User | ApiKey): Promise<Principal> {
  const key = isKey(who) ? who : null;
  const userId = isKey(who) ? who.ownerId : who.id;
  const [user = null] = userId ? await catalog.collection(users).get([userId]) : [];
  const [role = null] = user ? await catalog.collection(roles).get([user.roleId]) : [];
  const { items } = await catalog
    .collection(grants)
    .list({ order: { field: 'createdAt', direction: 'ASC' }, limit: 1_000 });
  return {
    kind: key ? 'KEY' : 'USER',
    userId,
    keyId: key?.id ?? null,
    actor: who.id,
    ...rightsOf({ key, user, role, grants: items }),
    ending: createEnding(),
  };
}
