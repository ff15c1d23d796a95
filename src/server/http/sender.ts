import type { IncomingMessage } from 'node:http';
import type { Sender } from '../../authentication/contract.js';

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

/** The sender of a request: its credential is in `Authorization` or `x-api-key`. */
export function senderOf({ headers, socket }: IncomingMessage): Sender {
  const [, bearer] = BEARER.exec(headers.authorization ?? '') ?? [];
  const key = headers['x-api-key'];
  return {
    credential: bearer ?? (typeof key === 'string' ? key : null),
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

/** Whether a header says that a proxy forwarded the request. */
function isForwarded(headers: IncomingMessage['headers']): boolean {
  for (const name in headers) if (FORWARDING.has(name) || FORWARDED.test(name)) return true;
  return false;
}
