import type { Author } from '../../domain/author.js';
import { CATALOG_KEY } from '../../domain/id.js';
import type { RecordBase } from '../../domain/record.js';
import type { OAuthClient } from '../../domain/sign-in/records.js';
import {
  deviceCodes,
  oauthAccessTokens,
  oauthClientAssertions,
  oauthClientResources,
  oauthClients,
  oauthConsents,
  oauthRefreshTokens,
  signIns,
  verifications,
} from '../../storage/sign-in-collections.js';
import type { Change, CollectionSpec, Condition, Store } from '../../storage/store.js';
import { isOneOf, listAll } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { remove, type Transact } from '../records/transaction.js';

/** Records in one commit: it is fast, and blocks no other writers for long. */
const BATCH = 500;
/** A program that nobody has let in for so long was only tried out, or is a stranger's; in milliseconds. */
const UNUSED_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes what has expired of signing in, for good, and programs that registered and that no user let in.
 * @param now - in milliseconds since 1970
 * @returns how many records were removed
 */
export async function removeExpiredSignIns(
  author: Author,
  router: Router,
  transact: Transact,
  now: number,
): Promise<number> {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  /** @param due the changes that remove those of a batch that are to go */
  async function removeAll<T extends RecordBase>(
    spec: CollectionSpec<T>,
    condition: Condition & { readonly field: keyof T & string },
    due: (store: Store, batch: readonly T[]) => Promise<readonly Change[]>,
  ): Promise<number> {
    const order = { field: condition.field, direction: 'ASC' } as const;
    let after: { readonly value: string; readonly id: string } | null = null;
    for (let removed = 0; ; ) {
      const from = after;
      const batch = await transact(author, inCatalog, async ({ store }) => {
        const page = await store
          .collection(spec)
          .list({ where: [condition], deleted: 'INCLUDE', order, after: from, limit: BATCH });
        return { changes: await due(store, page.items), result: page };
      });
      removed += batch.items.length;
      const last = batch.items.at(-1);
      if (!batch.hasMore || !last) return removed;
      after = { value: String(last[condition.field]), id: last.id };
    }
  }

  const at = (ms: number) => new Date(ms).toISOString();
  const expired = <T extends RecordBase & { readonly expiresAt: string }>(spec: CollectionSpec<T>) =>
    removeAll(spec, { field: 'expiresAt', lt: at(now) }, async (_, batch) => batch.map((each) => remove(spec, each)));
  let removed = (await expired(signIns)) + (await expired(verifications)) + (await expired(deviceCodes));
  removed += (await expired(oauthRefreshTokens)) + (await expired(oauthAccessTokens));
  removed += await expired(oauthClientAssertions);
  await removeAll(oauthClients, { field: 'createdAt', lt: at(now - UNUSED_MS) }, async (store, batch) => {
    const unused = await withoutConsents(store, batch);
    removed += unused.length;
    const resources = await findBy(store, oauthClientResources, unused);
    return [
      ...resources.map((each) => remove(oauthClientResources, each)),
      ...unused.map((each) => remove(oauthClients, each)),
    ];
  });
  return removed;
}

async function withoutConsents(store: Store, programs: readonly OAuthClient[]): Promise<readonly OAuthClient[]> {
  const used = new Set((await findBy(store, oauthConsents, programs)).map(({ clientId }) => clientId));
  return programs.filter(({ clientId }) => !used.has(clientId));
}

/** What there is for these programs, and isn't deleted. */
async function findBy<T extends RecordBase & { readonly clientId: string }>(
  store: Store,
  spec: CollectionSpec<T>,
  programs: readonly OAuthClient[],
): Promise<readonly T[]> {
  if (programs.length === 0) return [];
  const ids = programs.map(({ clientId }) => clientId);
  return listAll(store, spec, { where: [isOneOf('clientId', ids)], deleted: 'EXCLUDE', field: 'clientId' as never });
}
