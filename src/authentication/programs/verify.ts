import { TOKENS_PATH } from '../../domain/access/oauth.js';
import { parseCatalogId } from '../../domain/id.js';
import { jwks } from '../../storage/sign-in-collections.js';
import type { Store } from '../../storage/store.js';
import { RefusedError } from '../known.js';
import { type Token, tokenOf } from './token.js';

/** Checks who signed an access token, and for what. @throws RefusedError, StoreError */
export type VerifyToken = (token: string, origin: string) => Promise<Token>;

/** An access token has the form of a JWT; of others than those of this server, its length is bounded. */
const FORM = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
export const isTokenForm = (credential: string): boolean => FORM.test(credential);
const MAX_LENGTH = 4_096;

/** The only algorithm by which this server signs. */
export const SIGNING_ALGORITHM = 'EdDSA';
/** How far the clocks of servers that share a catalog may be apart, in seconds. */
export const CLOCK_SKEW_S = 30;

/** @param now in milliseconds since 1970 */
export function createTokenVerifier(store: Store, now: () => number): VerifyToken {
  return async (text, origin) => {
    if (text.length > MAX_LENGTH) throw UNKNOWN_TOKEN;
    // It takes a while to load, and few servers have remote programs.
    const { decodeProtectedHeader, errors, importJWK, jwtVerify } = await import('jose');
    const { kid, alg, typ } = headerOf(() => decodeProtectedHeader(text));
    if (alg !== SIGNING_ALGORITHM || typ !== 'at+jwt' || !kid || parseCatalogId(kid) !== 'signingKey')
      throw UNKNOWN_TOKEN;
    const [key] = await store.collection(jwks).get([kid]);
    if (!key) throw UNKNOWN_TOKEN;
    const publicKey = await importJWK(JSON.parse(key.publicKey) as object, SIGNING_ALGORITHM);
    try {
      const { payload } = await jwtVerify(text, publicKey, {
        ...{ algorithms: [SIGNING_ALGORITHM], typ: 'at+jwt', issuer: origin, audience: origin + TOKENS_PATH },
        ...{ clockTolerance: CLOCK_SKEW_S, currentDate: new Date(now()) },
        requiredClaims: ['sub', 'client_id', 'iat', 'exp'],
      });
      const token = tokenOf(kid, payload);
      if (token) return token;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw EXPIRED_TOKEN;
      if (!(error instanceof errors.JOSEError)) throw error;
    }
    throw UNKNOWN_TOKEN;
  };
}

function headerOf<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    throw UNKNOWN_TOKEN;
  }
}

const AGAIN = 'Get a new access token with the refresh token, or let the program in again.';

/** Made once: strangers may send many. */
const UNKNOWN_TOKEN = new RefusedError("The access token isn't valid on this server.", AGAIN, 'unknown access token');
/** Whether it was no token of this server. */
export const isUnknownToken = (error: unknown): boolean => error === UNKNOWN_TOKEN;
export const EXPIRED_TOKEN = new RefusedError('The access token has expired.', AGAIN, 'expired access token');
export const STRAY_TOKEN = new RefusedError(
  `An access token is for ${TOKENS_PATH} alone.`,
  'Send an API key as `Authorization: Bearer mor_…`.',
  'access token elsewhere',
);
