import { parseAddresses } from '../../domain/access/addresses.js';
import type { ApiKey } from '../../domain/access/api-key.js';
import { newKeySecret } from '../../domain/access/key-format.js';
import type { Principal } from '../../domain/access/principal.js';
import type { User } from '../../domain/access/user.js';
import { type Author, withoutPrincipal } from '../../domain/author.js';
import { ConflictError, NotFoundError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { stampAfter } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { apiKeys, users } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { apiKeyUpdate, keyRevocation, keyRotation, newApiKey } from '../input/api-key.js';
import { screened } from '../people/records.js';
import type { Router } from '../records/store-router.js';
import { type Plan, put, type Transact } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';
import type { KeyService, RevokedKeys } from './contract.js';
import { planKey } from './creation.js';
import { familyOf } from './family.js';
import { createKeyList } from './list.js';
import { type Maker, readMaker, readViewer } from './maker.js';
import { planRotation } from './rotation.js';
import { visibleTo } from './visible.js';

/** Writes of keys take turns in this process, so that none is made by one that is being revoked. */
const ONE_AT_A_TIME = 'apiKeys';

export function createKeyService(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  now: () => number,
): KeyService {
  const catalog = factory.catalog.store;
  const time = () => new Date(now()).toISOString();

  const seen = async (principal: Principal) => visibleTo(catalog, await readViewer(catalog, principal, time()));

  /** One commit, decided by what the catalog has of its author then. */
  function commit<R>(
    author: Author,
    decide: (maker: Maker, route: ScreenedRoute, at: string) => Promise<Plan<R>>,
  ): Promise<R> {
    return transact(
      author,
      () => router.toCatalog(CATALOG_KEY),
      async (route, at) => decide(await readMaker(route.store, author.principal, at), route, at),
      ONE_AT_A_TIME,
    );
  }

  /** Ends those of its family that still live. */
  function revokeFamily(author: Author, id: string, revokedBy: string): Promise<RevokedKeys> {
    return commit(author, async (maker, { store }, at) => {
      const key = await getVisible(store, maker, id);
      const ending = (await familyOf(store, key))
        .filter(({ revokedAt }) => revokedAt === null)
        .map((each): ApiKey => ({ ...each, revokedAt: at, revokedBy, ...stampAfter(each, at) }));
      const others = ending.filter((each) => each.id !== id);
      const apiKey = ending.find((each) => each.id === id) ?? key;
      return { changes: ending.map((each) => put(apiKeys, 'UPDATE', each)), result: { apiKey, others } };
    });
  }

  return {
    async create(author, input) {
      const wanted = parseInput(newApiKey, input);
      parseAddresses(wanted.allowedAddresses);
      const secret = newKeySecret();
      const apiKey = await commit(author, (maker, route, at) => planKey(route, maker, wanted, { newId, secret, at }));
      return { apiKey, secret };
    },

    update(author, input) {
      const { id, version, name } = parseInput(apiKeyUpdate, input);
      return commit(author, async (maker, route, at) => {
        const before = await getVisible(route.store, maker, id);
        if (before.version !== version) throw new ConflictError(id, before, apiKeys.name);
        if (before.name === name) return { changes: [], result: before };
        const after = { ...before, name, ...stampAfter(before, at) };
        await screened(route, apiKeys, before, after);
        return { changes: [put(apiKeys, 'UPDATE', after)], result: after };
      });
    },

    async rotate(author, input) {
      const { id, ...wanted } = parseInput(keyRotation, input);
      const secret = newKeySecret();
      const apiKey = await commit(author, async (maker, { store }, at) =>
        planRotation(store, maker, await getVisible(store, maker, id), wanted, { newId, secret, at }),
      );
      return { apiKey, secret };
    },

    async revoke(author, input) {
      const { id } = parseInput(keyRevocation, input);
      const revokedBy = author.principal?.keyId ?? author.principal?.userId ?? 'local';
      const { apiKey, others } = await revokeFamily(author, id, revokedBy);
      const all = [...others];
      // Another process may have made a key just before this commit. After it none can, with what has ended.
      for (;;) {
        const missed = await revokeFamily(withoutPrincipal(author), id, revokedBy);
        if (missed.others.length === 0) return { apiKey, others: all };
        all.push(...missed.others);
      }
    },

    async get(principal, ids) {
      const found = await catalog.collection(apiKeys).get(ids);
      const visible = await seen(principal);
      return found.map((key) => (key && visible.includes(key) ? key : null));
    },

    async seenBy(principal) {
      return createKeyList(catalog, await seen(principal), time);
    },

    async seenAmong(principal, keys) {
      const visible = await seen(principal);
      return new Set(keys.filter(visible.includes).map(({ id }) => id));
    },

    async disabledOf(keys) {
      const owned = keys.filter(({ ownerId }) => ownerId !== null);
      const found = await catalog.collection(users).get(owned.map(({ ownerId }) => ownerId!));
      const isOut = (user: User | null | undefined) => !user || user.deletedAt !== null || user.disabledAt !== null;
      return new Set(owned.flatMap(({ id }, index) => (isOut(found[index]) ? [id] : [])));
    },
  };
}

async function getVisible(store: Store, maker: Maker, id: string): Promise<ApiKey> {
  const [key] = await store.collection(apiKeys).get([id]);
  if (!key || !(await visibleTo(store, maker)).includes(key)) throw new NotFoundError(id);
  return key;
}
