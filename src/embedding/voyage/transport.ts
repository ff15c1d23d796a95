import http from 'node:http';
import https from 'node:https';
import { replyError } from './errors.js';

/** An answer, with all of its body. */
export interface Received {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends requests, and reads their answers to the end. Not `fetch`: when that is given up while it connects, its socket
 * keeps the process alive for 10 s. Redirections aren't followed.
 */
export interface Transport {
  /** Gives up, and lets go of the connection, when the signal says so. @throws the connection's error, or a VoyageError */
  post(url: string, sent: Sent, signal: AbortSignal): Promise<Received>;
  /** Lets go of the connections that wait for the next request. Calling it again does nothing. */
  close(): void;
}

/** 100 vectors of 2,048 numbers in decimal are some 5 MB. */
const MAX_BODY_BYTES = 64 * 1_048_576;

export function createTransport(): Transport {
  const plain = new http.Agent({ keepAlive: true });
  // Said here, so that no variable of the environment can switch it off.
  const secure = new https.Agent({ keepAlive: true, rejectUnauthorized: true });

  function open(url: string, options: http.RequestOptions): http.ClientRequest {
    return url.startsWith('https:')
      ? https.request(url, { ...options, agent: secure })
      : http.request(url, { ...options, agent: plain });
  }

  return {
    post: (url, { headers, body }, signal) =>
      new Promise((resolve, reject) => {
        const length = Buffer.byteLength(body);
        const request = open(url, { method: 'POST', headers: { ...headers, 'content-length': length }, signal });
        request.once('error', reject);
        request.once('response', (response) => {
          readBody(response, new URL(url).host).then(
            (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
            reject,
          );
        });
        request.end(body);
      }),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

async function readBody(response: http.IncomingMessage, host: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw replyError(host, `it is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
