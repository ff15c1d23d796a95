import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { MooringError } from '../domain/errors.js';
import { acceptable } from './accept.js';
import type { Access } from './access.js';
import { readBody } from './body.js';
import { callerOf, requestIdOf } from './caller.js';
import type { Engine } from './engine.js';
import { faultHint, RequestError } from './errors.js';
import { createExplorer } from './explorer.js';
import { logRequest } from './log.js';
import { parseParams } from './params.js';
import { sendError, sendJson, sendResult } from './respond.js';
import type { Readiness } from './server.js';
import { createYogaLane, type Exchange, NO_EVENTS } from './yoga.js';

export interface RequestListener {
  /** Answers a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends what streams, as a lost connection does, so that its readers come back; lets the rest finish. */
  close(): void;
}

export interface HttpOptions {
  readonly engine: Engine;
  readonly access: Access;
  readonly graphiql: boolean;
  readonly isReady: () => Promise<Readiness>;
  readonly log: Logger;
}

/**
 * What is asked of each address. A GraphQL request by POST with a JSON answer, which is nearly all of them, is answered
 * right here; Yoga has the other forms. Both run the same engine.
 */
export function createRequestListener({ engine, access, graphiql, isReady, log }: HttpOptions): RequestListener {
  const yoga = createYogaLane(engine);
  const explorer = createExplorer();
  let isClosing = false;

  const handOver = async (exchange: Exchange, startedAt: number, body?: string) => {
    const { operation, status } = await yoga.answer(exchange, body);
    logRequest(log, { requestId: exchange.caller.requestId, via: 'http', operation, status, startedAt });
  };

  const post = async (exchange: Exchange, startedAt: number) => {
    const { request, response, caller, headers } = exchange;
    requireJson(request);
    const body = await readBody(request);
    const params = parseParams(body);
    const { json, events } = acceptable(request.headers.accept);
    const operation = engine.prepare(params);
    const isOperation = 'kind' in operation;
    if (isOperation && operation.kind === 'subscription' && !events) throw NO_EVENTS;
    if (!json || (isOperation && operation.kind === 'subscription')) {
      if (!events) throw NOT_ACCEPTABLE;
      // What is refused is sent on whole: without its variables, it might be taken.
      if (!isOperation) return handOver(exchange, startedAt, body);
      // Nothing of the request but this is kept while a subscription runs.
      const { query, operationName } = params;
      return handOver(exchange, startedAt, JSON.stringify({ query, operationName, variables: operation.variables }));
    }
    const result = isOperation ? await operation.execute(caller) : { errors: operation };
    if (isClosing) headers.connection = 'close';
    const status = sendResult(response, result, json, headers);
    const name = isOperation ? operation.name : undefined;
    logRequest(log, { requestId: caller.requestId, via: 'http', operation: name, status, result, startedAt });
  };

  const graphql = (exchange: Exchange, startedAt: number): Promise<void> => {
    const { request, response } = exchange;
    switch (request.method) {
      case 'POST':
        return post(exchange, startedAt);
      case 'GET':
        access.checkSite(request);
        // Whatever the address asks for: the explorer shows the query of a link that was shared.
        if (graphiql && request.headers.accept?.includes('text/html')) return explorer.send(request, response);
        return handOver(exchange, startedAt);
      default:
        throw wrongMethod('GET, POST');
    }
  };

  const ready = async ({ response, headers }: Exchange) => {
    const { ok, problems } = isClosing ? CLOSING : await isReady();
    sendJson(response, ok ? 200 : 503, { status: ok ? 'ready' : 'not ready', problems }, headers);
  };

  const route = (exchange: Exchange, path: string, startedAt: number): Promise<void> | undefined => {
    const { request, response, headers } = exchange;
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...access.preflightHeaders(request), 'x-request-id': exchange.caller.requestId });
      response.end();
      return;
    }
    switch (path) {
      case '/graphql':
        return graphql(exchange, startedAt);
      case '/ready':
        return ready(exchange);
      case '/health':
        sendJson(response, 200, { status: 'ok' }, headers);
        return;
      case '/':
        response.writeHead(302, { ...headers, location: '/graphql' });
        response.end();
        return;
      default:
        throw new RequestError(
          404,
          'NO_SUCH_PAGE',
          `There is nothing at ${JSON.stringify(path.slice(0, 100))}.`,
          'The API is at /graphql.',
        );
    }
  };

  const fail = (error: unknown, response: ServerResponse, headers: OutgoingHttpHeaders, requestId: string) => {
    const known = asRequestError(error, requestId);
    if (known.status === 500) log.error({ requestId, err: error }, 'unexpected error');
    else log.info({ requestId, via: 'http', status: known.status, errors: [known.code] }, 'request');
    if (response.headersSent) response.destroy();
    else sendError(response, known, { ...headers, ...(known.status === 413 && { connection: 'close' }) });
  };

  return {
    handle: async (request, response) => {
      const startedAt = performance.now();
      const requestId = requestIdOf(request);
      const headers: OutgoingHttpHeaders = { 'x-request-id': requestId, ...access.corsHeaders(request) };
      if (isClosing) headers.connection = 'close';
      try {
        access.checkHost(request);
        const path = (request.url ?? '/').split('?', 1)[0]!;
        await route({ request, response, caller: callerOf(request, requestId), headers }, path, startedAt);
      } catch (error) {
        fail(error, response, headers, requestId);
      }
    },
    close: () => {
      isClosing = true;
      yoga.close();
    },
  };
}

const CLOSING: Readiness = { ok: false, problems: ['The server is closing.'] };

const NOT_ACCEPTABLE = new RequestError(
  406,
  'NOT_ACCEPTABLE',
  'The request accepts none of the answers there are.',
  'Send `Accept: application/graphql-response+json, application/json`, or leave it out.',
);

/** A page can send a form or plain text anywhere without being asked; JSON from elsewhere, only where it is allowed. */
function requireJson(request: IncomingMessage): void {
  const type = request.headers['content-type'];
  if (type === 'application/json' || type?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json') return;
  throw new RequestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    type
      ? `A body of type ${JSON.stringify(type.slice(0, 100))} is not taken.`
      : 'The request does not say what its body is.',
    'Send JSON, with `Content-Type: application/json`.',
  );
}

function wrongMethod(allowed: string): RequestError {
  return new RequestError(405, 'METHOD_NOT_ALLOWED', 'This method is not for this address.', `Use one of ${allowed}.`);
}

function asRequestError(error: unknown, requestId: string): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof MooringError) return new RequestError(400, error.code, error.message, error.hint);
  return new RequestError(500, 'INTERNAL', 'Unexpected error.', faultHint(requestId));
}
