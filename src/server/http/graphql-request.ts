import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { hasMoreValues, parseJson } from '../../util/json/json-text.js';
import { decodeUtf8 } from '../../util/text/utf8.js';
import { RequestError } from '../errors.js';
import { createReservation, type MemoryBudget } from '../execution/budgets.js';
import type { Variables } from '../execution/cost.js';
import type { GraphQLParams } from '../execution/engine.js';
import { LIMITS } from '../limits.js';

/**
 * Refuses any body but JSON: a page may post a form or plain text to any site without a preflight, and JSON only where it is
 * allowed. @throws RequestError
 */
export function requireJson({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new RequestError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `A compressed body (${JSON.stringify(encoding.slice(0, 100))}) is not accepted.`,
      'Send it uncompressed, without `Content-Encoding`.',
      { 'accept-encoding': 'identity' },
    );
  }
  const type = headers['content-type'];
  if (type === 'application/json') return;
  const [name, ...parameters] = type?.split(';').map((part) => part.trim().toLowerCase()) ?? [];
  const charsets = parameters.filter((part) => /^charset\s*=/.test(part));
  if (name === 'application/json' && charsets.every((part) => /=\s*"?utf-?8"?$/.test(part))) return;
  const hint = name === 'multipart/form-data' ? 'File uploads are not supported. ' : '';
  const shown = JSON.stringify(type?.slice(0, 100));
  throw new RequestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    type ? `A body of type ${shown} is not accepted.` : 'The request does not say what type its body is.',
    `${hint}Send JSON in UTF-8, with \`Content-Type: application/json\`.`,
  );
}

export interface Body {
  readonly bytes: number;
  /** Decodes it, once; a large one takes a while. @throws RequestError when it isn't UTF-8 */
  read(): string;
  /** Releases the memory reserved for it. */
  release(): void;
}

/** Receives the body. @throws RequestError when it is too long or incomplete, or the memory budget has no room for it */
export function readBody(request: IncomingMessage, budget: MemoryBudget): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const { growTo, release } = createReservation(budget);
    const refuse = (error: RequestError) => {
      request.removeAllListeners('data');
      request.resume();
      chunks.length = 0;
      release();
      reject(error);
    };
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes) return refuse(TOO_LARGE);
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LIMITS.bodyBytes) return refuse(TOO_LARGE);
      if (!growTo(bytes)) return refuse(BUSY);
      chunks.push(chunk);
    });
    request.on('end', () => {
      // A subscription keeps its request, and so its listeners, as long as it runs: they must not keep the chunks.
      const parts = chunks.splice(0);
      resolve({ bytes, read: () => decode(parts.splice(0)), release });
    });
    request.on('error', () =>
      refuse(new RequestError(400, 'BAD_REQUEST', 'The request ended early.', 'Send it again.')),
    );
  });
}

const TOO_LARGE = new RequestError(
  413,
  'PAYLOAD_TOO_LARGE',
  `The request is larger than ${LIMITS.bodyBytes / 1024 / 1024} MB.`,
  'Send it in several requests.',
);

const BUSY = new RequestError(
  503,
  'RATE_LIMITED',
  'The server has no memory left for more request bodies.',
  'Send it again in a moment, or in smaller requests.',
  { 'retry-after': '1' },
);

function decode(chunks: readonly Buffer[]): string {
  const text = decodeUtf8(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  if (text === null) throw notUtf8('The body', 'Send JSON, encoded as UTF-8.');
  return text;
}

/** The error for text in another encoding: decoded anyway, it would be stored with characters that were never sent. */
function notUtf8(what: string, hint: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', `${what} is not UTF-8.`, hint);
}

/**
 * Whether a text of JSON has more values than a request may have. Checked before parsing: millions of small values take
 * seconds, and a hundred bytes of memory each.
 */
export const hasTooManyValues = (json: string): boolean => hasMoreValues(json, LIMITS.values);

export const TOO_MANY_VALUES = {
  message: `The request has more than ${LIMITS.values} values.`,
  hint: 'Send it in several requests.',
} as const;

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
