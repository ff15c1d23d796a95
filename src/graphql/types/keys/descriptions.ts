import { MAX_USE_DAYS } from '../../../services/input/api-key.js';

/** What fields of keys and inputs for them say alike. */
export const EXPIRES = 'When it expires; null: never.';
export const PER_MINUTE =
  'The most requests that it may send in a minute, to each server; more are refused with `RATE_LIMITED`. Null: no limit.';
export const ADDRESSES =
  'IP addresses, and networks such as `10.0.0.0/8` or `2001:db8::/32`, from which it may be used; empty: from all.';
export const USE_DAYS = `How many days, today included: 1 to ${MAX_USE_DAYS}.`;
/** What is appended for fields that nobody else gets. */
export const HIDDEN = ' Null also for a key that you see only as one with access to a project.';
