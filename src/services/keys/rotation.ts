import type { z } from 'zod';
import { type ApiKey, statusOf } from '../../domain/access/api-key.js';
import type { Grant } from '../../domain/access/grant.js';
import { ConflictError } from '../../domain/errors.js';
import { CATALOG_KEY } from '../../domain/id.js';
import { newBase, stampAfter } from '../../domain/record.js';
import { apiKeys, grants } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import type { keyRotation } from '../input/api-key.js';
import { listAll } from '../records/queries.js';
import { check, type Plan, put } from '../records/transaction.js';
import { getOwner, type Making, requireFuture, secretOf } from './creation.js';
import { requireMaking, requireWithin, requireWithinKey } from './limits.js';
import { checksOf, type Maker } from './maker.js';

const HOUR_MS = 3_600_000;

/** Plans a key that replaces another after a while. The result is the new one. @throws as `KeyService.rotate` */
export async function planRotation(
  store: Store,
  maker: Maker,
  before: ApiKey,
  { overlapHours, expiresAt }: Omit<z.output<typeof keyRotation>, 'id'>,
  making: Making,
): Promise<Plan<ApiKey>> {
  const { newId, at } = making;
  requireCurrent(before, at);
  requireFuture(expiresAt, at);
  const owner = before.ownerId === null ? null : await getOwner(store, before.ownerId);
  const granted = await grantsTo(store, before);
  const { redactions: _, ...limited } = before;
  const after: ApiKey = {
    ...limited,
    ...newBase(newId('apiKey', CATALOG_KEY), at),
    ...secretOf(making),
    expiresAt: expiresAt ?? before.expiresAt,
  };
  if (maker.key?.id === before.id) {
    requireWithinKey(maker.key, after);
  } else {
    requireMaking(maker, owner);
    requireWithin(maker, owner, after, granted);
  }

  const last = new Date(Date.parse(at) + overlapHours * HOUR_MS).toISOString();
  const ends = before.expiresAt !== null && before.expiresAt < last ? before.expiresAt : last;
  const replaced: ApiKey = { ...before, replacedById: after.id, expiresAt: ends, ...stampAfter(before, at) };
  const copies = granted.map(
    (grant): Grant => ({ ...grant, ...newBase(newId('grant', CATALOG_KEY), at), subjectId: after.id }),
  );
  const changes = [
    ...checksOf([maker.person, owner], [maker.key], [before.id]),
    // A grant that ends meanwhile isn't given to the new key.
    ...granted.map((grant) => check(grants, grant)),
    put(apiKeys, 'UPDATE', replaced),
    put(apiKeys, 'CREATE', after),
    ...copies.map((grant) => put(grants, 'CREATE', grant)),
  ];
  return { changes, result: after };
}

function grantsTo(store: Store, { id }: ApiKey): Promise<readonly Grant[]> {
  const where = [{ field: 'subjectId', is: id }];
  return listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'createdAt' });
}

/** @throws ConflictError */
function requireCurrent(key: ApiKey, at: string): void {
  const refuse = (message: string, hint: string) => new ConflictError(key.id, key, apiKeys.name, message, hint);
  const status = statusOf(key, at);
  if (status === 'REVOKED') {
    throw refuse(`The API key ${key.id} was revoked at ${key.revokedAt}.`, 'Create another key.');
  }
  if (key.replacedById !== null) {
    throw refuse(
      `The API key ${key.id} was rotated already: ${key.replacedById} replaces it.`,
      'Use that key, or rotate it in turn.',
    );
  }
  if (status === 'EXPIRED') {
    throw refuse(`The API key ${key.id} expired at ${key.expiresAt}.`, 'Create another key.');
  }
}
