import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from './errors.js';
import { LIMITS } from './limits.js';

/** The body as text. @throws RequestError when it is too long, isn't UTF-8, or ends early */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => {
      request.removeAllListeners('data');
      request.resume();
      reject(
        new RequestError(
          413,
          'PAYLOAD_TOO_LARGE',
          `The request is larger than ${LIMITS.bodyBytes / 1024 / 1024} MB.`,
          'Send it in several requests.',
        ),
      );
    };
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes) return tooLarge();
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LIMITS.bodyBytes) tooLarge();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      if (isUtf8(body)) resolve(body.toString('utf8'));
      else reject(NOT_UTF8);
    });
    request.on('error', () => reject(new RequestError(400, 'BAD_REQUEST', 'The request broke off.', 'Send it again.')));
  });
}

/** Read all the same, it would be kept with other characters than were sent. */
const NOT_UTF8 = new RequestError(400, 'BAD_REQUEST', 'The body is not UTF-8.', 'Send JSON, encoded as UTF-8.');
