import { ForbiddenError } from '../../domain/access/errors.js';
import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { ConflictError, InvalidInputError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { users } from '../../storage/account-collections.js';
import { accounts, signIns } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { linkUse, passwordChange, passwordReset } from '../input/passwords.js';
import { planUser } from '../people/creation.js';
import { getOwn } from '../people/own.js';
import { getLive } from '../people/records.js';
import { requirePermission, requireRightsOf } from '../people/rights.js';
import type { Router } from '../records/store-router.js';
import { check, put, type Transact } from '../records/transaction.js';
import { endSignIns } from '../sign-in/endings.js';
import { findPassword, forgetPassword, passwordRecord } from './accounts.js';
import type { CheckPassword } from './check.js';
import type { MailLink, PasswordService, WithLink } from './contract.js';
import { LinkError } from './errors.js';
import type { PasswordHashing } from './hashing.js';
import { findLink, linksOf, planLink } from './link-records.js';

/** How long after signing in somebody may do what a password would be asked for, in milliseconds. */
const FRESH_MS = 10 * 60_000;

export interface PasswordParts {
  readonly catalog: Store;
  readonly hashing: PasswordHashing;
  readonly checkPassword: CheckPassword;
  /** Left out: no link is mailed. */
  readonly mailLink?: MailLink | undefined;
  readonly newId: IdGenerator;
  readonly now: () => number;
}

export function createPasswordService(
  { catalog, hashing, checkPassword, mailLink, newId, now }: PasswordParts,
  router: Router,
  transact: Transact,
): PasswordService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);
  const time = () => new Date(now()).toISOString();

  /** The changes that give a user a password, and end what was proven by the old one. @param except a sign-in that stays */
  async function planPassword(store: Store, user: User, hash: string, at: string, except?: string) {
    return [
      // Deleted or disabled meanwhile, they get none.
      check(users, user),
      ...forgetPassword(await findPassword(store, user.id)),
      put(accounts, 'CREATE', passwordRecord(newId, at, user.id, hash)),
      ...(await endSignIns(store, user.id, except)),
      ...(await linksOf(store, user.id)).map(({ remove }) => remove),
    ] satisfies readonly Change[];
  }

  /** Says no unless the author has proven lately who they are: by signing in at a browser. */
  async function requireFresh({ principal }: Author): Promise<void> {
    const [signIn] = principal?.signInId ? await catalog.collection(signIns).get([principal.signInId]) : [];
    if (signIn && Date.parse(signIn.createdAt) > now() - FRESH_MS) return;
    throw new ForbiddenError(
      'You have no password yet, and have not just signed in.',
      'Sign in again, or ask an administrator for a link to set one.',
    );
  }

  /**
   * Plans a link that an author makes for a user: a short one, if they have a password already.
   * @throws ForbiddenError, InvalidInputError
   */
  async function planLinkOf(store: Store, author: Author, user: User, at: string) {
    // With it, a key would be enough to take over its owner's way to sign in.
    if (author.principal?.userId === user.id) throw FOR_ONESELF;
    await requireRightsOf(store, author, user);
    if (user.disabledAt !== null) throw disabled(user);
    const kind = (await findPassword(store, user.id)) ? 'RESET' : 'INVITATION';
    return planLink(store, newId, at, { userId: user.id, kind });
  }

  /** Mails a link once it counts. */
  async function mailed(made: Omit<WithLink, 'isMailed'>): Promise<WithLink> {
    return { ...made, isMailed: (await mailLink?.(made.user, made.link)) ?? false };
  }

  return {
    async set(author, input) {
      const user = await getOwn(catalog, author);
      const { newPassword, currentPassword } = parseInput(passwordChange, input);
      requireAnother(user, newPassword);
      const known = await findPassword(catalog, user.id);
      if (known) await checkPassword(known, currentPassword);
      else await requireFresh(author);
      const hash = await hashing.hash(newPassword);
      return transact(author, inCatalog, async ({ store }, at) => {
        const current = await getOwn(store, author);
        const before = await findPassword(store, user.id);
        if (before?.id !== known?.id) throw new ConflictError(user.id, null, accounts.name);
        const changes = await planPassword(store, current, hash, at, author.principal?.signInId);
        return { changes, result: current };
      });
    },

    async setByLink(author, input) {
      const { token, newPassword } = parseInput(linkUse, input);
      const found = await findLink(catalog, token, time());
      if (!found) throw new LinkError();
      requireAnother(await activeUser(catalog, found.userId), newPassword);
      const hash = await hashing.hash(newPassword);
      return transact(author, inCatalog, async ({ store }, at) => {
        const link = await findLink(store, token, at);
        if (!link) throw new LinkError();
        const user = await activeUser(store, link.userId);
        return { changes: await planPassword(store, user, hash, at), result: user };
      });
    },

    async findLink(token) {
      const link = await findLink(catalog, token, time());
      if (!link) return null;
      const user = await findActiveUser(catalog, link.userId);
      return user && { user, kind: link.kind };
    },

    async invite(author, input) {
      const plan = planUser(newId, author, input);
      const made = await transact(author, inCatalog, async (route, at) => {
        const { changes, result: user } = await plan(route, at);
        const planned = await planLinkOf(route.store, author, user, at);
        // Who was there already must still be as they were.
        const also = changes.length === 0 ? [check(users, user)] : changes;
        return { changes: [...also, ...planned.changes], result: { user, link: planned.link } };
      });
      return mailed(made);
    },

    async reset(author, input) {
      const { userId } = parseInput(passwordReset, input);
      requirePermission(author, 'users:administer');
      const made = await transact(author, inCatalog, async ({ store }, at) => {
        const user = await getLive(store, users, userId);
        const { changes, link } = await planLinkOf(store, author, user, at);
        return { changes: [check(users, user), ...changes], result: { user, link } };
      });
      return mailed(made);
    },

    has: async (userId) => (await findPassword(catalog, userId)) !== null,
  };
}

async function findActiveUser(store: Store, id: string): Promise<User | null> {
  const [user] = await store.collection(users).get([id]);
  return user && user.deletedAt === null && user.disabledAt === null ? user : null;
}

/** @throws LinkError */
async function activeUser(store: Store, id: string): Promise<User> {
  const user = await findActiveUser(store, id);
  if (!user) throw new LinkError();
  return user;
}

/** @throws InvalidInputError when the password is the user's email */
function requireAnother({ email }: User, password: string): void {
  if (password.trim().toLowerCase() !== email) return;
  throw new InvalidInputError('newPassword is your email.', 'Give another, that nobody guesses.', 'newPassword');
}

const FOR_ONESELF = new ForbiddenError(
  'A link for yourself would set your password without the current one.',
  'Use `setPassword` with your current password. Without it, ask another administrator, or the owner of the machine, for a link.',
);

function disabled({ email, id }: User): InvalidInputError {
  return new InvalidInputError(
    `The user ${email ?? id} is disabled, so a link would let them in nowhere.`,
    'Enable them first, with `enableUser`.',
    'userId',
  );
}
