import { isUtf8 } from 'node:buffer';
import { parseJson } from '../../util/json/json-text.js';
import { RequestError } from '../errors.js';
import type { Variables } from '../execution/cost.js';
import type { GraphQLParams } from '../execution/engine.js';
import { hasTooManyValues, notUtf8, TOO_MANY_VALUES } from './body.js';

/** The parameters of a GraphQL request by POST, checked as GraphQL over HTTP requires. @throws RequestError */
export function parseBody(body: string): GraphQLParams {
  const value = readJson(body, { nothing: 'The request has no body.', wrong: 'The body is not JSON.', hint: HINT });
  if (Array.isArray(value))
    throw bad('Batched operations are not supported.', 'Send a request for each; connections are kept open.');
  if (!isRecord(value)) throw bad('The body is not a JSON object.', HINT);
  return { ...checkParams(value, HINT), chars: body.length };
}

/** The same by GET, from the query string of the address. @throws RequestError */
export function parseSearch(search: string): GraphQLParams {
  requireUtf8(search);
  const given = new URLSearchParams(search);
  const json = (name: string): unknown => {
    const text = given.get(name);
    if (!text) return null;
    return readJson(text, { nothing: '', wrong: `\`${name}\` is not JSON.`, hint: SEARCH_HINT });
  };
  const params = {
    query: given.get('query'),
    operationName: given.get('operationName') || null,
    variables: json('variables'),
    extensions: json('extensions'),
  };
  return checkParams(params, SEARCH_HINT);
}

/** Consecutive percent-encoded octets. Unencoded ones, Node accepts in ASCII only. */
const ENCODED = /(?:%[\da-f]{2})+/gi;

/** Anything else than UTF-8 would be decoded as U+FFFD. @throws RequestError */
function requireUtf8(search: string): void {
  const isRight = (octets: string) => isUtf8(Buffer.from(octets.replaceAll('%', ''), 'hex'));
  if (!(search.match(ENCODED) ?? []).every(isRight)) throw notUtf8('The query string', NOT_UTF8_HINT);
}

const NOT_UTF8_HINT =
  'Percent-encode every value as UTF-8, as `encodeURIComponent` does, such as é as %C3%A9; or send it by POST.';

function checkParams(value: Readonly<Record<string, unknown>>, hint: string): GraphQLParams {
  const { query, operationName, variables, extensions } = value;
  if (!isMap(extensions)) throw bad('`extensions` is not an object.', hint);
  if (isHashAlone(value)) return { query: null };
  if (query === undefined || query === null || query === '') throw bad('The request has no `query`.', hint);
  if (typeof query !== 'string') throw bad('`query` is not a string.', hint);
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw bad('`operationName` is not a string.', hint);
  }
  if (!isMap(variables)) throw bad('`variables` is not an object.', hint);
  return { query, operationName, variables };
}

/** Whether a client sends only the hash of a query, expecting the server to know it. */
export function isHashAlone({ query, extensions }: Readonly<Record<string, unknown>>): boolean {
  const isMissing = query === undefined || query === null || query === '';
  return isMissing && isRecord(extensions) && isRecord(extensions.persistedQuery);
}

const HINT = 'Send a JSON object such as {"query": "{ projects { nodes { name } } }", "variables": {}}.';
const SEARCH_HINT =
  'Send it as in /graphql?query={projects{nodes{name}}}&variables={}, every value URL-encoded, the variables as a JSON object; or send it by POST.';

function readJson(
  text: string,
  { nothing, wrong, hint }: { readonly nothing: string; readonly wrong: string; readonly hint: string },
): unknown {
  if (hasTooManyValues(text))
    throw new RequestError(413, 'PAYLOAD_TOO_LARGE', TOO_MANY_VALUES.message, TOO_MANY_VALUES.hint);
  try {
    return parseJson(text);
  } catch {
    throw bad(text === '' ? nothing : wrong, hint);
  }
}

function bad(message: string, hint: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', message, hint);
}

function isMap(value: unknown): value is Variables | null | undefined {
  return value === undefined || value === null || isRecord(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
