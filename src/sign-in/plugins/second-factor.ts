import type { BetterAuthPlugin } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';

/** A code of an app besides the password, and codes to be kept for the day on which the app is lost. */
export function secondFactorPlugin(): BetterAuthPlugin {
  return twoFactor({ issuer: 'Mooring' });
}
