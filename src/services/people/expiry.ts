import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { CATALOG_KEY } from '../../domain/id.js';
import type { RecordBase } from '../../domain/record.js';
import { apiKeys, grants, keyUse, outsideKeys, roles, secrets, users } from '../../storage/account-collections.js';
import { accounts, oauthConsents, passkeys, twoFactors } from '../../storage/sign-in-collections.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import { listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { remove, type Transact } from '../records/transaction.js';
import { endWaysIn } from '../sign-in/endings.js';

/** Users, roles and grants in one commit: each user takes with them what is theirs. */
const BATCH = 20;

/**
 * Purges users, roles and grants that were deleted before a time. With a user go their access, their keys and what these were
 * used for, the outside keys that were kept for them, and all with which they signed in or let programs in.
 * @returns how many records were purged
 */
export async function purgeExpiredAccounts(
  author: Author,
  router: Router,
  transact: Transact,
  before: string,
): Promise<number> {
  const purge = <T extends RecordBase>(
    spec: CollectionSpec<T>,
    related: (store: Store, records: readonly T[]) => Promise<readonly Change[]>,
  ) => purgeExpired(author, router, transact, spec, before, related);
  return (
    (await purge(users, ofUsers)) +
    (await purge(roles, (store, all) => removalsBy(store, grants, 'subjectId', idsOf(all)))) +
    (await purge(grants, async () => []))
  );
}

async function purgeExpired<T extends RecordBase>(
  author: Author,
  router: Router,
  transact: Transact,
  spec: CollectionSpec<T>,
  before: string,
  related: (store: Store, records: readonly T[]) => Promise<readonly Change[]>,
): Promise<number> {
  for (let purged = 0; ; ) {
    const batch = await transact(
      author,
      () => router.toCatalog(CATALOG_KEY),
      async ({ store }) => {
        const { items, hasMore } = await store.collection(spec).list({
          where: [{ field: 'deletedAt', lt: before }],
          deleted: 'ONLY',
          order: { field: 'deletedAt', direction: 'ASC' },
          limit: BATCH,
        });
        const changes = [...(await related(store, items)), ...items.map((each) => remove(spec, each))];
        return { changes, result: { count: changes.length, hasMore } };
      },
    );
    purged += batch.count;
    if (!batch.hasMore) return purged;
  }
}

/** The changes that remove what belongs to these users. */
async function ofUsers(store: Store, all: readonly User[]): Promise<readonly Change[]> {
  const userIds = idsOf(all);
  const keys = await findBy(store, apiKeys, 'ownerId', userIds);
  const outside = await findBy(store, outsideKeys, 'userId', userIds);
  const names = outside.map(({ secretName }) => secretName);
  const waysIn = await Promise.all(userIds.map((id) => endWaysIn(store, id)));
  return [
    ...waysIn.flat(),
    ...(await removalsBy(store, accounts, 'userId', userIds)),
    ...(await removalsBy(store, passkeys, 'userId', userIds)),
    ...(await removalsBy(store, twoFactors, 'userId', userIds)),
    ...(await removalsBy(store, oauthConsents, 'userId', userIds)),
    ...(await removalsBy(store, grants, 'subjectId', [...userIds, ...idsOf(keys)])),
    ...(await removalsBy(store, keyUse, 'keyId', idsOf(keys))),
    ...(await removalsBy(store, secrets, 'name', names)),
    ...keys.map((key) => remove(apiKeys, key)),
    ...outside.map((key) => remove(outsideKeys, key)),
  ];
}

/** The records, deleted ones included, whose field has one of the values. */
async function findBy<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  field: keyof T & string,
  values: readonly string[],
): Promise<readonly T[]> {
  if (values.length === 0) return [];
  return listAll(store, spec, { where: [{ field, in: values }], deleted: 'INCLUDE', field: 'createdAt' as never });
}

async function removalsBy<T extends RecordBase>(
  store: Store,
  spec: CollectionSpec<T>,
  field: keyof T & string,
  values: readonly string[],
): Promise<readonly Change[]> {
  return (await findBy(store, spec, field, values)).map((each) => remove(spec, each));
}

const idsOf = (records: readonly RecordBase[]): string[] => records.map(({ id }) => id);
