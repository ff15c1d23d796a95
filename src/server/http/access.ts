import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { RequestError } from '../errors.js';

/** The target of a request. */
export interface Target {
  readonly path: string;
  /** Without its question mark; empty when there is none. */
  readonly search: string;
}

/** Which requests the server accepts, judged by headers that a browser sets and a page can't. */
export interface Access {
  /**
   * The target of a request that is addressed to this server. A page whose own name was pointed at this machine (DNS
   * rebinding) sends that name as `Host`. On loopback only this machine's names are accepted; elsewhere also addresses, names
   * without a dot, which nobody outside can point anywhere, and those of allowed origins. A host in the target itself is
   * checked as well. @throws RequestError
   */
  targetOf(request: IncomingMessage): Target;
  /** Browsers let any page open a WebSocket: only allowed origins and the server's own may. @throws RequestError */
  checkOrigin(request: IncomingMessage): void;
  /**
   * Any page can make a browser send a GET, with an image's address for instance: it can't read the answer, but the server
   * does the work. Such cross-site requests are refused. `isShown`: the explorer shows the query of the address and runs
   * nothing; then following a link is allowed. A page can make a window follow any number of links. @throws RequestError
   */
  checkSite(request: IncomingMessage, isShown: boolean): void;
  /** Headers by which a browser lets a page of an allowed origin read the answer; none for any other page. */
  corsHeaders(request: IncomingMessage): OutgoingHttpHeaders;
  /** The same for a preflight request. */
  preflightHeaders(request: IncomingMessage): OutgoingHttpHeaders;
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const UNPOINTABLE_HOST = /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\]|[a-z\d-]+)(:\d{1,5})?$/i;

const NONE: OutgoingHttpHeaders = {};

/**
 * Where programs in browsers are let in and work, wherever their pages are from. They prove who they are by what they send
 * themselves: browsers send no cookies there.
 */
const FOR_EVERY_PAGE = /^\/(?:\.well-known\/|(?:auth\/oauth2\/(?:token|register)|auth\/jwks|mcp)(?:$|\?))/;
export const isForEveryPage = (url: string): boolean => FOR_EVERY_PAGE.test(url);
const EVERY_PAGE: OutgoingHttpHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, www-authenticate, mcp-session-id, retry-after',
};

const ALLOWED_HEADERS = [
  'content-type',
  'accept',
  'authorization',
  'x-api-key',
  'mooring-actor',
  'mooring-project',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'mcp-session-id',
  'last-event-id',
  'x-request-id',
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
].join(', ');

export function createAccess(options: {
  readonly isLoopback: boolean;
  readonly corsOrigins: readonly string[];
  /** The server's own origin, as others know it. Left out: nothing is said. */
  readonly publicUrl?: string | null;
}): Access {
  const origins = new Set(options.corsOrigins);
  const { publicUrl } = options;
  const known = publicUrl ? [...options.corsOrigins, publicUrl] : options.corsOrigins;
  const names = new Set(known.map((origin) => new URL(origin).hostname));
  const corsHeaders = ({ url, headers: { origin } }: IncomingMessage): OutgoingHttpHeaders => {
    if (FOR_EVERY_PAGE.test(url ?? '')) return EVERY_PAGE;
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
      'Ask the operator to add the origin to MOORING_CORS_ORIGINS.',
    );
  };
  const checkName = (host: string): void => {
    if (LOOPBACK_HOST.test(host)) return;
    const name = host.replace(/:\d+$/, '').toLowerCase();
    if (publicUrl && name === new URL(publicUrl).hostname) return;
    if (!options.isLoopback && (UNPOINTABLE_HOST.test(host) || names.has(name))) return;
    throw new RequestError(
      403,
      'FORBIDDEN',
      `The request is addressed to ${JSON.stringify(host.slice(0, 100))}, which is not known as a name of this server.`,
      options.isLoopback
        ? 'Use localhost, 127.0.0.1 or [::1] in the address.'
        : 'Use an IP address, or ask the operator to add the origin of that name to MOORING_CORS_ORIGINS.',
    );
  };
  return {
    targetOf: (request) => {
      const { host } = request.headers;
      const target = parseTarget(request);
      if (host === undefined) throw NO_HOST;
      checkName(host);
      if (target.authority !== null) checkName(target.authority);
      return target;
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
        'The request is a GET from a page of another site, without its origin.',
        'Send it by POST with `Content-Type: application/json`, from a page of an allowed origin.',
      );
    },
    corsHeaders,
    preflightHeaders: (request) => {
      const headers = { ...corsHeaders(request) };
      if (!headers['access-control-allow-origin']) return headers;
      headers['access-control-allow-methods'] = 'GET, HEAD, POST, OPTIONS';
      headers['access-control-allow-headers'] = ALLOWED_HEADERS;
      headers['access-control-max-age'] = '600';
      const isKnown = headers['access-control-allow-origin'] !== '*';
      if (isKnown && request.headers['access-control-request-private-network'] === 'true') {
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
  'Set it to the name and port that the request is sent to, as every HTTP/1.1 client does.',
);

/** Whether an origin is that of the server itself, under the name that the request has for it. */
export function isOwn(origin: string | undefined, host: string | undefined): boolean {
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/** Splits the target of a request, in either form that HTTP/1.1 has for servers: a path, or `http://host/path`. */
function parseTarget({ url = '/' }: IncomingMessage): Target & { readonly authority: string | null } {
  const absolute = url.startsWith('/') ? null : ABSOLUTE.exec(url);
  const rest = absolute ? url.slice(absolute[0].length) : url;
  const [address = ''] = rest.split('#', 1);
  const end = address.indexOf('?');
  return {
    path: (end === -1 ? address : address.slice(0, end)) || '/',
    search: end === -1 ? '' : address.slice(end + 1),
    authority: absolute?.[1] ?? null,
  };
}
