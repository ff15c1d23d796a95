import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { NotFoundError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY } from '../../domain/id.js';
import { stampAfter } from '../../domain/record.js';
import type { OAuthClient, OAuthConsent } from '../../domain/sign-in/records.js';
import { createRepository, type Repository } from '../../repositories/repository.js';
import { users } from '../../storage/account-collections.js';
import { oauthClients, oauthConsents } from '../../storage/sign-in-collections.js';
import type { Store } from '../../storage/store.js';
import { getOwn } from '../people/own.js';
import { getLive } from '../people/records.js';
import { requirePermission, requireRightsOf } from '../people/rights.js';
import { findByValues } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';
import { endTokens } from './endings.js';

/** Programs that users let in. They see and stop their own; others' with `users:administer`, and all rights that these have. */
export interface ProgramService {
  /** What a user let in. @param userId null: the author */
  of(author: Author, userId: string | null): Promise<Repository<OAuthConsent, object>>;
  /** The programs of these ids, in their order; null for one that is gone. */
  clientsOf(clientIds: readonly string[]): Promise<readonly (OAuthClient | null)[]>;
  /** Stops one: at once, with all that it could get further access by. @throws NotFoundError */
  stop(author: Author, input: { readonly id: string }): Promise<OAuthConsent>;
}

export function createProgramService(catalog: Store, router: Router, transact: Transact): ProgramService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  /** The user, what of theirs the author may stop. @throws ForbiddenError, NotFoundError */
  async function getUser(store: Store, author: Author, userId: string): Promise<User> {
    if (author.principal?.userId === userId) return getOwn(store, author);
    requirePermission(author, 'users:administer');
    const user = await getLive(store, users, userId);
    await requireRightsOf(store, author, user);
    return user;
  }

  return {
    async of(author, userId) {
      const id = userId === null ? (await getOwn(catalog, author)).id : parseInput(idOf('user'), userId, 'userId');
      if (author.principal?.userId !== id) requirePermission(author, 'users:administer');
      await getLive(catalog, users, id);
      return createRepository<OAuthConsent, object>(catalog, oauthConsents, () => [{ field: 'userId', is: id }]);
    },

    async clientsOf(clientIds) {
      const found = await findByValues(catalog, oauthClients, 'clientId', [...new Set(clientIds)], 'EXCLUDE');
      return clientIds.map((id) => found.get(id) ?? null);
    },

    async stop(author, input) {
      const id = parseInput(idOf('oauthConsent'), input.id, 'id');
      return transact(author, inCatalog, async ({ store }, at) => {
        const [found] = await store.collection(oauthConsents).get([id]);
        const isOwn = found && author.principal?.userId === found.userId;
        // Who may not stop it isn't told that there is one.
        const isKnown = found && (isOwn || !author.principal || author.principal.permissions.has('users:administer'));
        if (!isKnown || found.deletedAt !== null) throw new NotFoundError(id);
        await getUser(store, author, found.userId);
        const stopped = { ...found, ...stampAfter(found, at), deletedAt: at };
        return {
          changes: [put(oauthConsents, 'DELETE', stopped), ...(await endTokens(store, found))],
          result: stopped,
        };
      });
    },
  };
}
