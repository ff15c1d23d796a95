import { hasMoreValues } from '../../util/json-text.js';
import { LIMITS } from '../execution/limits.js';

/**
 * Whether a text of JSON has more values than a request may have. It is looked at before it is parsed: millions of small
 * values take seconds, and a hundred bytes of memory each.
 */
export const hasTooManyValues = (json: string): boolean => hasMoreValues(json, LIMITS.values);

export const TOO_MANY_VALUES = {
  message: `The request has more than ${LIMITS.values} values.`,
  hint: 'Send it in several requests.',
} as const;
