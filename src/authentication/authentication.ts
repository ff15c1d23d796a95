import type { Services } from '../services/services.js';
import type { Store } from '../storage/store.js';
import { INSTANCE } from '../util/instance.js';
import { type AuthenticatorOfCatalog, createAuthenticator, type OpenMode } from './authenticator.js';
import type { Admission, Links, OnRefused, ProgramKeys, SetUp } from './contract.js';
import type { SignInCookie } from './cookie.js';
import { createLinks } from './links.js';
import { createOwnerTokens } from './owner-tokens.js';
import { createProgramKeys } from './program-keys.js';
import { createSetUp } from './set-up.js';
import { createSetupToken } from './setup-token.js';

/** All that tells who sends requests, over a catalog. */
export interface Authentication {
  readonly authenticator: AuthenticatorOfCatalog;
  readonly setUp: SetUp;
  readonly links: Links;
  readonly programKeys: ProgramKeys;
  /** Who gets in now. @throws StoreError */
  admission(): Promise<Admission>;
}

export interface AuthenticationOptions {
  /** The catalog's. */
  readonly store: Store;
  /** The data directory's. */
  readonly secret: Buffer;
  readonly openMode: OpenMode;
  /** Of who is signed in. Left out: nobody is. */
  readonly cookie?: SignInCookie | undefined;
  readonly services: Pick<Services, 'keyUse' | 'users' | 'passwords' | 'attempts' | 'keys' | 'signIns'>;
  /** For the audit. Left out: nothing is noted. */
  readonly onRefused?: OnRefused | undefined;
}

export function createAuthentication({
  store,
  secret,
  openMode,
  cookie,
  services,
  onRefused,
}: AuthenticationOptions): Authentication {
  const ownerTokens = createOwnerTokens(secret, INSTANCE, Date.now);
  const authenticator = createAuthenticator({ store, ownerTokens, openMode, use: services.keyUse, cookie, onRefused });
  const { hasUsers } = authenticator;
  const token = createSetupToken(secret);
  return {
    authenticator,
    setUp: createSetUp({ token, hasUsers, createFirst: services.users.createFirst, onRefused }),
    links: createLinks(services.passwords, services.attempts),
    programKeys: createProgramKeys(store, services.keys, services.signIns, services.attempts),
    async admission() {
      if (await hasUsers()) return { kind: 'CREDENTIALS' };
      return openMode.isOpen ? { kind: 'OPEN' } : { kind: 'LOCKED', setupToken: token.text };
    },
  };
}
