import type { IncomingMessage, ServerResponse } from 'node:http';
import { MooringError } from '../../domain/errors.js';
import { GoneError } from '../../util/turn.js';
import { faultHint, RequestError } from '../errors.js';
import { CLOSING, type Readiness, sendHealth, sendReadiness } from '../health.js';
import { callerOf, requestIdOf } from './actor.js';
import type { Exchange } from './exchange.js';
import { createGraphQLRoute, type GraphQLRouteOptions } from './graphql-route.js';
import { createHookRoute } from './hook-route.js';
import { createMcpRoute } from './mcp-route.js';
import { ANSWER_HEADERS, acceptable, sendError } from './respond.js';
import { createRouter, READING, type Route } from './routes.js';

export interface RequestListener {
  /** Answers a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Closes event streams as a lost connection would, so that clients reconnect; the rest completes. */
  close(): void;
}

export interface HttpOptions extends GraphQLRouteOptions {
  readonly isReady: () => Promise<Readiness>;
}

/**
 * Answers requests. The life of one, top to bottom: `handle` checks where it is addressed and who sends it, the router finds
 * its route, which answers; `fail` sends an error instead. The table of `routes` has all that the server has.
 */
export function createRequestListener(options: HttpOptions): RequestListener {
  const { access, isReady, log } = options;
  const graphql = createGraphQLRoute(options);
  const mcp = createMcpRoute(options);
  const routes: readonly Route[] = [
    { path: '/', methods: READING, answer: toTheApi },
    { path: '/health', methods: READING, answer: ({ response, headers }) => sendHealth(response, headers) },
    { path: '/ready', methods: READING, answer: ready },
    graphql,
    createHookRoute(options),
    mcp,
  ];
  const route = createRouter(routes, access);
  let isClosing = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // It arrived together with requests for which the connection was closed.
    if (request.socket.destroyed) return;
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    const headers = { 'x-request-id': requestId, ...ANSWER_HEADERS, ...access.corsHeaders(request) };
    const exchange = {
      request,
      response,
      headers: isClosing ? { ...headers, connection: 'close' } : headers,
      startedAt,
    };
    try {
      const target = access.targetOf(request);
      const caller = callerOf(request, requestId, () => response.destroyed || request.socket.destroyed);
      await route({ ...exchange, caller }, target);
    } catch (error) {
      fail(error, exchange, requestId);
    }
  }

  async function ready({ response, headers }: Exchange): Promise<void> {
    sendReadiness(response, isClosing ? CLOSING : await isReady(), headers);
  }

  function fail(error: unknown, { request, response, headers }: Omit<Exchange, 'caller'>, requestId: string): void {
    if (error instanceof GoneError) return void response.destroy();
    const known = asRequestError(error, requestId);
    if (known.status === 500) log.error({ requestId, err: error }, 'unexpected error');
    else log.info({ requestId, via: 'http', status: known.status, errors: [known.code] }, 'request');
    if (response.headersSent) return void response.destroy();
    if (known.status === 413) headers.connection = 'close';
    sendError(response, known, acceptable(request.headers.accept).json ?? 'application/json', headers);
  }

  return {
    handle,
    close: () => {
      isClosing = true;
      graphql.close();
      mcp.close();
    },
  };
}

function toTheApi({ response, headers }: Exchange): void {
  response.writeHead(302, { ...headers, location: '/graphql' });
  response.end();
}

function asRequestError(error: unknown, requestId: string): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof MooringError) return new RequestError(400, error.code, error.message, error.hint);
  return new RequestError(500, 'INTERNAL', 'Unexpected error.', faultHint(requestId));
}
