import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { RequestError } from './errors.js';
import { LIMITS } from './limits.js';

/** A page can send a form or plain text anywhere without being asked; JSON from elsewhere, only where it is allowed. @throws RequestError */
export function requireJson({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new RequestError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `A body that is packed (${JSON.stringify(encoding.slice(0, 100))}) is not taken.`,
      'Send it as it is, without `Content-Encoding`.',
      { 'accept-encoding': 'identity' },
    );
  }
  const type = headers['content-type'];
  if (type === 'application/json') return;
  const [name, ...parameters] = type?.split(';').map((part) => part.trim().toLowerCase()) ?? [];
  const charset = parameters.find((part) => part.startsWith('charset='))?.slice('charset='.length);
  if (name === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset))) return;
  const hint = name === 'multipart/form-data' ? 'Files are not uploaded here. ' : '';
  const shown = JSON.stringify(type?.slice(0, 100));
  throw new RequestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    type ? `A body of type ${shown} is not taken.` : 'The request does not say what its body is.',
    `${hint}Send JSON in UTF-8, with \`Content-Type: application/json\`.`,
  );
}

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
