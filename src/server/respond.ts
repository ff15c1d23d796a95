import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Acceptable } from './accept.js';
import { explained, type RequestError } from './errors.js';

/**
 * Of every answer but the explorer: what it holds may change at once and may be private, so nobody keeps it; and no browser
 * takes it for anything but what it says it is.
 */
export const ANSWER_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** Writes a JSON answer, with `headers` and what the body needs. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders,
  type: NonNullable<Acceptable['json']> = 'application/json',
): void {
  const body = JSON.stringify(value);
  headers['content-type'] = `${type}; charset=utf-8`;
  headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, headers);
  response.end(body);
}

/** Writes a GraphQL result. What GraphQL refused to run is a 400, except for clients that only know plain JSON. */
export function sendResult(
  response: ServerResponse,
  result: ExecutionResult,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
): number {
  const status = 'data' in result || type === 'application/json' ? 200 : 400;
  sendJson(response, status, result, headers, type);
  return status;
}

/** Writes why a request is not answered, in the form of a GraphQL result. */
export function sendError(
  response: ServerResponse,
  error: RequestError,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
): void {
  sendJson(response, error.status, { errors: [explained(error)] }, { ...headers, ...error.headers }, type);
}
