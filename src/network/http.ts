import http from 'node:http';
import https from 'node:https';
import { codeOf } from '../util/errors.js';
import { guardedLookup, isRefusedHost, LinkLocalError } from './link-local.js';

/** A response with its whole body. */
export interface Received {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Limit of the response's body. */
  readonly maxBytes: number;
}

/**
 * Sends requests, and reads their responses to the end. Not `fetch`: when that is aborted while it connects, its socket keeps
 * the process alive for 10 s; it decompresses any amount; and it doesn't allow checking the address. Redirects aren't
 * followed, and bodies not decompressed.
 */
export interface HttpClient {
  /**
   * Aborting the signal closes the connection. @throws the connection's error, which quotes nothing that was received,
   * LinkLocalError, or BodyTooLargeError
   */
  send(url: string, sent: Sent, signal: AbortSignal): Promise<Received>;
  /** Closes the connections. Calling it again does nothing. */
  close(): void;
}

export interface HttpClientOptions {
  /** Whether link-local addresses are refused. */
  readonly isGuarded: boolean;
}

/** The response's body exceeds the limit. */
export class BodyTooLargeError extends Error {
  constructor(readonly maxBytes: number) {
    super(`The answer is larger than ${maxBytes} bytes.`);
  }
}

/** Limit of a response's headers. */
const MAX_HEADER_BYTES = 16_384;

export function createHttpClient({ isGuarded }: HttpClientOptions): HttpClient {
  const shared = { keepAlive: true, ...(isGuarded ? { lookup: guardedLookup } : {}) };
  const plain = new http.Agent(shared);
  // Explicit, so that no environment variable can switch it off.
  const secure = new https.Agent({ ...shared, rejectUnauthorized: true });

  function open(url: string, options: http.RequestOptions): http.ClientRequest {
    return url.startsWith('https:')
      ? https.request(url, { ...options, agent: secure })
      : http.request(url, { ...options, agent: plain });
  }

  return {
    async send(url, { method, headers, body, maxBytes }, signal) {
      if (isGuarded && isRefusedHost(new URL(url).hostname)) throw new LinkLocalError();
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const maxHeaderSize = MAX_HEADER_BYTES;
      return new Promise((resolve, reject) => {
        const request = open(url, { method, headers: { ...headers, ...length }, signal, maxHeaderSize });
        request.once('error', (error) => reject(withoutAnswer(error)));
        request.once('response', (response) => {
          readBody(response, maxBytes).then(
            (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
            (error) => reject(withoutAnswer(error)),
          );
        });
        request.end(body);
      });
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

async function readBody(response: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Drops the unparsable data that Node attaches to the error: it may be the private response of another server. */
function withoutAnswer(error: unknown): unknown {
  const code = codeOf(error);
  return code.startsWith('HPE_') ? Object.assign(new Error("The answer isn't HTTP."), { code }) : error;
}
