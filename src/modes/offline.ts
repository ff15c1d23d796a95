import type { Check } from '../storage/health.js';
import type { Unavailable } from './contract.js';
import { refused } from './refused.js';

/** Why nothing is asked of another program, not even one on this machine. */
export const OFFLINE: Unavailable = {
  why: 'MOORING_OFFLINE forbids every outgoing connection.',
  hint: 'Start the server without MOORING_OFFLINE, or keep the project as LOCAL or FILE.',
};

/** A check that isn't made. */
export const forbidden = (name: Check['name']): Check => refused(name, OFFLINE);
