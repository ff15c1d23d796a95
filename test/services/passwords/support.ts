import { createHash } from 'node:crypto';
import type { User } from '../../../src/domain/access/user.js';
import type { Author } from '../../../src/domain/author.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { newBase, type RecordBase } from '../../../src/domain/record.js';
import type { Account, DeviceCode, SignIn } from '../../../src/domain/sign-in/records.js';
import type { PasswordHashing } from '../../../src/services/passwords/hashing.js';
import {
  accounts,
  deviceCodes,
  oauthAccessTokens,
  oauthConsents,
  oauthRefreshTokens,
  passkeys,
  signIns,
  storedToken,
  twoFactors,
  verifications,
} from '../../../src/storage/sign-in-collections.js';
import type { CollectionSpec } from '../../../src/storage/store.js';
import { type PeopleBench, startPeople } from '../people/support.js';

/** Who comes with a link, and has no credential. */
export const stranger: Author = { actor: 'anonymous', requestId: 'request-2' };

export const OLD = 'canary-old-battery-staple';
export const NEW = 'canary-new-battery-staple';

/** Services with people who sign in at browsers. */
export interface PasswordBench extends PeopleBench {
  /** Somebody who has just signed in at a browser. */
  signedIn(user: User): Promise<Author & { readonly signIn: SignIn }>;
  /** A program that waits for a code to be approved by a user. */
  askForCode(user: User): Promise<DeviceCode>;
  /** A user who has set this password by an invitation. */
  userWithPassword(role: string, password?: string): Promise<User>;
  /** Gives a user a passkey, a second factor, and a program that they let in. */
  givenAll(user: User): Promise<void>;
  signInsOf(user: User): Promise<readonly SignIn[]>;
  accountsOf(user: User): Promise<readonly Account[]>;
  /** All that waits to be verified once, links among it. */
  countLinks(): Promise<number>;
}

const newId = createIdGenerator();

/** Hashes in no time, so that tests of what is done with hashes don't wait for them. */
export const quickHashing: PasswordHashing = {
  hash: async (password) => `quick:${createHash('sha256').update(password).digest('hex')}`,
  verify: async (hash, password) => hash === (await quickHashing.hash(password)),
};

export async function startPasswords(options: Parameters<typeof startPeople>[0] = {}): Promise<PasswordBench> {
  const bench = await startPeople({ hashing: quickHashing, ...options });
  const { catalog, services, clock } = bench;
  const at = () => new Date(clock.now).toISOString();
  const later = (ms: number) => new Date(clock.now + ms).toISOString();
  const all = async <T extends RecordBase>(spec: CollectionSpec<T>) => catalog.scan(spec, null, 1_000);
  const write = async <T extends RecordBase>(spec: CollectionSpec<T>, document: T): Promise<T> => {
    const context = { epoch: await catalog.epoch(), actor: 'test', requestId: 'test', at: at() };
    await catalog.commit([{ kind: 'put', collection: spec.name, operation: 'CREATE', document }], context);
    return document;
  };
  return {
    ...bench,
    async signedIn(user) {
      const id = newId('signIn', CATALOG_KEY);
      const signIn = await write(signIns, {
        ...newBase(id, at()),
        ...{ token: storedToken(id), userId: user.id, expiresAt: later(86_400_000), ipAddress: null, userAgent: null },
      });
      const author = await bench.as(user);
      return { ...author, principal: { ...author.principal!, signInId: id }, signIn };
    },
    askForCode: (user) => {
      const id = newId('deviceCode', CATALOG_KEY);
      return write(deviceCodes, {
        ...newBase(id, at()),
        ...{ deviceCode: id, userCode: id, userId: user.id, expiresAt: later(600_000), status: 'approved' },
      } as unknown as DeviceCode);
    },
    async userWithPassword(role, password = OLD) {
      const user = await bench.user(role);
      const { link } = await services.passwords.reset(MACHINE, { userId: user.id });
      await services.passwords.setByLink(stranger, { token: link.token, newPassword: password });
      return user;
    },
    async givenAll({ id: userId }) {
      const personal = [
        [passkeys, 'passkey', { credentialID: userId }],
        [twoFactors, 'twoFactor', { verified: true }],
        [oauthConsents, 'oauthConsent', { clientId: 'https://program.example/client', scopes: [] }],
        [oauthRefreshTokens, 'oauthRefreshToken', { token: `refresh ${userId}`, clientId: 'program' }],
        [oauthAccessTokens, 'oauthAccessToken', { token: `access ${userId}`, clientId: 'program' }],
      ] as const;
      for (const [spec, kind, content] of personal) {
        const record = { ...newBase(newId(kind, CATALOG_KEY), at()), userId, expiresAt: later(600_000), ...content };
        await write(spec as unknown as CollectionSpec<RecordBase>, record);
      }
    },
    signInsOf: async (user) => (await all(signIns)).filter(({ userId }) => userId === user.id),
    accountsOf: async (user) => (await all(accounts)).filter(({ userId }) => userId === user.id),
    countLinks: async () => (await all(verifications)).length,
  };
}

const MACHINE: Author = { actor: 'local', requestId: 'request-0' };
