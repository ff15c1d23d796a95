import { LIMITS } from './limits.js';

/** What each value counts beside its text: room for a number, quotes, colon and comma, and the time that any value takes. */
const PER_VALUE = 24;
/** The most bytes that a character takes in JSON: a control character is written as `\u0001`. */
const PER_CHARACTER = 6;
/** Control characters, but for those that JSON has a letter for. */
const WRITTEN_AS_NUMBERS = /[^\P{Cc}\b\t\n\f\r]/u;

/**
 * Whether an answer would be larger as JSON than one may be. It is known before any of it is written, and no more is looked
 * at than the limit has room for: one text that is shown under many names is in memory once, and would be written often.
 */
export function isTooLarge(answer: object): boolean {
  // Most answers are small enough whatever their characters are, which is quickly seen.
  if (sum(answer, LIMITS.answerBytes / PER_CHARACTER, charactersOf) !== null) return false;
  return sum(answer, LIMITS.answerBytes, bytesOf) === null;
}

/** The running sum of all names and values; null as soon as it exceeds the limit. */
function sum(answer: object, limit: number, sizeOf: (text: string) => number): number | null {
  let size = 0;
  const add = (value: unknown): void => {
    size += PER_VALUE;
    if (typeof value === 'string') size += sizeOf(value);
    else if (Array.isArray(value)) {
      for (let at = 0; at < value.length && size <= limit; at += 1) add(value[at]);
    } else if (typeof value === 'object' && value !== null) {
      // Made from JSON or by GraphQL: their prototypes have nothing that is listed.
      const fields = value as Readonly<Record<string, unknown>>;
      for (const name in fields) {
        if (size > limit) return;
        size += sizeOf(name);
        add(fields[name]);
      }
    }
  };
  add(answer);
  return size > limit ? null : size;
}

function charactersOf(text: string): number {
  return text.length;
}

function bytesOf(text: string): number {
  return WRITTEN_AS_NUMBERS.test(text) ? JSON.stringify(text).length : Buffer.byteLength(text);
}
