import { hkdfSync } from 'node:crypto';

/** What signing in is kept secret by. */
export interface SignInSecret {
  /** Signs cookies, and encrypts second factors and the keys that sign access tokens. */
  readonly secret: string;
  /** Names of cookies begin with it: browsers send them to every port of a machine, where other servers may be. */
  readonly cookiePrefix: string;
}

const PURPOSE = 'mooring sign-in v1';
const NAME_PURPOSE = 'mooring sign-in cookie v1';

/**
 * Derived from the secret of the data directory, which stays what it is as long as that: with another, nobody could open their
 * second factor any more.
 */
export function signInSecret(secret: Buffer): SignInSecret {
  const derive = (purpose: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes));
  return {
    secret: derive(PURPOSE, 32).toString('base64url'),
    cookiePrefix: `mooring-${derive(NAME_PURPOSE, 4).toString('hex')}`,
  };
}
