import type { Variables } from './cost.js';
import type { GraphQLParams } from './engine.js';
import { RequestError } from './errors.js';
import { hasTooManyValues, TOO_MANY_VALUES } from './values.js';

/** What a GraphQL request says, checked as GraphQL over HTTP wants it. @throws RequestError */
export function parseParams(body: string): GraphQLParams {
  return checkParams(parseJson(body));
}

/** @throws RequestError */
export function checkParams(value: unknown): GraphQLParams {
  if (Array.isArray(value))
    throw bad(
      'Several operations in one request are not taken.',
      'Send a request for each; connections are kept open.',
    );
  if (!isRecord(value)) throw bad('The body is not a JSON object.', HINT);
  const { query, operationName, variables, extensions } = value;
  if (typeof query !== 'string') throw bad('`query` is not a string.', HINT);
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw bad('`operationName` is not a string.', HINT);
  }
  if (!isMap(variables)) throw bad('`variables` is not an object.', HINT);
  if (!isMap(extensions)) throw bad('`extensions` is not an object.', HINT);
  return { query, operationName, variables };
}

const HINT = 'Send a JSON object such as {"query": "{ projects { nodes { name } } }", "variables": {}}.';

function parseJson(text: string): unknown {
  if (hasTooManyValues(text))
    throw new RequestError(413, 'PAYLOAD_TOO_LARGE', TOO_MANY_VALUES.message, TOO_MANY_VALUES.hint);
  try {
    return JSON.parse(text);
  } catch {
    throw bad(text === '' ? 'The request has no body.' : 'The body is not JSON.', HINT);
  }
}

function bad(message: string, hint: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', message, hint);
}

function isMap(value: unknown): value is Variables | null | undefined {
  return value === undefined || value === null || isRecord(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
