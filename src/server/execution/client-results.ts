import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { exposed, refused } from '../errors.js';
import { createFaultLog } from '../fault-log.js';
import { LIMITS } from '../limits.js';
import type { Operation } from './document-cache.js';

/** Results of GraphQL as clients may see them. Unexpected errors are logged. */
export interface ClientResults {
  /** The result with its errors as clients may see them; an error alone when it is too large. */
  of(result: ExecutionResult, kind: Operation['kind'], requestId: string): ExecutionResult;
  /** The result of an operation that failed as a whole. */
  failure(error: unknown, requestId: string): ExecutionResult;
}

/** Variables are checked before; an error that running them finds beyond that may quote them. */
const BAD_VARIABLES = new GraphQLError("The variables don't fit the operation.");
export const VARIABLES_HINT = "Check the variables against the operation's definition and the schema.";

export function createClientResults(log: Logger): ClientResults {
  const withErrors = (result: ExecutionResult, requestId: string): ExecutionResult => {
    if (!result.errors) return result;
    const isRefused = !('data' in result);
    const faults = createFaultLog(requestId, log);
    const errors = result.errors.map((error) =>
      isRefused && !error.path ? refused(BAD_VARIABLES, VARIABLES_HINT) : exposed(error, faults),
    );
    faults.end();
    return { ...result, errors };
  };
  return {
    of: (result, kind, requestId) => {
      const shown = withErrors(result, requestId);
      return isTooLarge(shown) ? { data: null, errors: [kind === 'mutation' ? DONE_BUT_TOO_LARGE : TOO_LARGE] } : shown;
    },
    failure: (error, requestId) => ({ data: null, errors: [exposed(error, createFaultLog(requestId, log))] }),
  };
}

const TOO_LARGE = tooLarge('Ask for smaller pages with `first`, for fewer fields, or in several requests.');
/** Only the answer to the mutation is lost, not its effect. */
const DONE_BUT_TOO_LARGE = tooLarge(
  'The mutation was carried out: read what it wrote in smaller parts, and ask it for fewer fields next time.',
);

function tooLarge(hint: string): GraphQLError {
  const message = `The answer has more than ${LIMITS.answerBytes / 1024 / 1024} MB.`;
  return new GraphQLError(message, { extensions: { code: 'RESPONSE_TOO_LARGE', hint } });
}

// — size —

/** What each value counts in addition to its text: a number, quotes, colon and comma, and the time that any value takes. */
const PER_VALUE = 24;
/** The most bytes that a character takes in JSON: a control character is written as `\u0001`. */
const PER_CHARACTER = 6;
/** Control characters, except those that JSON has a letter for. */
const WRITTEN_AS_NUMBERS = /[^\P{Cc}\b\t\n\f\r]/u;

/**
 * Whether a result would exceed the size limit as JSON. Decided before any of it is written, and at most as much is read as
 * the limit allows: one text under many aliases is in memory once, and would be written often.
 */
export function isTooLarge(result: object): boolean {
  // Most are small enough whatever their characters are, which is cheap to see.
  if (sum(result, LIMITS.answerBytes / PER_CHARACTER, charactersOf) !== null) return false;
  return sum(result, LIMITS.answerBytes, bytesOf) === null;
}

/** The total of all names and values; null as soon as it exceeds the limit. */
function sum(result: object, limit: number, sizeOf: (text: string) => number): number | null {
  let size = 0;
  const add = (value: unknown): void => {
    size += PER_VALUE;
    if (typeof value === 'string') size += sizeOf(value);
    else if (Array.isArray(value)) {
      for (let at = 0; at < value.length && size <= limit; at += 1) add(value[at]);
    } else if (typeof value === 'object' && value !== null) {
      // Made from JSON or by GraphQL: their prototypes have nothing enumerable.
      const fields = value as Readonly<Record<string, unknown>>;
      for (const name in fields) {
        if (size > limit) return;
        size += sizeOf(name);
        add(fields[name]);
      }
    }
  };
  add(result);
  return size > limit ? null : size;
}

function charactersOf(text: string): number {
  return text.length;
}

function bytesOf(text: string): number {
  return WRITTEN_AS_NUMBERS.test(text) ? JSON.stringify(text).length : Buffer.byteLength(text);
}
