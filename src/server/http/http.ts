import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticator, Links, ProgramKeys, Sender, SetUp } from '../../authentication/contract.js';
import type { Principal } from '../../domain/access/principal.js';
import { PAGES } from '../../pages/pages.js';
import type { SignInLane } from '../../sign-in/contract.js';
import { GoneError } from '../../util/turn.js';
import { faultHint, isExpected, RequestError, refusalOf } from '../errors.js';
import { CLOSING, type Readiness, sendHealth, sendReadiness } from '../health.js';
import { createOriginOf } from '../sign-in/origin.js';
import { createPageRoutes, type PageRouteOptions } from '../sign-in/page-routes.js';
import { createProgramKeyRoute } from '../sign-in/program-key-route.js';
import { createSignInRoutes } from '../sign-in/sign-in-route.js';
import { type Caller, callerOf, requestIdOf } from './actor.js';
import { withChallenge } from './challenge.js';
import type { Visit } from './exchange.js';
import { createGraphQLRoute, type GraphQLRouteOptions } from './graphql-route.js';
import { createHookRoute } from './hook-route.js';
import { createMcpRoute } from './mcp-route.js';
import { ANSWER_HEADERS, acceptable, sendError } from './respond.js';
import { createRouter, type PrivateRoute, READING, type Route } from './routes.js';
import { senderOf } from './sender.js';
import { createSetupRoute } from './setup-route.js';

export interface RequestListener {
  /** Answers a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Closes event streams as a lost connection would, so that clients reconnect; the rest completes. */
  close(): void;
}

/** How people get in. */
export interface PeopleOptions {
  readonly setUp: SetUp;
  readonly lane: SignInLane;
  readonly links: Links;
  readonly programKeys: ProgramKeys;
  /** Other servers by which people sign in. */
  readonly providers: readonly { readonly id: string; readonly name: string }[];
}

export interface HttpOptions extends GraphQLRouteOptions {
  readonly isReady: () => Promise<Readiness>;
  readonly authenticator: Authenticator;
  /** Left out: nothing has to be set up, and nobody signs in. */
  readonly people?: PeopleOptions | undefined;
  readonly publicUrl?: string | null | undefined;
}

/**
 * Answers requests. The life of one, top to bottom: `handle` checks where it is addressed, the router finds its route,
 * `identify` says who sent it, the route answers; `fail` sends an error instead. The table of `routes` has all that the server
 * has.
 */
export function createRequestListener(options: HttpOptions): RequestListener {
  const { access, isReady, authenticator, people, log } = options;
  const graphql = createGraphQLRoute(options);
  const mcp = createMcpRoute(options);
  const originOf = createOriginOf(options.publicUrl ?? null);
  const routes: readonly Route[] = [
    { path: '/', methods: READING, isPublic: true, answer: toTheApi },
    {
      ...{ path: '/health', methods: READING, isPublic: true },
      answer: ({ response, headers }) => sendHealth(response, headers),
    },
    { path: '/ready', methods: READING, isPublic: true, answer: ready },
    graphql,
    createHookRoute(options),
    mcp,
    ...(people ? routesOfPeople({ ...options, ...people, originOf }) : []),
  ];
  const route = createRouter(routes, access, identify, authenticator.confirm);
  let isClosing = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // It arrived together with requests for which the connection was closed.
    if (request.socket.destroyed) return;
    const startedAt = performance.now();
    const requestId = requestIdOf(request);
    const headers = { 'x-request-id': requestId, ...ANSWER_HEADERS, ...access.corsHeaders(request) };
    const visit = {
      ...{ request, response, requestId, startedAt },
      headers: isClosing ? { ...headers, connection: 'close' } : headers,
    };
    try {
      await route(visit, access.targetOf(request));
    } catch (error) {
      fail(error, visit);
    }
  }

  async function identify(visit: Visit, { takesAccessTokens }: PrivateRoute): Promise<Caller> {
    const { request, response, requestId } = visit;
    const origin = people && takesAccessTokens ? originOf(request) : undefined;
    const principal = await authenticating({ ...senderOf(request), tokensFor: origin });
    return callerOf(request, principal, requestId, () => response.destroyed || request.socket.destroyed);
  }

  /** @throws as `Authenticator.authenticate`, with what a program needs to know to be let in */
  async function authenticating(sender: Sender): Promise<Principal> {
    try {
      return await authenticator.authenticate(sender);
    } catch (error) {
      throw sender.tokensFor === undefined ? error : withChallenge(error, sender);
    }
  }

  async function ready({ response, headers }: Visit): Promise<void> {
    sendReadiness(response, isClosing ? CLOSING : await isReady(), headers);
  }

  function fail(error: unknown, { request, response, requestId, headers }: Visit): void {
    if (error instanceof GoneError) return void response.destroy();
    const known = isExpected(error) ? refusalOf(error) : unexpected(requestId);
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

/** How people set a server up, sign in, and see what is theirs. */
function routesOfPeople(options: PageRouteOptions & PeopleOptions): readonly Route[] {
  const pages = createPageRoutes(PAGES, options);
  const setup = createSetupRoute({ ...options, page: pages.find(({ path }) => path === '/setup') });
  return [
    ...createSignInRoutes(options),
    ...pages.filter(({ path }) => path !== setup.path),
    setup,
    createProgramKeyRoute(options),
  ];
}

function toTheApi({ response, headers }: Visit): void {
  response.writeHead(302, { ...headers, location: '/graphql' });
  response.end();
}

function unexpected(requestId: string): RequestError {
  return new RequestError(500, 'INTERNAL', 'Unexpected error.', faultHint(requestId));
}
