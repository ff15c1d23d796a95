import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { MooringError } from '../../domain/errors.js';
import { GoneError, type Turns } from '../../util/turn.js';
import { faultHint, RequestError } from '../errors.js';
import type { Engine, Prepared } from '../execution/engine.js';
import { LIMITS } from '../execution/limits.js';
import type { MemoryBudgets } from '../execution/memory-budget.js';
import { CLOSING, type Readiness, sendHealth, sendReadiness } from '../health.js';
import { logRequest } from '../log.js';
import type { Access, Target } from './access.js';
import { readBody, requireJson } from './body.js';
import { type Caller, callerOf, requestIdOf } from './caller.js';
import { createExplorer } from './explorer.js';
import { parseBody, parseSearch } from './params.js';
import { ANSWER_HEADERS, acceptable, sendError, sendResult } from './respond.js';
import { createYogaLane, type Exchange } from './yoga.js';

export interface RequestListener {
  /** Answers a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends what streams, as a lost connection does, so that its readers come back; lets the rest finish. */
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
 * What is asked of each address. A GraphQL request with a JSON answer, which is nearly all of them, is answered right here;
 * Yoga sends events. Both run what the engine prepared.
 */
export function createRequestListener({
  engine,
  turns,
  budgets,
  access,
  graphiql,
  isReady,
  log,
}: HttpOptions): RequestListener {
  const yoga = createYogaLane();
  const explorer = createExplorer();
  let isClosing = false;

  const post = async (exchange: Exchange, startedAt: number) => {
    requireJson(exchange.request);
    const { operation, release } = await receive(exchange);
    try {
      await answer(exchange, operation, startedAt);
    } finally {
      release();
    }
  };

  /** What a body asks for. Of the text itself nothing is kept. */
  const receive = async ({ request, caller }: Exchange) => {
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      const operation = bytes <= LIMITS.smallChars ? engine.prepare(parseBody(read())) : await inTurns(read, caller);
      // A subscription runs for long, and what it keeps of its body is little.
      if ('kind' in operation && operation.kind === 'subscription') release();
      return { operation, release };
    } catch (error) {
      release();
      throw error;
    }
  };

  /** The same of a large one, whose parts take a while each. */
  const inTurns = async (read: () => string, caller: Caller): Promise<Prepared> => {
    const turn = turns.of(caller);
    const text = await turn(read);
    const params = await turn(() => parseBody(text));
    return turn(() => engine.prepare(params));
  };

  const get = async (exchange: Exchange, target: Target, startedAt: number) => {
    const { request, response, headers } = exchange;
    // Whatever the address asks for: the explorer shows the query of a link that was shared.
    const isShown = graphiql && request.headers.accept?.includes('text/html') === true;
    access.checkSite(request, isShown);
    if (isShown) return explorer.send(request, response, headers);
    const operation = engine.prepare(parseSearch(target.search));
    if ('kind' in operation && operation.kind === 'mutation') throw GET_MUTATION;
    return answer(exchange, operation, startedAt);
  };

  const answer = async (exchange: Exchange, operation: Prepared, startedAt: number) => {
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
  };

  const ready = async ({ response, headers }: Exchange) =>
    sendReadiness(response, isClosing ? CLOSING : await isReady(), headers);

  const route = (exchange: Exchange, target: Target, startedAt: number): Promise<void> | undefined => {
    const { request, response, headers } = exchange;
    const methods = target.path === '/graphql' || target.path === '*' ? GRAPHQL_METHODS : 'GET, HEAD, OPTIONS';
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { ...headers, ...access.preflightHeaders(request), allow: methods });
      response.end();
      return;
    }
    if (!PATHS.has(target.path)) {
      throw new RequestError(
        404,
        'NO_SUCH_PAGE',
        `There is nothing at ${JSON.stringify(target.path.slice(0, 100))}.`,
        'The API is at /graphql.',
      );
    }
    const isGet = request.method === 'GET' || request.method === 'HEAD';
    const isGraphQL = target.path === '/graphql';
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
  };

  const fail = (error: unknown, { request, response, headers }: Omit<Exchange, 'caller'>, requestId: string) => {
    if (error instanceof GoneError) return response.destroy();
    const known = asRequestError(error, requestId);
    if (known.status === 500) log.error({ requestId, err: error }, 'unexpected error');
    else log.info({ requestId, via: 'http', status: known.status, errors: [known.code] }, 'request');
    if (response.headersSent) return response.destroy();
    if (known.status === 413) headers.connection = 'close';
    sendError(response, known, acceptable(request.headers.accept).json ?? 'application/json', headers);
  };

  return {
    handle: async (request, response) => {
      // It came in one piece with those for which the connection was ended.
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
    },
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
  'A subscription answers with events, which the request does not accept.',
  'Send `Accept: text/event-stream`, or use WebSocket with the graphql-transport-ws protocol on this same address.',
);

const NOT_ACCEPTABLE = new RequestError(
  406,
  'NOT_ACCEPTABLE',
  'The request accepts none of the answers there are.',
  'Send `Accept: application/graphql-response+json, application/json`, or leave it out.',
);

const GET_MUTATION = new RequestError(
  405,
  'METHOD_NOT_ALLOWED',
  'A mutation can’t be sent by GET.',
  'Send it by POST.',
  { allow: 'POST' },
);

/** What graphql-sse sends for a client that would have all its subscriptions on one connection. */
const RESERVATION = new RequestError(
  405,
  'METHOD_NOT_ALLOWED',
  'There is no single connection for the events of several subscriptions.',
  'Follow each by a request of its own (`singleConnection: false` in graphql-sse), or use WebSocket on this same address.',
  { allow: GRAPHQL_METHODS },
);

function wrongMethod(allowed: string): RequestError {
  return new RequestError(405, 'METHOD_NOT_ALLOWED', 'This method is not for this address.', `Use one of ${allowed}.`, {
    allow: allowed,
  });
}

function asRequestError(error: unknown, requestId: string): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof MooringError) return new RequestError(400, error.code, error.message, error.hint);
  return new RequestError(500, 'INTERNAL', 'Unexpected error.', faultHint(requestId));
}
