import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the program sends it. */
export interface Received {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The header that proves who asks. */
  readonly authorization: string | undefined;
}

/** Listens as a server whose requests the test answers, until it ends. @returns the URL */
export async function startEndpoint(answer: (request: Received) => Promise<unknown>): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const { authorization } = request.headers;
    const result = JSON.stringify(await answer({ ...(JSON.parse(body) as Received), authorization }));
    response.setHeader('content-type', 'application/json').end(result);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
