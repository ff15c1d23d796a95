import type { Environment } from '../config/environment.js';
import type { Presence } from '../config/presence.js';
import { isOwnAddress } from './addresses.js';
import { CredentialsError } from './errors.js';
import { ownerToken } from './owner.js';
import { findCredentialsFile, readStoredKey } from './stored-keys.js';

/** A server's address, and what proves to it who asks. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly url: string;
  /**
   * The credential for the next request; null: none. Ask for each request: a token of the machine's owner is for one. Left out:
   * there is none. @throws CredentialsError
   */
  credential?(): Credential | null;
}

/** What proves who asks: an API key, or a token of the machine's owner. */
export interface Credential {
  readonly secret: string;
  /** `VARIABLE`: the key in `MOORING_API_KEY`. `FILE`: the stored key for this server. `OWNER`: a token. */
  readonly source: 'VARIABLE' | 'FILE' | 'OWNER';
}

/** A server that a client found, or that its user named. */
export interface KnownServer {
  readonly url: string;
  /** What it announced on this machine; null when only its address is known. */
  readonly presence: Pick<Presence, 'dataDirectory' | 'instance'> | null;
  /** Whether its user named the address, where nobody else could have written it. */
  readonly isNamed: boolean;
}

/**
 * The credential is the first of these that there is: the key in `MOORING_API_KEY`; the key that was stored for the server's
 * address; a token of the machine's owner, who can read the secret of the data directory.
 *
 * A folder from elsewhere may have a `.env`, and a data directory that announces any address. The key of the variable is only sent
 * to an address that the user named, or that is this machine's.
 */
export function createEndpoint(server: KnownServer, environment: Environment): Endpoint {
  const { url, presence } = server;
  return {
    url,
    credential() {
      const given = server.isNamed || isOwnAddress(url) ? keyIn(environment) : null;
      if (given !== null) return { secret: given, source: 'VARIABLE' };
      const file = findCredentialsFile(environment);
      const stored = file === null ? null : readStoredKey(file, url);
      if (stored !== null) return { secret: stored, source: 'FILE' };
      const token = presence && ownerToken(presence);
      return token ? { secret: token, source: 'OWNER' } : null;
    },
  };
}

/** The endpoint of a server on this machine for its owner alone. */
export function createOwnerEndpoint(presence: Pick<Presence, 'url' | 'dataDirectory' | 'instance'>): Endpoint {
  return {
    url: presence.url,
    credential() {
      const token = ownerToken(presence);
      return token === null ? null : { secret: token, source: 'OWNER' };
    },
  };
}

/** The header that proves who asks, for one request. @throws CredentialsError */
export function authorizationFor({ credential }: Pick<Endpoint, 'credential'>): {
  readonly authorization?: string;
} {
  const found = credential?.() ?? null;
  return found === null ? {} : { authorization: `Bearer ${found.secret}` };
}

/** Printable characters: what a header can carry. Whether it is a key, the server says. */
const KEY = /^[\x21-\x7e]+$/;

/** @throws CredentialsError when it can't be a key */
function keyIn({ MOORING_API_KEY }: Environment): string | null {
  const key = MOORING_API_KEY?.trim();
  if (!key) return null;
  if (KEY.test(key)) return key;
  throw new CredentialsError(
    'MOORING_API_KEY has characters that no API key has.',
    'Set it to a key, which begins with mor_, or unset it.',
  );
}
