import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { explained, RequestError } from '../errors.js';
import type { Gauge } from '../execution/gauge.js';
import { LIMITS } from '../execution/limits.js';
import type { Acceptable } from './accept.js';

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
  sendText(response, status, JSON.stringify(value), headers, type);
}

function sendText(
  response: ServerResponse,
  status: number,
  body: string,
  headers: OutgoingHttpHeaders,
  type: NonNullable<Acceptable['json']>,
): void {
  headers['content-type'] = `${type}; charset=utf-8`;
  headers['content-length'] = Buffer.byteLength(body);
  response.writeHead(status, headers);
  response.end(body);
}

/** Writes a GraphQL result, if there is room for it beside others. @throws RequestError when there isn't. What GraphQL refused to run is a 400, except for clients that only know plain JSON. */
export function sendResult(
  response: ServerResponse,
  result: ExecutionResult,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
  room: Gauge,
): number {
  const status = 'data' in result || type === 'application/json' ? 200 : 400;
  const body = JSON.stringify(result);
  if (body.length > LIMITS.smallBytes) hold(response, body.length, room);
  sendText(response, status, body, headers, type);
  return status;
}

/** Until the answer is sent, or nobody takes it: one that waits behind others of its connection isn't told when that ends. */
function hold(response: ServerResponse, bytes: number, room: Gauge): void {
  const { socket } = response.req;
  if (socket.destroyed) return;
  if (!room.hold(bytes)) throw NO_ROOM;
  const release = () => {
    response.off('close', release);
    socket.off('close', release);
    room.release(bytes);
  };
  response.on('close', release);
  socket.on('close', release);
}

const NO_ROOM = new RequestError(
  503,
  'RATE_LIMITED',
  'The answers that wait to be taken have all the room there is for them. What the request was to write is written.',
  'Ask again in a moment, and take answers as they come.',
  { 'retry-after': '1' },
);

/** Writes why a request is not answered, in the form of a GraphQL result. */
export function sendError(
  response: ServerResponse,
  error: RequestError,
  type: NonNullable<Acceptable['json']>,
  headers: OutgoingHttpHeaders,
): void {
  sendJson(response, error.status, { errors: [explained(error)] }, { ...headers, ...error.headers }, type);
}
