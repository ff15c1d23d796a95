import type { Services } from '../services/services.js';
import type { Store } from '../storage/store.js';
import { INSTANCE } from '../util/instance.js';
import { type AuthenticatorOfCatalog, createAuthenticator, type OpenMode } from './authenticator.js';
import type { Admission, OnRefused, SetUp } from './contract.js';
import { createOwnerTokens } from './owner-tokens.js';
import { createSetUp } from './set-up.js';
import { createSetupToken } from './setup-token.js';

/** All that tells who sends requests, over a catalog. */
export interface Authentication {
  readonly authenticator: AuthenticatorOfCatalog;
  readonly setUp: SetUp;
  /** Who gets in now. @throws StoreError */
  admission(): Promise<Admission>;
}

export interface AuthenticationOptions {
  /** The catalog's. */
  readonly store: Store;
  /** The data directory's. */
  readonly secret: Buffer;
  readonly openMode: OpenMode;
  readonly services: Pick<Services, 'keyUse' | 'users'>;
  /** For the audit. Left out: nothing is noted. */
  readonly onRefused?: OnRefused | undefined;
}

export function createAuthentication({
  store,
  secret,
  openMode,
  services,
  onRefused,
}: AuthenticationOptions): Authentication {
  const ownerTokens = createOwnerTokens(secret, INSTANCE, Date.now);
  const authenticator = createAuthenticator({ store, ownerTokens, openMode, use: services.keyUse, onRefused });
  const { hasUsers } = authenticator;
  const token = createSetupToken(secret);
  return {
    authenticator,
    setUp: createSetUp({ token, hasUsers, createFirst: services.users.createFirst, onRefused }),
    async admission() {
      if (await hasUsers()) return { kind: 'CREDENTIALS' };
      return openMode.isOpen ? { kind: 'OPEN' } : { kind: 'LOCKED', setupToken: token.text };
    },
  };
}
