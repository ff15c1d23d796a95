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
} from '../../domain/sign-in/records.js';
import { type AuditedCollection, audited } from './audited.js';

/**
 * What the audit shows of how people sign in. Most of these records leave nothing behind when they are removed, so that only
 * the fact is left.
 */
export const AUDITED_SIGN_IN: Readonly<Record<string, AuditedCollection>> = {
  signIns: audited<SignIn>({
    noun: 'the sign-in',
    shown: ['userId', 'expiresAt', 'ipAddress', 'userAgent'],
    named: [],
  }),
  accounts: audited<Account>({ noun: 'the way to sign in', shown: ['userId', 'providerId'], named: [] }),
  verifications: audited<Verification>({ noun: 'the one-time proof', shown: ['expiresAt'], named: [] }),
  jwks: audited<SigningKey>({ noun: 'the signing key', shown: ['expiresAt'], named: [] }),
  twoFactors: audited<TwoFactor>({ noun: 'the second factor', shown: ['userId', 'verified'], named: [] }),
  passkeys: audited<Passkey>({
    noun: 'the passkey',
    label: 'name',
    shown: ['userId', 'name', 'deviceType', 'backedUp', 'deletedAt'],
    named: [],
  }),
  deviceCodes: audited<DeviceCode>({
    noun: 'the code of a device',
    shown: ['userId', 'status', 'clientId', 'expiresAt'],
    named: [],
  }),
  oauthClients: audited<OAuthClient>({
    noun: 'the program',
    label: 'name',
    shown: ['clientId', 'name', 'uri', 'redirectUris', 'disabled', 'userId', 'deletedAt'],
    named: [],
  }),
  oauthResources: audited<OAuthResource>({ noun: 'the resource', label: 'name', shown: ['name'], named: [] }),
  oauthClientResources: audited<OAuthClientResource>({
    noun: 'what a program may ask for:',
    label: 'resourceId',
    shown: ['clientId', 'resourceId'],
    named: [],
  }),
  oauthConsents: audited<OAuthConsent>({
    noun: 'the consent',
    shown: ['clientId', 'userId', 'scopes', 'projectIds', 'level', 'deletedAt'],
    named: [],
  }),
  oauthRefreshTokens: audited<OAuthRefreshToken>({
    noun: 'the refresh token',
    shown: ['clientId', 'userId', 'expiresAt'],
    named: [],
  }),
  oauthAccessTokens: audited<OAuthAccessToken>({
    noun: 'the access token',
    shown: ['clientId', 'userId', 'expiresAt'],
    named: [],
  }),
  oauthClientAssertions: audited<OAuthClientAssertion>({
    noun: "a program's proof of itself",
    shown: ['expiresAt'],
    named: [],
  }),
};
