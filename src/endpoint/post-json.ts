import { request as httpRequest } from 'node:http';

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

export interface Posted {
  readonly status: number;
  readonly text: string;
}

/**
 * Posts JSON, in UTF-8. By `node:http`: loading `fetch` takes 20 MB, and longer than starting Node. Each request to this machine
 * has a connection of its own: on one that is kept, a request may meet its end, and nobody knows whether it arrived.
 * @throws Error with the system's code when the connection fails
 */
export async function postJson(url: string, body: string, { headers, signal }: PostOptions = {}): Promise<Posted> {
  const https = url.startsWith('https:') ? await import('node:https') : null;
  const send = https?.request ?? httpRequest;
  const options = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    },
    ...(https === null && { agent: false }),
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
