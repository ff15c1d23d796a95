import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { RequestError } from '../errors.js';
import type { Target } from './target.js';

/** Who may talk to the server, judged by headers that a browser sets and a page can't. */
export interface Access {
  /**
   * A page whose own name was pointed at this machine (DNS rebinding) sends that name as `Host`. On loopback only this
   * machine's names are taken; elsewhere also addresses, names without a dot, which nobody outside can point anywhere, and
   * those of allowed origins. A target that names a host itself counts as well. @throws RequestError
   */
  checkHost(request: IncomingMessage, target: Target): void;
  /** Browsers let any page open a WebSocket: only known ones and the server's own may. @throws RequestError */
  checkOrigin(request: IncomingMessage): void;
  /**
   * Any page can have a browser ask by GET, with an image's address for instance: it doesn't read the answer, but the
   * server works. What is asked so from elsewhere is refused. `isShown`: the address of the request is shown, and nothing
   * is run; then a link may be followed. A page can have a window follow any number of links. @throws RequestError
   */
  checkSite(request: IncomingMessage, isShown: boolean): void;
  /** Headers by which a browser lets a known page read the answer; none for any other page. */
  corsHeaders(request: IncomingMessage): OutgoingHttpHeaders;
  /** The same for the question that comes before the request. */
  preflightHeaders(request: IncomingMessage): OutgoingHttpHeaders;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const UNPOINTABLE_HOST = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\]|[a-z\d-]+)(:\d{1,5})?$/i;

const NONE: OutgoingHttpHeaders = {};

const ALLOWED_HEADERS = [
  'content-type',
  'accept',
  'authorization',
  'mooring-actor',
  'x-request-id',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
].join(', ');

export function createAccess(options: {
  readonly isLoopback: boolean;
  readonly corsOrigins: readonly string[];
}): Access {
  const origins = new Set(options.corsOrigins);
  const names = new Set(options.corsOrigins.map((origin) => new URL(origin).hostname));
  const corsHeaders = ({ headers: { origin } }: IncomingMessage): OutgoingHttpHeaders => {
    if (origin === undefined) return NONE;
    if (!origins.has(origin)) return { vary: 'Origin' };
    return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'x-request-id', vary: 'Origin' };
  };
  const checkOrigin = ({ headers: { origin, host } }: IncomingMessage): void => {
    if (origin === undefined || origins.has(origin) || isOwn(origin, host)) return;
    throw new RequestError(
      403,
      'FORBIDDEN',
      `Pages of ${JSON.stringify(origin.slice(0, 100))} may not connect.`,
      'Whoever runs the server can add the origin to MOORING_CORS_ORIGINS.',
    );
  };
  const checkName = (host: string): void => {
    if (LOOPBACK_HOST.test(host)) return;
    if (!options.isLoopback && (UNPOINTABLE_HOST.test(host) || names.has(host.replace(/:\d+$/, '')))) return;
    throw new RequestError(
      403,
      'FORBIDDEN',
      `The request is addressed to ${JSON.stringify(host.slice(0, 100))}, which is not known as a name of this server.`,
      options.isLoopback
        ? 'Use localhost, 127.0.0.1 or [::1] in the address.'
        : 'Use an address, or let whoever runs the server add the origin of that name to MOORING_CORS_ORIGINS.',
    );
  };
  return {
    checkHost: ({ headers: { host } }, { authority }) => {
      if (host === undefined) throw NO_HOST;
      checkName(host);
      if (authority !== null) checkName(authority);
    },
    checkOrigin,
    checkSite: (request, isShown) => {
      const { origin, 'sec-fetch-site': site, 'sec-fetch-dest': destination } = request.headers;
      if (origin !== undefined) return checkOrigin(request);
      if (site === undefined || site === 'same-origin' || site === 'none') return;
      if (isShown && destination === 'document') return;
      throw new RequestError(
        403,
        'FORBIDDEN',
        'A page of another site asks by GET, and says nothing of its origin.',
        'Send the request by POST with `Content-Type: application/json`, from a page that is allowed.',
      );
    },
    corsHeaders,
    preflightHeaders: (request) => {
      const headers = { ...corsHeaders(request) };
      if (!headers['access-control-allow-origin']) return headers;
      headers['access-control-allow-methods'] = 'GET, HEAD, POST, OPTIONS';
      headers['access-control-allow-headers'] = ALLOWED_HEADERS;
      headers['access-control-max-age'] = '600';
      if (request.headers['access-control-request-private-network'] === 'true') {
        headers['access-control-allow-private-network'] = 'true';
      }
      return headers;
    },
  };
}

const NO_HOST = new RequestError(
  400,
  'BAD_REQUEST',
  'The request has no header `Host`.',
  'Say in it to which name and port the request is sent, as every client of HTTP/1.1 does.',
);

function isOwn(origin: string, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
