import { networkOf, plainAddress } from '../domain/access/addresses.js';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from '../domain/access/errors.js';
import { hashOf, isKeyForm } from '../domain/access/key-format.js';
import { createEnding, localPrincipal, type Principal, requireLasting } from '../domain/access/principal.js';
import { OWNER_PREFIX } from '../endpoint/owner-token.js';
import type { KeyUseService } from '../services/keys/use.js';
import { storedToken } from '../storage/sign-in-collections.js';
import type { Store } from '../storage/store.js';
import { nextTurn } from '../util/async.js';
import { createMutex } from '../util/mutex.js';
import { createAccountsWatch } from './accounts-watch.js';
import type { Authenticator, OnRefused, Sender } from './contract.js';
import { type SignInCookie, tokenIn } from './cookie.js';
import { keysIn, NO_KEY, type ValidKey } from './key-records.js';
import { createKnownCredentials, type Known, type KnownCredentials, RefusedError, type Valid } from './known.js';
import { createOpenAccess } from './open-access.js';
import type { OwnerTokens } from './owner-tokens.js';
import { createPrograms } from './programs/programs.js';
import { isTokenForm, isUnknownToken, STRAY_TOKEN } from './programs/verify.js';
import { createRateLimit } from './rate-limit.js';
import { signInsIn } from './sign-ins.js';

/** Who gets in while there are no users. */
export interface OpenMode {
  /** Whether everyone may do everything; else nobody may do anything until there is an administrator. */
  readonly isOpen: boolean;
  /** Whether requests may come through a proxy, which lets others in than those who can connect. */
  readonly allowsProxies: boolean;
}

export interface AuthenticatorOptions {
  /** The catalog's. */
  readonly store: Store;
  readonly ownerTokens: OwnerTokens;
  readonly openMode: OpenMode;
  readonly use: Pick<KeyUseService, 'count'>;
  /** The cookie of who is signed in. Left out: nobody is. */
  readonly cookie?: SignInCookie | undefined;
  /** Called with each credential that is refused, for the audit. Left out: nothing is. */
  readonly onRefused?: OnRefused | undefined;
  /** In milliseconds since 1970. Left out: the system's. */
  readonly now?: () => number;
  /** In milliseconds, monotonic. Left out: the system's. */
  readonly clock?: () => number;
}

/** The authenticator of a server, and what its services and its start need of it. */
export interface AuthenticatorOfCatalog extends Authenticator {
  /** Counts a change of users, roles, grants or keys: to be called right after a commit of this process. */
  changed(): void;
  /** Whether there are users. @throws StoreError */
  hasUsers(): boolean | Promise<boolean>;
}

/** Refused credentials of one address that are answered in full, in a minute. */
const REFUSED_PER_MINUTE = 20;
/** How often what runs for principals is checked without a request, in milliseconds. */
const CHECK_MS = 1_000;

/**
 * Tells who sends requests, by a catalog's records. What is known is answered from memory, at most a second behind the catalog
 * whatever happens to the process; a valid credential is never refused because of others from the same address.
 */
export function createAuthenticator(options: AuthenticatorOptions): AuthenticatorOfCatalog {
  const { store, ownerTokens, openMode, use, cookie, onRefused = () => {}, now = Date.now, clock } = options;
  const watch = createAccountsWatch(store, clock);
  const keys = createKnownCredentials(keysIn(store), watch, now);
  const signedIn = createKnownCredentials(signInsIn(store), watch, now);
  const programs = createPrograms(store, watch, now);
  const open = createOpenAccess(store, watch);
  const limits = createRateLimit(clock);
  const refusals = createRateLimit(clock);
  const oneByOne = createMutex();
  const owner = localPrincipal('local', createEnding());

  const recheck = () => void Promise.all([keys.recheck(), signedIn.recheck(), programs.recheck(), open.recheck()]);
  watch.onChange(recheck);
  const checking = setInterval(recheck, CHECK_MS).unref();

  function authenticate(sender: Sender): Principal | Promise<Principal> {
    const { credential } = sender;
    const token = credential === null && cookie && sender.cookie ? tokenIn(sender.cookie, cookie) : null;
    if (token !== null) return ofSignIn(storedToken(token));
    if (credential === null) return whenKnown(open.hasUsers(), (hasUsers) => withoutCredential(sender, hasUsers));
    if (credential.startsWith(OWNER_PREFIX)) return ofOwner(credential, sender);
    if (isTokenForm(credential)) return ofToken(credential, sender);
    if (!isKeyForm(credential)) throw refused(NO_KEY, sender);
    return ofKey(hashOf(credential), sender);
  }

  function ofKey(hash: string, sender: Sender): Principal | Promise<Principal> {
    let known: Known<ValidKey> | null;
    try {
      known = keys.get(hash);
    } catch (error) {
      throw refused(error, sender);
    }
    if (known) return admit(known, sender);
    return readInTurn(keys, hash).then(
      (found) => admit(found, sender),
      (error: unknown) => {
        throw refused(error, sender);
      },
    );
  }

  /** Access tokens are for programs that users let in, at one address alone. */
  function ofToken(token: string, sender: Sender): Principal | Promise<Principal> {
    const { tokensFor: origin } = sender;
    if (origin === undefined) throw refused(STRAY_TOKEN, sender);
    return programs.known(token, origin) ?? readToken(token, origin, sender);
  }

  /** Only this server signs tokens, so one that is over is no attack: its bearer gets another. */
  async function readToken(token: string, origin: string, sender: Sender): Promise<Principal> {
    await oneByOne(nextTurn);
    try {
      return await programs.read(token, origin);
    } catch (error) {
      throw isUnknownToken(error) ? refused(error, sender) : error;
    }
  }

  /** Only this server signs cookies, so a sign-in that is over is no attack. */
  function ofSignIn(hash: string): Principal | Promise<Principal> {
    return signedIn.get(hash)?.principal ?? signedIn.read(hash).then(({ principal }) => principal);
  }

  /** One in each turn of the event loop: strangers with many keys never keep others waiting for more than one of them. */
  async function readInTurn<V extends Valid>(known: KnownCredentials<V>, hash: string): Promise<Known<V>> {
    await oneByOne(nextTurn);
    return known.read(hash);
  }

  /** A key may be used only from its addresses, and so often in a minute. */
  function admit({ valid: { key, addresses }, principal }: Known<ValidKey>, { address }: Sender): Principal {
    const from = plainAddress(address);
    if (addresses && !addresses.includes(from)) {
      use.count(key.id, from, 'refused');
      onRefused({ kind: 'CREDENTIAL_REFUSED', address: from, actor: key.id, detail: 'key from elsewhere' });
      throw wrongAddress(key.ending, from);
    }
    const wait = key.perMinute === null ? 0 : limits.take(key.id, key.perMinute);
    use.count(key.id, from, wait === 0 ? 'served' : 'refused');
    if (wait > 0) throw overLimit(key.ending, key.perMinute!, wait);
    return principal;
  }

  /** While there are no users and everyone gets in, what the owner's programs write is logged as before. */
  function ofOwner(token: string, sender: Sender): Principal | Promise<Principal> {
    if (!ownerTokens.use(token)) throw refused(WRONG_OWNER_TOKEN, sender);
    return whenKnown(open.hasUsers(), (hasUsers) => (hasUsers || !openMode.isOpen ? owner : open.everyone()));
  }

  function withoutCredential({ isForwarded }: Sender, hasUsers: boolean): Principal {
    if (hasUsers) throw NO_CREDENTIAL;
    if (!openMode.isOpen) throw SETUP_REQUIRED;
    if (isForwarded && !openMode.allowsProxies) throw FORWARDED;
    return open.everyone();
  }

  /** The error for a refused credential: after many from one address, that there were too many. */
  function refused(error: unknown, { address }: Sender): unknown {
    if (!(error instanceof UnauthenticatedError)) return error;
    const { detail, recordId } = error instanceof RefusedError ? error : OWNERS;
    onRefused({ kind: 'CREDENTIAL_REFUSED', address: plainAddress(address), actor: recordId ?? undefined, detail });
    const wait = refusals.take(networkOf(address), REFUSED_PER_MINUTE);
    return wait === 0 ? error : TOO_MANY_REFUSED[wait - 1];
  }

  return {
    authenticate,
    again(principal, sender) {
      requireLasting(principal);
      const known = keys.of(principal);
      if (known) admit(known, sender);
    },
    confirm(principal) {
      requireLasting(principal);
      if (principal === owner) return;
      const looked =
        principal.kind === 'LOCAL'
          ? open.hasUsers()
          : (keys.refresh(principal) ?? signedIn.refresh(principal) ?? programs.refresh(principal));
      if (looked instanceof Promise) return looked.then(() => requireLasting(principal));
      requireLasting(principal);
    },
    changed: watch.changed,
    hasUsers: open.hasUsers,
    async close() {
      clearInterval(checking);
      await watch.close();
    },
  };
}

function whenKnown<T>(value: boolean | Promise<boolean>, then: (value: boolean) => T): T | Promise<T> {
  return typeof value === 'boolean' ? then(value) : value.then(then);
}

const NO_CREDENTIAL = new UnauthenticatedError(
  'This server has users: every request needs a credential, and this one has none.',
  'Send an API key as `Authorization: Bearer mor_…`. On the machine itself, `mooring keys create` makes one.',
);

const SETUP_REQUIRED = new UnauthenticatedError(
  'This server has no users yet, and lets nobody in until it has an administrator.',
  'Create one with the token that the server prints at its start: POST it to /setup, or run `mooring admin create` on the machine itself.',
  'SETUP_REQUIRED',
);

const FORWARDED = new ForbiddenError(
  'The request came through a proxy, which may let others in than those on this machine; and this server has no users yet, so it would let them do everything.',
  'Create an administrator with `mooring admin create`: then requests through the proxy need a credential. If the proxy itself asks who they are, set MOORING_ALLOW_UNAUTHENTICATED=1.',
);

/** What the audit says of a refused token of the owner. */
const OWNERS = { detail: "owner's token", recordId: null };

const WRONG_OWNER_TOKEN = new UnauthenticatedError(
  "The token of the machine's owner isn't valid: it was used before, is over a minute old, or was signed for another server.",
  'Run the command again. It has to read the data directory of this very server.',
);

function wrongAddress(ending: string, address: string): ForbiddenError {
  return new ForbiddenError(
    `The API key that ends with ${ending} may not be used from ${address || 'an unknown address'}.`,
    "Use it from one of its addresses, or ask who manages it to add this one to the key's allowedAddresses.",
  );
}

function overLimit(ending: string, perMinute: number, wait: number): RateLimitedError {
  return new RateLimitedError(
    `The API key that ends with ${ending} may send ${perMinute} requests in a minute to each server, and has sent more.`,
    `Send the next one in ${wait} s.`,
    wait,
  );
}

/** By how long to wait, in seconds: at most until the next refusal is answered in full. Made once, as strangers may ask often. */
const TOO_MANY_REFUSED = Array.from(
  { length: 60 / REFUSED_PER_MINUTE },
  (_, second) =>
    new RateLimitedError(
      'Too many credentials from this address were refused within a minute, and this one is not valid either.',
      `Check the credential, and try again in ${second + 1} s.`,
      second + 1,
    ),
);
