import type { IncomingMessage } from 'node:http';
import type { Sender } from '../../authentication/contract.js';
import { isOwn } from './access.js';

const BEARER = /^Bearer +(\S+) *$/i;
/** Headers that proxies and CDNs add: many have names of one pattern, the others are listed. */
const FORWARDED = /^x-forwarded|-forwarded-for$|client-?ip$|connecting-ip$/;
const FORWARDING = new Set([
  'forwarded',
  'forwarded-for',
  'via',
  'x-real-ip',
  'x-proxyuser-ip',
  'x-envoy-external-address',
  'x-appengine-user-ip',
  'x-original-host',
  'cdn-loop',
  'cf-ray',
  'tailscale-user-login',
]);

/** The sender of a request: its credential is in `Authorization` or `x-api-key`, or the cookie of who is signed in. */
export function senderOf(request: IncomingMessage): Sender {
  const { headers, socket } = request;
  const [, bearer] = BEARER.exec(headers.authorization ?? '') ?? [];
  const key = headers['x-api-key'];
  return {
    credential: bearer ?? (typeof key === 'string' ? key : null),
    cookie: isOwnPage(request) ? (headers.cookie ?? null) : null,
    address: socket.remoteAddress ?? '',
    isForwarded: isForwarded(headers),
  };
}

/**
 * The credential in the parameters of a connection: `authorization` as in the header, or `apiKey`, in any case; null when they
 * have none.
 */
export function credentialIn(params: Readonly<Record<string, unknown>> | null | undefined): string | null {
  for (const [name, value] of Object.entries(params ?? {})) {
    if (typeof value !== 'string' || value === '') continue;
    const known = name.toLowerCase();
    if (known === 'authorization') return BEARER.exec(value)?.[1] ?? value;
    if (known === 'apikey' || known === 'x-api-key') return value;
  }
  return null;
}

/**
 * Whether a page of this very server sends the request. Browsers send cookies with requests of any page of the same host, which
 * another server may have at another port.
 */
export function isOwnPage({ headers: { origin, host, 'sec-fetch-site': site } }: IncomingMessage): boolean {
  return site === undefined ? isOwn(origin, host) : site === 'same-origin';
}

/** Whether a header says that a proxy forwarded the request. */
function isForwarded(headers: IncomingMessage['headers']): boolean {
  for (const name in headers) if (FORWARDING.has(name) || FORWARDED.test(name)) return true;
  return false;
}
