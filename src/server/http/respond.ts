import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { explained, type Refusal, RequestError } from '../errors.js';
import type { MemoryBudget } from '../execution/budgets.js';
import { LIMITS } from '../limits.js';

/**
 * Headers of every answer but the explorer: its content may change at once and may be private, so nothing caches it; and no
 * browser guesses another type.
 */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Writes a JSON answer, with `headers` and those that describe the body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders,
  type: NonNullable<Acceptable['json']> = 'application/json',
): void {
  write(response, status, JSON.stringify(value), headers, `${type}; charset=utf-8`);
}

/**
 * Writes a text, for which a large one reserves memory until it is sent.
 * @throws RequestError when the memory budget has no room for it
 */
export function sendText(
  response: ServerResponse,
  status: number,
  body: string,
  headers: OutgoingHttpHeaders,
  type: string,
  budget: MemoryBudget,
): void {
  if (body.length > LIMITS.smallBytes) reserve(response, body.length, budget);
  write(response, status, body, headers, type);
}

function write(
  response: ServerResponse,
  status: number,
  body: string,
  headers: OutgoingHttpHeaders,
  type: string,
): void {
  headers['content-type'] = type;
  headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, headers);
  response.end(body);
}

/**
 * Writes a GraphQL result. One that GraphQL refused to run is a 400, except for clients that only know plain JSON.
 * @returns the status. @throws RequestError when the memory budget has no room for the answer
 */
export function sendResult(
  response: ServerResponse,
  result: ExecutionResult,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
  budget: MemoryBudget,
): number {
  const status = 'data' in result || type === 'application/json' ? 200 : 400;
  sendText(response, status, JSON.stringify(result), headers, `${type}; charset=utf-8`, budget);
  return status;
}

/**
 * Reserves memory until the answer is sent or dropped. An answer that waits behind others on its connection gets no `close`
 * event when that ends, so the socket's counts too.
 */
function reserve(response: ServerResponse, bytes: number, budget: MemoryBudget): void {
  const { socket } = response.req;
  if (socket.destroyed) return;
  if (!budget.reserve(bytes)) throw NO_MEMORY;
  const release = () => {
    response.off('close', release);
    socket.off('close', release);
    budget.release(bytes);
  };
  response.on('close', release);
  socket.on('close', release);
}

const NO_MEMORY = new RequestError(
  503,
  'RATE_LIMITED',
  'Answers that clients have not read yet use all the memory there is for them. Any write of this request is done.',
  'Ask again in a moment, and read answers as they arrive.',
  { 'retry-after': '1' },
);

/** Writes why a request was refused, in the form of a GraphQL result. */
export function sendError(
  response: ServerResponse,
  refusal: Refusal,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
): void {
  sendJson(response, refusal.status, { errors: [explained(refusal)] }, { ...headers, ...refusal.headers }, type);
}

// — what a client accepts —

/** What a client can read, according to its `Accept` header. */
export interface Acceptable {
  /** The media type for a single answer; null when it takes none. */
  readonly json: 'application/json' | 'application/graphql-response+json' | null;
  /** Whether it reads events. */
  readonly events: boolean;
}

const ANYTHING: Acceptable = { json: 'application/json', events: true };
const MAX_KNOWN = 100;
const known = new Map<string | undefined, Acceptable>([[undefined, ANYTHING]]);

/** Parses an `Accept` header. Clients send the same few again and again, so up to a hundred are cached. */
export function acceptable(header: string | undefined): Acceptable {
  let found = known.get(header);
  if (!found) {
    found = parseAccept(header ?? '');
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(header, found);
  }
  return found;
}

function parseAccept(header: string): Acceptable {
  const types = header
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part
        .toLowerCase()
        .split(';')
        .map((each) => each.trim());
      const quality = parameters.find((each) => each.startsWith('q='));
      return { type, quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ type }) => type);
  const isAny = types.includes('*/*');
  const json = types.find((type) =>
    ['application/json', 'application/graphql-response+json', 'application/*', '*/*'].includes(type),
  );
  return {
    json: json === undefined ? null : json === 'application/graphql-response+json' ? json : 'application/json',
    events: isAny || types.includes('text/event-stream') || types.includes('text/*'),
  };
}
