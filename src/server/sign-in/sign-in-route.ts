import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { SignInLane, WebResponse } from '../../sign-in/contract.js';
import { RequestError } from '../errors.js';
import { isForEveryPage, type Target } from '../http/access.js';
import type { Visit } from '../http/exchange.js';
import { readBody } from '../http/graphql-request.js';
import type { PublicRoute, RouteOptions } from '../http/routes.js';
import { LIMITS } from '../limits.js';
import { logRequest } from '../log.js';
import { isForBrowser } from './page-routes.js';

/** Where signing in is done, and what others look up about it. */
export const SIGN_IN_PATHS = ['/auth/*', '/.well-known/*'] as const;

export interface SignInRouteOptions extends RouteOptions {
  readonly lane: SignInLane;
  /** The server's origin, as the client of a request knows it. */
  readonly originOf: (request: IncomingMessage) => string;
}

/** Hands requests to the library for signing in. */
export function createSignInRoutes({ lane, originOf, budgets, log }: SignInRouteOptions): readonly PublicRoute[] {
  async function answer(visit: Visit, { path, search }: Target): Promise<void> {
    const { request, response, requestId, headers, startedAt } = visit;
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.smallBytes) throw TOO_LARGE;
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      if (bytes > LIMITS.smallBytes) throw TOO_LARGE;
      const answered = await lane.answer({
        method: request.method === 'POST' ? 'POST' : 'GET',
        origin: originOf(request),
        path: search ? `${path}?${search}` : path,
        headers: passedOn(request, path),
        body: request.method === 'POST' ? read() : null,
        address: request.socket.remoteAddress ?? '',
        requestId,
      });
      const problem = path === QUESTION && isForBrowser(request) ? problemIn(answered) : null;
      if (problem === null) {
        response.writeHead(answered.status, { ...headers, ...headersOf(answered) });
        response.end(request.method === 'HEAD' ? undefined : answered.body);
      } else {
        response.writeHead(303, { ...headers, location: `/problem?error=${problem}` });
        response.end();
      }
      logRequest(log, { requestId, via: 'http', operation: undefined, status: answered.status, startedAt });
    } finally {
      release();
    }
  }

  return SIGN_IN_PATHS.map((path) => ({ path, methods: 'GET, HEAD, POST, OPTIONS', isPublic: true, answer }));
}

/** Where programs lead browsers to ask their users. */
const QUESTION = '/auth/oauth2/authorize';

/** Why a question can't be asked, as a page explains it to people; null when that isn't so. */
function problemIn({ status, body }: WebResponse): string | null {
  if (status < 400 || status === 429 || status >= 500) return null;
  return /"error":"(\w+)"/.exec(body)?.[1] ?? 'unknown';
}

const TOO_LARGE = new RequestError(
  413,
  'PAYLOAD_TOO_LARGE',
  'The body is too large for this address.',
  `Send at most ${LIMITS.smallBytes} bytes.`,
);

/** Headers that the library reads. What says who forwarded the request anybody can write. */
const PASSED = [
  'accept',
  'authorization',
  'content-type',
  'cookie',
  'origin',
  'referer',
  'user-agent',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'dpop',
];

/** What a browser adds by itself: it says nothing about a program that proves itself by what it sends. */
const OF_BROWSERS: ReadonlySet<string> = new Set([
  'cookie',
  'origin',
  'referer',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
]);

function passedOn({ headers }: IncomingMessage, path: string): Readonly<Record<string, string>> {
  const passed = isForEveryPage(path) ? PASSED.filter((name) => !OF_BROWSERS.has(name)) : PASSED;
  return Object.fromEntries(
    passed.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name] as string]] : [])),
  );
}

/** The headers of an answer, those of one name together. */
export function headersOf({ headers }: WebResponse): OutgoingHttpHeaders {
  const all: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    if (name === 'set-cookie') all[name] = [...(all[name] ?? []), value];
    else if (name !== 'content-length') all[name] = value;
  }
  return all;
}
