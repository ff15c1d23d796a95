import type { Check } from '../storage/health.js';
import type { Unavailable } from './contract.js';

/** A check that fails before anything is tried out, and why. */
export function refused(name: Check['name'], { why, hint }: Unavailable): Check {
  return { name, outcome: 'FAILED', ms: 0, message: why, hint };
}
