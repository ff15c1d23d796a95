import type { z } from 'zod';
import type { ApiKey } from '../../domain/access/api-key.js';
import { cantBeUsed, lacksPermission } from '../../domain/access/errors.js';
import { hashOf } from '../../domain/access/key-format.js';
import { endingOf } from '../../domain/access/secret.js';
import { AlreadyExistsError, InvalidInputError, NotFoundError } from '../../domain/errors.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { newBase } from '../../domain/record.js';
import { apiKeys, users } from '../../storage/account-collections.js';
import { projects } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import type { newApiKey } from '../input/api-key.js';
import { screened } from '../people/records.js';
import { findByExternalId } from '../records/queries.js';
import { type Plan, put } from '../records/transaction.js';
import type { ScreenedRoute } from '../records/write-screen.js';
import { type KeyLimits, requireMaking, requireOwn, requireWithin } from './limits.js';
import { administersKeys, checksOf, findPerson, type Maker, type Person } from './maker.js';
import { visibleTo } from './visible.js';

/** What a new key is made of. */
export interface Making {
  readonly newId: IdGenerator;
  readonly secret: string;
  /** The time of the commit. */
  readonly at: string;
}

type Wanted = z.output<typeof newApiKey>;

/** Plans the creation of a key. @throws as `KeyService.create` */
export async function planKey(
  route: ScreenedRoute,
  maker: Maker,
  wanted: Wanted,
  making: Making,
): Promise<Plan<ApiKey>> {
  const { store } = route;
  const owner = await ownerOf(store, maker, wanted);
  requireMaking(maker, owner);
  requireFuture(wanted.expiresAt, making.at);
  const limits = limitsOf(maker, wanted, owner);
  requireOwn(maker, wanted.permissions, wanted.projectIds ?? [], wanted.level);
  requireWithin(maker, owner, limits);
  await requireProjects(store, wanted.projectIds ?? []);
  await requireNewExternalId(store, maker, wanted.externalId);

  const { principal } = maker;
  const apiKey: ApiKey = {
    ...newBase(making.newId('apiKey', CATALOG_KEY), making.at, wanted.externalId),
    ...secretOf(making),
    ...limits,
    name: wanted.name,
    ownerId: owner?.user.id ?? null,
    createdById: principal.keyId ?? principal.userId,
    revokedAt: null,
    revokedBy: null,
    replacedById: null,
  };
  const checks = checksOf([maker.person, owner], [maker.key], []);
  await screened(route, apiKeys, null, apiKey);
  return { changes: [...checks, put(apiKeys, 'CREATE', apiKey)], result: apiKey };
}

/** What is kept of a key's secret. */
export function secretOf({ secret }: Making): Pick<ApiKey, 'scheme' | 'hash' | 'ending'> {
  return { scheme: 'sha256', hash: hashOf(secret), ending: endingOf(secret) };
}

/** @throws InvalidInputError */
export function requireFuture(expiresAt: string | undefined, at: string): void {
  if (expiresAt === undefined || expiresAt > at) return;
  throw new InvalidInputError('`expiresAt` has passed.', 'Give a later time, or leave it out.', 'expiresAt');
}

/** Left out, what limits the key that makes it limits the new one, too. */
function limitsOf({ key }: Maker, wanted: Wanted, owner: Person | null): KeyLimits {
  if (owner === null && wanted.allPermissions) {
    throw new InvalidInputError(
      'A service key has no owner whose permissions it could have.',
      'Name its permissions in `permissions`, or give it an owner.',
      'allPermissions',
    );
  }
  if (wanted.allPermissions && wanted.permissions.length > 0) {
    throw new InvalidInputError(
      "`permissions` and `allPermissions` can't be used together.",
      'Pass one of them.',
      'allPermissions',
    );
  }
  return {
    level: wanted.level,
    permissions: wanted.allPermissions ? null : wanted.permissions,
    projectIds: wanted.projectIds ?? key?.projectIds ?? null,
    expiresAt: wanted.expiresAt ?? key?.expiresAt ?? null,
    perMinute: wanted.perMinute ?? key?.perMinute ?? null,
    allowedAddresses: wanted.allowedAddresses.length > 0 ? wanted.allowedAddresses : (key?.allowedAddresses ?? []),
  };
}

/** The owner of the new key; null for a service key. @throws NotFoundError, InvalidInputError */
async function ownerOf(store: Store, maker: Maker, { ownerId, isService }: Wanted): Promise<Person | null> {
  if (ownerId === undefined) return isService ? null : maker.person;
  if (isService) {
    throw new InvalidInputError(
      "`ownerId` and `isService` can't be used together: a service key has no owner.",
      'Pass one of them.',
      'isService',
    );
  }
  // Whether there is such a user, only those learn who may make keys for them.
  if (ownerId !== maker.principal.userId && !administersKeys(maker)) throw lacksPermission('keys:administer');
  return getOwner(store, ownerId);
}

/** A user who can use keys. @throws NotFoundError, InvalidInputError when they are disabled */
export async function getOwner(store: Store, ownerId: string): Promise<Person> {
  const person = await findPerson(store, ownerId);
  if (person) return person;
  const [user] = await store.collection(users).get([ownerId]);
  if (!user || user.deletedAt !== null) throw new NotFoundError(ownerId);
  throw new InvalidInputError(
    `The user ${ownerId} is disabled, and so are their keys.`,
    'Enable the user first, or make the key for another.',
    'ownerId',
  );
}

/** @throws NotFoundError for the first that isn't live */
async function requireProjects(store: Store, ids: readonly string[]): Promise<void> {
  const found = await store.collection(projects).get(ids);
  const missing = ids.find((_id, index) => !found[index] || found[index].deletedAt !== null);
  if (missing !== undefined) throw new NotFoundError(missing);
}

/** @throws AlreadyExistsError; InvalidInputError, which names no key, for one that the maker doesn't see */
async function requireNewExternalId(store: Store, maker: Maker, externalId: string | undefined): Promise<void> {
  const known = externalId === undefined ? null : await findByExternalId(store, apiKeys, externalId);
  if (!known) return;
  if (!(await visibleTo(store, maker)).includes(known)) throw cantBeUsed('externalId');
  throw new AlreadyExistsError(
    `\`externalId\` belongs to the API key ${known.id}. A key is shown only once, so it isn't returned again.`,
    'Rotate that key if its secret is lost, or give the new one another `externalId`.',
    known.id,
    ['externalId'],
    false,
  );
}
