import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { exposed, refused } from '../errors.js';
import { createFaultLog } from '../fault-log.js';
import { isTooLarge } from './answer-size.js';
import type { Operation } from './document-cache.js';
import { LIMITS } from './limits.js';

/** Makes of what GraphQL gives what clients may see. What isn't meant for them is logged. */
export interface Finish {
  /** The result with errors as clients may see them; only that it is too large, when it is. */
  result(result: ExecutionResult, kind: Operation['kind'], requestId: string): ExecutionResult;
  /** The result of an operation that failed as a whole. */
  failure(error: unknown, requestId: string): ExecutionResult;
}

/** Variables are looked at before; what a run finds beyond that may quote them. */
const BAD_VARIABLES = new GraphQLError("The variables don't fit the operation.");
export const VARIABLES_HINT = "Check the variables against the operation's definition and the schema.";

export function createFinish(log: Logger): Finish {
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
    result: (result, kind, requestId) => {
      const shown = withErrors(result, requestId);
      return isTooLarge(shown) ? { data: null, errors: [kind === 'mutation' ? DONE_BUT_TOO_LARGE : TOO_LARGE] } : shown;
    },
    failure: (error, requestId) => ({ data: null, errors: [exposed(error, createFaultLog(requestId, log))] }),
  };
}

const TOO_LARGE = tooLarge('Ask for smaller pages with `first`, for fewer fields, or in several requests.');
/** The answer to a mutation is lost, and not what it did. */
const DONE_BUT_TOO_LARGE = tooLarge(
  'The mutation was carried out: read what it wrote in smaller parts, and ask it for fewer fields next time.',
);

function tooLarge(hint: string): GraphQLError {
  const message = `The answer has more than ${LIMITS.answerBytes / 1024 / 1024} MB.`;
  return new GraphQLError(message, { extensions: { code: 'RESPONSE_TOO_LARGE', hint } });
}
