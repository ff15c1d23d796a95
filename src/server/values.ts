import { LIMITS } from './limits.js';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;

/**
 * Whether a text of JSON has more values than a request may have. It is looked at before it is parsed: millions of small
 * values take seconds, and a hundred bytes of memory each.
 */
export function hasTooManyValues(json: string): boolean {
  // Each takes two characters.
  if (json.length <= LIMITS.values * 2) return false;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case COMMA:
      case COLON:
      case OPEN_BRACKET:
      case OPEN_BRACE:
        values += 1;
        if (values > LIMITS.values) return true;
    }
  }
  return false;
}

/** Where a string that begins at a quote ends. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return json.length;
}

export const TOO_MANY_VALUES = {
  message: `The request has more than ${LIMITS.values} values.`,
  hint: 'Send it in several requests.',
} as const;
