import type { Unavailable } from '../../repositories/storage.js';
import type { Check } from '../health.js';

/** Why nothing is asked of another program, not even one on this machine. */
export const OFFLINE: Unavailable = {
  why: 'MOORING_OFFLINE forbids every outgoing connection.',
  hint: 'Start the server without MOORING_OFFLINE, or keep the project as LOCAL or FILE.',
};

/** A check that isn't made. */
export function forbidden(name: Check['name']): Check {
  return { name, outcome: 'FAILED', ms: 0, message: OFFLINE.why, hint: OFFLINE.hint };
}
