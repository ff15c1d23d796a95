import { ScopeError } from '../../domain/access/errors.js';
import { hashOf } from '../../domain/access/key-format.js';
import type { Principal } from '../../domain/access/principal.js';
import type { Store } from '../../storage/store.js';
import type { AccountsWatch } from '../accounts-watch.js';
import { createKnownCredentials } from '../known.js';
import { consentsIn, nameOf } from './consents.js';
import type { Token } from './token.js';
import { CLOCK_SKEW_S, createTokenVerifier, EXPIRED_TOKEN } from './verify.js';

/** Programs that users let in, by their access tokens. */
export interface Programs {
  /** The principal of a token; null: it must be verified first. @throws RefusedError, ScopeError */
  known(token: string, origin: string): Principal | null;
  /** The same, verified if need be. @throws RefusedError, ScopeError, StoreError */
  read(token: string, origin: string): Promise<Principal>;
  /** As that of `KnownCredentials`. */
  refresh(principal: Principal): undefined | Promise<unknown>;
  recheck(): Promise<void>;
}

/** Tokens whose signature isn't checked again. */
const MOST = 10_000;

/** Over a catalog's store. @param now in milliseconds since 1970 */
export function createPrograms(store: Store, watch: AccountsWatch, now: () => number): Programs {
  const verify = createTokenVerifier(store, now);
  const consents = createKnownCredentials(consentsIn(store), watch, now);
  const verified = new Map<string, Token>();

  function verifiedBefore(key: string): Token | null {
    const token = verified.get(key);
    if (!token) return null;
    if ((token.expiresAt + CLOCK_SKEW_S) * 1_000 > now()) return token;
    verified.delete(key);
    throw EXPIRED_TOKEN;
  }

  async function verifyOnce(key: string, text: string, origin: string): Promise<Token> {
    const before = verifiedBefore(key);
    if (before) return before;
    const token = await verify(text, origin);
    const [oldest] = verified.keys();
    if (verified.size >= MOST && oldest !== undefined) verified.delete(oldest);
    verified.set(key, token);
    return token;
  }

  const keyOf = (text: string, origin: string): string => `${hashOf(text)} ${origin}`;

  return {
    known(text, origin) {
      const token = verifiedBefore(keyOf(text, origin));
      if (!token) return null;
      requireScope(token);
      return consents.get(nameOf(token))?.principal ?? null;
    },
    async read(text, origin) {
      const token = await verifyOnce(keyOf(text, origin), text, origin);
      requireScope(token);
      return (await consents.read(nameOf(token))).principal;
    },
    refresh: consents.refresh,
    recheck: consents.recheck,
  };
}

/** @throws ScopeError */
function requireScope({ level }: Token): void {
  if (level === null) throw new ScopeError();
}
