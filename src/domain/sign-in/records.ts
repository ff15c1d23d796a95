import type { AccessLevel } from '../access/level.js';
import type { RecordBase } from '../record.js';

/**
 * What signing in keeps in the catalog. The library for signing in reads and writes these records, so their fields are its own;
 * here are those that Mooring itself reads, or finds records by.
 */

/** A person who is signed in at a browser or a program. */
export interface SignIn extends RecordBase {
  /** SHA-256, in base64url, of the token that its cookie has. */
  readonly token: string;
  readonly userId: string;
  readonly expiresAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  /** The program that may trade it for an API key, and for nothing else. Left out or null: it is a browser's. */
  readonly program?: string | null;
}

/** A way for a user to sign in: with a password, or as somebody that another server knows. */
export interface Account extends RecordBase {
  readonly userId: string;
  /** `credential` for a password; else the name of an OIDC provider. */
  readonly providerId: string;
  /** The id of the user there; for a password, Mooring's own. */
  readonly accountId: string;
  /** The hash of the password; null for another provider. */
  readonly password: string | null;
}

/** A value that proves something once, such as a link to set a password. */
export interface Verification extends RecordBase {
  readonly identifier: string;
  readonly value: string;
  readonly expiresAt: string;
}

/** A key pair that signs access tokens. */
export interface SigningKey extends RecordBase {
  /** A JWK, as JSON. */
  readonly publicKey: string;
  /** Encrypted by the library. */
  readonly privateKey: string;
  readonly expiresAt: string | null;
}

/** The second factor of a user. */
export interface TwoFactor extends RecordBase {
  readonly userId: string;
  readonly verified: boolean;
}

export interface Passkey extends RecordBase {
  readonly userId: string;
  readonly name: string | null;
  readonly credentialID: string;
  readonly deviceType: string;
  readonly backedUp: boolean;
}

/** The code that a device shows, for its user to let it in elsewhere. */
export interface DeviceCode extends RecordBase {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly userId: string | null;
  readonly status: string;
  readonly expiresAt: string;
  readonly clientId: string | null;
}

/** A program that asks users to let it in by OAuth. */
export interface OAuthClient extends RecordBase {
  readonly clientId: string;
  readonly name: string | null;
  readonly uri: string | null;
  readonly redirectUris: readonly string[];
  readonly disabled: boolean | null;
  readonly userId: string | null;
}

/** What access tokens are for. */
export interface OAuthResource extends RecordBase {
  readonly identifier: string;
  readonly name: string;
}

export interface OAuthClientResource extends RecordBase {
  readonly clientId: string;
  readonly resourceId: string;
}

/** What a user lets a program do. */
export interface OAuthConsent extends RecordBase {
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  /** The projects that the user chose; null: all, also later ones. Left out: nothing was chosen, so it gives no access. */
  readonly projectIds?: readonly string[] | null;
  /** What the program may do there at most. Left out: nothing. */
  readonly level?: AccessLevel;
}

export interface OAuthRefreshToken extends RecordBase {
  readonly token: string;
  readonly clientId: string;
  readonly sessionId: string | null;
  readonly userId: string;
  readonly expiresAt: string;
}

export interface OAuthAccessToken extends RecordBase {
  readonly token: string;
  readonly clientId: string;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly expiresAt: string;
}

/** A client's proof of itself that was used. */
export interface OAuthClientAssertion extends RecordBase {
  readonly expiresAt: string;
}
