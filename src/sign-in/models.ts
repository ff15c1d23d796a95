import { CATALOG_KEY, type CatalogKind, createIdGenerator } from '../domain/id.js';
import { users } from '../storage/account-collections.js';
import type { AnySpec } from '../storage/shared/collection-spec.js';
import {
  accounts,
  deviceCodes,
  jwks,
  oauthAccessTokens,
  oauthClientAssertions,
  oauthClientResources,
  oauthClients,
  oauthConsents,
  oauthRefreshTokens,
  oauthResources,
  passkeys,
  signIns,
  twoFactors,
  verifications,
} from '../storage/sign-in-collections.js';
import type { Model, Models } from './adapter/model.js';

/** The library's models, by its names for them, and the collections that they are. */
export function createModels(): Models {
  const newId = createIdGenerator();
  const kept = (spec: AnySpec, kind: CatalogKind, secret?: readonly string[]): Model => ({
    ...{ spec, secret, hasHistory: true },
    newId: () => newId(kind, CATALOG_KEY),
  });
  /** What proves who somebody is leaves nothing behind: it could be used again. */
  const forgotten = (spec: AnySpec, kind: CatalogKind, secret?: readonly string[]): Model => ({
    ...kept(spec, kind, secret),
    hasHistory: false,
  });
  return {
    user: kept(users, 'user'),
    oauthClient: kept(oauthClients, 'oauthClient', ['clientSecret']),
    oauthResource: kept(oauthResources, 'oauthResource'),
    oauthClientResource: kept(oauthClientResources, 'oauthClientResource'),
    oauthConsent: kept(oauthConsents, 'oauthConsent'),
    passkey: kept(passkeys, 'passkey'),
    session: forgotten(signIns, 'signIn'),
    account: forgotten(accounts, 'account', ['password', 'accessToken', 'refreshToken', 'idToken']),
    verification: forgotten(verifications, 'verification', ['value']),
    jwks: forgotten(jwks, 'signingKey'),
    twoFactor: forgotten(twoFactors, 'twoFactor', ['secret', 'backupCodes']),
    deviceCode: forgotten(deviceCodes, 'deviceCode'),
    oauthRefreshToken: forgotten(oauthRefreshTokens, 'oauthRefreshToken'),
    oauthAccessToken: forgotten(oauthAccessTokens, 'oauthAccessToken'),
    oauthClientAssertion: forgotten(oauthClientAssertions, 'oauthClientAssertion'),
  };
}
