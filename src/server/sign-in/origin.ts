import type { IncomingMessage } from 'node:http';

/**
 * The server's origin, as the client of a request knows it. Without `MOORING_PUBLIC_URL` it is what the request says, which was
 * checked to be a name of this server.
 */
export function createOriginOf(publicUrl: string | null): (request: IncomingMessage) => string {
  return ({ headers: { host = 'localhost' } }) => publicUrl ?? `http://${host.toLowerCase()}`;
}
