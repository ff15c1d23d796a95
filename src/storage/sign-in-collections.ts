import { hashOf } from '../domain/access/key-format.js';
import type {
  Account,
  DeviceCode,
  OAuthAccessToken,
  OAuthClient,
  OAuthClientAssertion,
  OAuthClientResource,
  OAuthConsent,
  OAuthRefreshToken,
  OAuthResource,
  Passkey,
  SignIn,
  SigningKey,
  TwoFactor,
  Verification,
} from '../domain/sign-in/records.js';
import type { CollectionSpec, FieldType } from './store.js';

/** The collections of the catalog that signing in needs. Their fields and keys are what the library for it looks for. */

const EXTERNAL_ID = { fields: ['externalId'], among: 'all' } as const;
const BASE = { createdAt: 'text', updatedAt: 'text', deletedAt: 'text', externalId: 'text' } as const satisfies Record<
  string,
  FieldType
>;

/** The stored form of a token of a sign-in: what is stored lets nobody in. */
export const storedToken = (token: string): string => TOKEN_HASH + hashOf(token);
/** With it, no hash is taken for a token. */
export const TOKEN_HASH = 'sha256:';

export const signIns: CollectionSpec<SignIn> = {
  name: 'signIns',
  fields: { token: 'text', userId: 'text', expiresAt: 'text', ...BASE },
  indexes: [['userId', 'createdAt'], ['expiresAt'], ['createdAt']],
  unique: [{ fields: ['token'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const accounts: CollectionSpec<Account> = {
  name: 'accounts',
  fields: { userId: 'text', providerId: 'text', accountId: 'text', ...BASE },
  indexes: [['userId'], ['createdAt']],
  unique: [{ fields: ['providerId', 'accountId'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const verifications: CollectionSpec<Verification> = {
  name: 'verifications',
  fields: { identifier: 'text', expiresAt: 'text', ...BASE },
  indexes: [['identifier'], ['expiresAt'], ['createdAt']],
  unique: [EXTERNAL_ID],
  text: [],
};

export const jwks: CollectionSpec<SigningKey> = {
  name: 'jwks',
  fields: { expiresAt: 'text', ...BASE },
  indexes: [['createdAt']],
  unique: [EXTERNAL_ID],
  text: [],
};

export const twoFactors: CollectionSpec<TwoFactor> = {
  name: 'twoFactors',
  fields: { userId: 'text', ...BASE },
  indexes: [['userId']],
  unique: [{ fields: ['userId'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const passkeys: CollectionSpec<Passkey> = {
  name: 'passkeys',
  fields: { userId: 'text', credentialID: 'text', ...BASE },
  indexes: [['userId'], ['createdAt']],
  unique: [{ fields: ['credentialID'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const deviceCodes: CollectionSpec<DeviceCode> = {
  name: 'deviceCodes',
  fields: { deviceCode: 'text', userCode: 'text', userId: 'text', expiresAt: 'text', ...BASE },
  indexes: [['userId'], ['expiresAt']],
  unique: [{ fields: ['deviceCode'], among: 'live' }, { fields: ['userCode'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthClients: CollectionSpec<OAuthClient> = {
  name: 'oauthClients',
  fields: { clientId: 'text', name: 'text', userId: 'text', ...BASE },
  indexes: [['createdAt'], ['userId']],
  unique: [{ fields: ['clientId'], among: 'live' }, EXTERNAL_ID],
  text: ['name'],
};

export const oauthResources: CollectionSpec<OAuthResource> = {
  name: 'oauthResources',
  fields: { identifier: 'text', ...BASE },
  indexes: [['createdAt']],
  unique: [{ fields: ['identifier'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthClientResources: CollectionSpec<OAuthClientResource> = {
  name: 'oauthClientResources',
  fields: { clientId: 'text', resourceId: 'text', ...BASE },
  indexes: [['clientId'], ['resourceId']],
  unique: [{ fields: ['clientId', 'resourceId'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthConsents: CollectionSpec<OAuthConsent> = {
  name: 'oauthConsents',
  fields: { clientId: 'text', userId: 'text', ...BASE },
  indexes: [['userId', 'createdAt'], ['clientId']],
  // Two windows of a browser may let the same program in at once.
  unique: [{ fields: ['clientId', 'userId'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthRefreshTokens: CollectionSpec<OAuthRefreshToken> = {
  name: 'oauthRefreshTokens',
  fields: { token: 'text', clientId: 'text', sessionId: 'text', userId: 'text', expiresAt: 'text', ...BASE },
  indexes: [['clientId'], ['userId'], ['sessionId'], ['expiresAt']],
  unique: [{ fields: ['token'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthAccessTokens: CollectionSpec<OAuthAccessToken> = {
  name: 'oauthAccessTokens',
  fields: { token: 'text', clientId: 'text', sessionId: 'text', userId: 'text', expiresAt: 'text', ...BASE },
  indexes: [['clientId'], ['userId'], ['sessionId'], ['expiresAt']],
  unique: [{ fields: ['token'], among: 'live' }, EXTERNAL_ID],
  text: [],
};

export const oauthClientAssertions: CollectionSpec<OAuthClientAssertion> = {
  name: 'oauthClientAssertions',
  fields: { expiresAt: 'text', ...BASE },
  indexes: [['expiresAt']],
  unique: [EXTERNAL_ID],
  text: [],
};

export const SIGN_IN_COLLECTIONS = [
  signIns,
  accounts,
  verifications,
  jwks,
  twoFactors,
  passkeys,
  deviceCodes,
  oauthClients,
  oauthResources,
  oauthClientResources,
  oauthConsents,
  oauthRefreshTokens,
  oauthAccessTokens,
  oauthClientAssertions,
] as const;
