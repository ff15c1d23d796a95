import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { MooringError } from '../../domain/errors.js';
import { GoneError, type Turns } from '../../util/turn.js';
import { faultHint, RequestError } from '../errors.js';
import type { MemoryBudgets } from '../execution/budgets.js';
import type { Engine, Prepared } from '../execution/engine.js';
import { CLOSING, type Readiness, sendHealth, sendReadiness } from '../health.js';
import { LIMITS } from '../limits.js';
import { logRequest } from '../log.js';
import type { Access, Target } from './access.js';
import { type Caller, callerOf, requestIdOf } from './actor.js';
import { createExplorer } from './explorer.js';
import { parseBody, parseSearch, readBody, requireJson } from './graphql-request.js';
import { ANSWER_HEADERS, acceptable, sendError, sendResult } from './respond.js';
import { createYogaHandler, type Exchange } from './yoga.js';

export interface RequestListener {
  /** Answers a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Closes event streams as a lost connection would, so that clients reconnect; the rest completes. */
  close(): void;
}

export interface HttpOptions {
  readonly engine: Engine;
  readonly turns: Turns;
  readonly budgets: MemoryBudgets;
  readonly access: Access;
  readonly graphiql: boolean;
  readonly isReady: () => Promise<Readiness>;
  readonly log: Logger;
}

/**
 * Answers requests. The life of one, top to bottom: `handle` checks where it is addressed and who sends it, `route` finds
 * what its path and method mean, `get` or `post` reads the GraphQL request, `answer` runs it and sends the result, `fail`
 * sends an error instead. JSON answers, nearly all of them, are sent right here; Yoga sends events.
 */
export function createRequestListener(options: HttpOptions): RequestListener {
  const { engine, turns, budgets, access, graphiql, isReady, log } = options;
  const yoga = createYogaHandler();
  const explorer = createExplorer();
  let isClosing = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // It arrived together with requests for which the connection was closed.
    if (request.socket.destroyed) return;
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    const headers = { 'x-request-id': requestId, ...ANSWER_HEADERS, ...access.corsHeaders(request) };
    const exchange = { request, response, headers: isClosing ? { ...headers, connection: 'close' } : headers };
    try {
      const target = access.targetOf(request);
      const caller = callerOf(request, requestId, () => response.destroyed || request.socket.destroyed);
      await route({ ...exchange, caller }, target, startedAt);
    } catch (error) {
      fail(error, exchange, requestId);
    }
  }

  function route(exchange: Exchange, target: Target, startedAt: number): Promise<void> | undefined {
    const { request, response, headers } = exchange;
    const isGraphQL = target.path === '/graphql';
    const methods = isGraphQL || target.path === '*' ? GRAPHQL_METHODS : 'GET, HEAD, OPTIONS';
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...headers, ...access.preflightHeaders(request), allow: methods });
      response.end();
      return;
    }
    if (!PATHS.has(target.path)) throw noSuchPage(target.path);
    const isGet = request.method === 'GET' || request.method === 'HEAD';
    if (isGraphQL && request.method === 'PUT') throw RESERVATION;
    if (!isGet && !(isGraphQL && request.method === 'POST')) throw wrongMethod(methods);
    switch (target.path) {
      case '/ready':
        return ready(exchange);
      case '/health':
        sendHealth(response, headers);
        return;
      case '/':
        response.writeHead(302, { ...headers, location: '/graphql' });
        response.end();
        return;
      default:
        return isGet ? get(exchange, target, startedAt) : post(exchange, startedAt);
    }
  }

  async function ready({ response, headers }: Exchange): Promise<void> {
    sendReadiness(response, isClosing ? CLOSING : await isReady(), headers);
  }

  async function get(exchange: Exchange, target: Target, startedAt: number): Promise<void> {
    const { request, response, headers } = exchange;
    // Whatever the address asks for: the explorer shows the query of a shared link, and doesn't run it.
    const isShown = graphiql && request.headers.accept?.includes('text/html') === true;
    access.checkSite(request, isShown);
    if (isShown) return explorer.send(request, response, headers);
    const operation = engine.prepare(parseSearch(target.search));
    if ('kind' in operation && operation.kind === 'mutation') throw GET_MUTATION;
    return answer(exchange, operation, startedAt);
  }

  async function post(exchange: Exchange, startedAt: number): Promise<void> {
    requireJson(exchange.request);
    const { operation, release } = await receive(exchange);
    try {
      await answer(exchange, operation, startedAt);
    } finally {
      release();
    }
  }

  /** Reads the operation of a body, whose text isn't kept. */
  async function receive({ request, caller }: Exchange) {
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      const operation = bytes <= LIMITS.smallChars ? engine.prepare(parseBody(read())) : await inTurns(read, caller);
      // A subscription runs for long, and keeps little of its body.
      if ('kind' in operation && operation.kind === 'subscription') release();
      return { operation, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Prepares the operation of a large body, whose steps take a while each. */
  async function inTurns(read: () => string, caller: Caller): Promise<Prepared> {
    const turn = turns.of(caller);
    const text = await turn(read);
    const params = await turn(() => parseBody(text));
    return turn(() => engine.prepare(params));
  }

  async function answer(exchange: Exchange, operation: Prepared, startedAt: number): Promise<void> {
    const { request, response, caller, headers } = exchange;
    const accepted = acceptable(request.headers.accept);
    const events = accepted.events && request.method !== 'HEAD';
    const isOperation = 'kind' in operation;
    const line = {
      requestId: caller.requestId,
      via: 'http',
      operation: isOperation ? operation.name : undefined,
    } as const;
    if (isOperation && operation.kind === 'subscription' && !events) throw NO_EVENTS;
    if (!accepted.json || (isOperation && operation.kind === 'subscription')) {
      if (!events) throw NOT_ACCEPTABLE;
      const status = await yoga.answer(exchange, operation);
      return logRequest(log, { ...line, status, startedAt });
    }
    const result = isOperation ? await operation.execute(caller) : { errors: operation };
    if (isClosing) headers.connection = 'close';
    const status = sendResult(response, result, accepted.json, headers, budgets.answers);
    logRequest(log, { ...line, status, result, startedAt });
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
      yoga.close();
    },
  };
}

const GRAPHQL_METHODS = 'GET, HEAD, POST, OPTIONS';

const PATHS: ReadonlySet<string> = new Set(['/', '/graphql', '/health', '/ready']);

const NO_EVENTS = new RequestError(
  406,
  'NOT_ACCEPTABLE',
  'A subscription is answered with events, which the request does not accept.',
  'Send `Accept: text/event-stream`, or use WebSocket with the graphql-transport-ws protocol on this same address.',
);

const NOT_ACCEPTABLE = new RequestError(
  406,
  'NOT_ACCEPTABLE',
  'The request accepts none of the available media types.',
  'Send `Accept: application/graphql-response+json, application/json`, or leave it out.',
);

const GET_MUTATION = new RequestError(
  405,
  'METHOD_NOT_ALLOWED',
  'A mutation can’t be sent by GET.',
  'Send it by POST.',
  { allow: 'POST' },
);

/** graphql-sse sends a PUT to have all subscriptions of a client on one connection. */
const RESERVATION = new RequestError(
  405,
  'METHOD_NOT_ALLOWED',
  'The events of several subscriptions can’t share one connection.',
  'Send a request for each (`singleConnection: false` in graphql-sse), or use WebSocket on this same address.',
  { allow: GRAPHQL_METHODS },
);

function noSuchPage(path: string): RequestError {
  const message = `There is nothing at ${JSON.stringify(path.slice(0, 100))}.`;
  return new RequestError(404, 'NO_SUCH_PAGE', message, 'The API is at /graphql.');
}

function wrongMethod(allowed: string): RequestError {
  return new RequestError(
    405,
    'METHOD_NOT_ALLOWED',
    'This address does not support the method.',
    `Use one of ${allowed}.`,
    {
      allow: allowed,
    },
  );
}

function asRequestError(error: unknown, requestId: string): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof MooringError) return new RequestError(400, error.code, error.message, error.hint);
  return new RequestError(500, 'INTERNAL', 'Unexpected error.', faultHint(requestId));
}
