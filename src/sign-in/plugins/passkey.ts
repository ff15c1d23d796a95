import { passkey } from '@better-auth/passkey';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError } from 'better-auth/api';

/**
 * Passkeys, which are for the name of a server. Browsers have none for addresses: there, they are refused by the browser. As one
 * stands for two factors, its user has proven to be there by a finger, a face or a code.
 */
export function passkeyPlugin(origin: string): BetterAuthPlugin {
  return passkey({
    rpID: new URL(origin).hostname,
    rpName: 'Mooring',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => {
        requireUser(verification.registrationInfo?.userVerified);
        return Promise.resolve();
      },
    },
    authentication: {
      afterVerification: ({ verification }) => requireUser(verification.authenticationInfo.userVerified),
    },
  });
}

function requireUser(isVerified: boolean | undefined): void {
  if (isVerified) return;
  throw new APIError('UNAUTHORIZED', {
    code: 'USER_NOT_VERIFIED',
    message: 'The passkey did not say that its user was verified, by a finger, a face or a code.',
  });
}
