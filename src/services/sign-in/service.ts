import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { NotFoundError } from '../../domain/errors.js';
import { idOf } from '../../domain/fields/common.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY } from '../../domain/id.js';
import type { SignIn } from '../../domain/sign-in/records.js';
import { createRepository, type Repository } from '../../repositories/repository.js';
import { users } from '../../storage/account-collections.js';
import { signIns } from '../../storage/sign-in-collections.js';
import type { Store } from '../../storage/store.js';
import { getOwn } from '../people/own.js';
import { getLive } from '../people/records.js';
import { requirePermission, requireRightsOf } from '../people/rights.js';
import type { Router } from '../records/store-router.js';
import { remove, type Transact } from '../records/transaction.js';
import { endSignIns } from './endings.js';

/** Where people are signed in. They see and end their own; others' with `users:administer`, and all rights that these have. */
export interface SignInService {
  /** Those of a user. */
  of(author: Author, userId: string | null): Promise<Repository<SignIn, object>>;
  /** Ends one: at once, wherever it is used. @throws NotFoundError */
  end(author: Author, input: { readonly id: string }): Promise<SignIn>;
  /** Ends all of a user's but the one that is used for it. @param input - left out, the author's own. @returns how many */
  endOthers(author: Author, input: { readonly userId?: string | undefined }): Promise<number>;
}

export function createSignInService(catalog: Store, router: Router, transact: Transact): SignInService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  /** The user, whose sign-ins the author may end. @throws ForbiddenError, NotFoundError */
  async function getUser(store: Store, author: Author, userId: string): Promise<User> {
    if (author.principal?.userId === userId) return getOwn(store, author);
    requirePermission(author, 'users:administer');
    const user = await getLive(store, users, parseInput(idOf('user'), userId, 'userId'));
    await requireRightsOf(store, author, user);
    return user;
  }

  return {
    async of(author, userId) {
      const id = userId === null ? (await getOwn(catalog, author)).id : parseInput(idOf('user'), userId, 'userId');
      if (author.principal?.userId !== id) requirePermission(author, 'users:administer');
      await getLive(catalog, users, id);
      return createRepository<SignIn, object>(catalog, signIns, () => [{ field: 'userId', is: id }]);
    },

    async end(author, input) {
      const id = parseInput(idOf('signIn'), input.id, 'id');
      return transact(author, inCatalog, async ({ store }) => {
        const [found] = await store.collection(signIns).get([id]);
        const isOwn = found && author.principal?.userId === found.userId;
        // Who may not end it isn't told that there is one.
        const isKnown = found && (isOwn || !author.principal || author.principal.permissions.has('users:administer'));
        if (!isKnown) throw new NotFoundError(id);
        await getUser(store, author, found.userId);
        return { changes: [remove(signIns, found)], result: found };
      });
    },

    endOthers: async (author, { userId }) =>
      transact(author, inCatalog, async ({ store }) => {
        const { id } = userId === undefined ? await getOwn(store, author) : await getUser(store, author, userId);
        const changes = await endSignIns(store, id, author.principal?.signInId);
        return { changes, result: changes.length };
      }),
  };
}
