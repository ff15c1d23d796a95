import type { BetterAuthPlugin } from 'better-auth';
import { deviceAuthorization } from 'better-auth/plugins/device-authorization';
import { COMMAND_LINES } from '../../domain/sign-in/programs.js';

/** Where tokens are handed out for codes that were let in. */
export const DEVICE_TOKEN_PATH = '/device/token';

/** A code that the command line shows, for its user to let it in at a browser (RFC 8628). */
export function deviceCodePlugin(): BetterAuthPlugin {
  return deviceAuthorization({
    verificationUri: '/device',
    expiresIn: '10m',
    interval: '2s',
    validateClient: (clientId) => Object.hasOwn(COMMAND_LINES, clientId),
  });
}
