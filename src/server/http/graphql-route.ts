import type { IncomingMessage } from 'node:http';
import { RequestError } from '../errors.js';
import { execute, type Prepared } from '../execution/engine.js';
import { LIMITS } from '../limits.js';
import { logRequest } from '../log.js';
import type { Target } from './access.js';
import type { Caller } from './actor.js';
import type { Exchange, Visit } from './exchange.js';
import { createExplorer } from './explorer.js';
import { parseBody, parseSearch, readBody, requireJson } from './graphql-request.js';
import { acceptable, sendResult } from './respond.js';
import type { PrivateRoute, RouteOptions } from './routes.js';
import { createYogaHandler } from './yoga.js';

export interface GraphQLRouteOptions extends RouteOptions {
  readonly graphiql: boolean;
}

export interface GraphQLRoute extends PrivateRoute {
  /** Closes event streams as a lost connection would, so that clients reconnect; the rest completes. */
  close(): void;
}

/**
 * GraphQL over HTTP: `get` or `post` reads the request, `answer` runs it and sends the result. JSON answers, nearly all of
 * them, are sent right here; Yoga sends events.
 */
export function createGraphQLRoute({
  engine,
  turns,
  budgets,
  access,
  graphiql,
  log,
}: GraphQLRouteOptions): GraphQLRoute {
  const yoga = createYogaHandler();
  const explorer = createExplorer();
  let isClosing = false;

  /** Whatever the address asks for: the explorer shows the query of a shared link, and doesn't run it. */
  function show({ request, response, headers }: Visit): Promise<void> | false {
    const isShown = graphiql && isReading(request) && request.headers.accept?.includes('text/html') === true;
    if (!isShown) return false;
    access.checkSite(request, true);
    return explorer.send(request, response, headers);
  }

  async function get(exchange: Exchange, target: Target): Promise<void> {
    access.checkSite(exchange.request, false);
    const operation = engine.prepare(parseSearch(target.search));
    if ('kind' in operation && operation.kind === 'mutation') throw GET_MUTATION;
    return answer(exchange, operation);
  }

  async function post(exchange: Exchange): Promise<void> {
    requireJson(exchange.request);
    const { operation, release } = await receive(exchange);
    try {
      await answer(exchange, operation);
    } finally {
      release();
    }
  }

  /** Reads the operation of a body, whose text isn't kept. */
  async function receive({ request, caller, confirm }: Exchange) {
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      const confirming = confirm();
      if (confirming) await confirming;
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

  async function answer(exchange: Exchange, operation: Prepared): Promise<void> {
    const { request, response, caller, headers, startedAt } = exchange;
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
    const result = await execute(operation, caller);
    if (isClosing) headers.connection = 'close';
    const status = sendResult(response, result, accepted.json, headers, budgets.answers);
    logRequest(log, { ...line, status, result, startedAt });
  }

  return {
    path: '/graphql',
    methods: METHODS,
    refusals: { PUT: RESERVATION },
    show,
    answer: (exchange, target) => (isReading(exchange.request) ? get(exchange, target) : post(exchange)),
    close: () => {
      isClosing = true;
      yoga.close();
    },
  };
}

const isReading = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

const METHODS = 'GET, HEAD, POST, OPTIONS';

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
  { allow: METHODS },
);
