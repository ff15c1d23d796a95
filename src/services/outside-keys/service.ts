import { lacksPermission } from '../../domain/access/errors.js';
import { EVERY_USER, type OutsideKey } from '../../domain/access/outside-key.js';
import { may, type Principal } from '../../domain/access/principal.js';
import { endingOf } from '../../domain/access/secret.js';
import { InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { stampAfter } from '../../domain/record.js';
import { redact } from '../../screening/screen-record.js';
import { outsideKeys } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { newOutsideKey, outsideKeyChoice, outsideKeyDeletion } from '../input/outside-key.js';
import { checksOf, readMaker } from '../keys/maker.js';
import { listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, remove, type Transact } from '../records/transaction.js';
import type { SecretStore } from '../vault/contract.js';
import type { OutsideKeyService, OutsideKeySource } from './contract.js';
import { variableOf } from './environment.js';

/** Keys of one user, and shared ones: far more services than anybody uses. */
const MOST_KEYS = 100;

export interface OutsideKeyParts {
  readonly catalog: Store;
  readonly secrets: SecretStore;
  /** The keys of the environment, by the names of their variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly newId: IdGenerator;
}

export function createOutsideKeyService(
  { catalog, secrets, environment, newId }: OutsideKeyParts,
  router: Router,
  transact: Transact,
): OutsideKeyService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  const list = (userId: string): Promise<OutsideKey[]> =>
    listAll(catalog, outsideKeys, { where: [{ field: 'userId', is: userId }], deleted: 'EXCLUDE', field: 'provider' });

  async function find(userId: string, provider: string): Promise<OutsideKey | null> {
    return (await list(userId)).find((key) => key.provider === provider) ?? null;
  }

  /** The one that counts, with its value. A saved one that can't be opened counts as not set. */
  async function choose(userId: string | null, provider: string) {
    const owners: [OutsideKeySource, string | null][] = [
      ['USER', userId],
      ['SHARED', EVERY_USER],
    ];
    for (const [source, owner] of owners) {
      const key = owner === null ? null : await find(owner, provider);
      const value = key && (await secrets.read(key.secretName));
      if (key && value !== null) return { source, value, label: key.label, ending: key.ending };
    }
    const variable = variableOf(provider);
    const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
    return value === undefined ? null : { source: 'ENVIRONMENT' as const, value, label: variable, ending: null };
  }

  return {
    listOwn: async ({ userId }) => (userId === null ? [] : list(userId)),
    async listShared(principal) {
      requireAdministrator(principal);
      return list(EVERY_USER);
    },

    async choose(principal, named) {
      const { provider } = parseInput(outsideKeyChoice, { provider: named });
      const found = await choose(principal.userId, provider);
      if (!found) return null;
      const { source, label, ending } = found;
      const isTheirs = source === 'USER' || administers(principal);
      return { provider, source, label, ending: isTheirs ? ending : null };
    },

    async resolve(userId, named) {
      const { provider } = parseInput(outsideKeyChoice, { provider: named });
      const found = await choose(userId, provider);
      return found && { value: found.value, source: found.source };
    },

    isUsable: async ({ secretName }) => (await secrets.read(secretName)) !== null,

    async save(author, input) {
      const { provider, secret, label, shared } = parseInput(newOutsideKey, input);
      return transact(author, inCatalog, async (route, at) => {
        const maker = await readMaker(route.store, author.principal, at);
        const userId = ownerOf(maker.principal, shared);
        const kept = await list(userId);
        const before = kept.find((key) => key.provider === provider);
        if (!before && kept.length >= MOST_KEYS) throw tooMany(shared);
        const id = before?.id ?? newId('outsideKey', CATALOG_KEY);
        const said = label == null ? label : (redact(label).value as string);
        const key: OutsideKey = {
          ...{ id, userId, provider, deletedAt: null, externalId: null, createdAt: before?.createdAt ?? at },
          ...(before ? stampAfter(before, at) : { version: 1, updatedAt: at }),
          label: said === undefined ? (before?.label ?? null) : said,
          secretName: secretNameOf(id),
          ending: endingOf(secret) || null,
        };
        const changes = [
          ...checksOf([maker.person], [maker.key], []),
          put(outsideKeys, before ? 'UPDATE' : 'CREATE', key),
          ...(await secrets.plan(new Map([[key.secretName, secret]]), at)),
        ];
        return { changes, result: key };
      });
    },

    async delete(author, input) {
      const { id } = parseInput(outsideKeyDeletion, input);
      return transact(author, inCatalog, async (route, at) => {
        const { principal } = await readMaker(route.store, author.principal, at);
        const [key] = await catalog.collection(outsideKeys).get([id]);
        if (!key || (key.userId !== EVERY_USER && key.userId !== principal.userId)) throw notFound(id);
        ownerOf(principal, key.userId === EVERY_USER);
        const changes = [remove(outsideKeys, key), ...(await secrets.plan(new Map([[key.secretName, null]]), at))];
        return { changes, result: key };
      });
    },
  };
}

const secretNameOf = (id: string): string => `outside:${id}`;

const administers = (principal: Principal): boolean => may(principal, 'keys:administer');

function requireAdministrator(principal: Principal): void {
  if (!administers(principal)) throw lacksPermission('keys:administer');
}

/**
 * Whose key the caller changes. An agent's key may use its owner's keys, but changes them only as an administrator.
 * @throws ForbiddenError, InvalidInputError
 */
function ownerOf(principal: Principal, isShared: boolean): string {
  if (isShared || principal.kind === 'KEY' || principal.kind === 'PROGRAM') requireAdministrator(principal);
  if (isShared) return EVERY_USER;
  if (principal.userId !== null) return principal.userId;
  throw new InvalidInputError(
    'There is no user to keep the key for: the request was sent without the key of a user.',
    'Keep it for all users (`shared: true`, or --shared on the command line), or send the request with the key of a user.',
    'shared',
  );
}

function tooMany(isShared: boolean): InvalidInputError {
  const whose = isShared ? 'There are' : 'You have';
  return new InvalidInputError(
    `${whose} ${MOST_KEYS} keys of other services already.`,
    'Delete one that is unused first.',
    'provider',
  );
}

function notFound(id: string): NotFoundError {
  return new NotFoundError(
    id,
    `There is no key ${id}.`,
    'List them with `outsideKeys`, and those for all users with `outsideKeys(shared: true)`.',
  );
}
