import type { IncomingMessage } from 'node:http';

/** What a request is for. */
export interface Target {
  readonly path: string;
  /** Without its question mark; empty when there is none. */
  readonly search: string;
  /** The host that it names itself, as requests to a proxy do: `GET http://host/path`. Null when the header `Host` says it. */
  readonly authority: string | null;
}

const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/** The target of a request, in either form that HTTP/1.1 has for servers. */
export function targetOf({ url = '/' }: IncomingMessage): Target {
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
