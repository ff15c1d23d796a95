import type { IncomingMessage } from 'node:http';
import { decodeUtf8 } from '../../util/utf8.js';
import { RequestError } from '../errors.js';
import { createHolding, type Gauge } from '../execution/gauge.js';
import { LIMITS } from '../execution/limits.js';

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
  const charsets = parameters.filter((part) => /^charset\s*=/.test(part));
  if (name === 'application/json' && charsets.every((part) => /=\s*"?utf-?8"?$/.test(part))) return;
  const hint = name === 'multipart/form-data' ? 'Files are not uploaded here. ' : '';
  const shown = JSON.stringify(type?.slice(0, 100));
  throw new RequestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    type ? `A body of type ${shown} is not taken.` : 'The request does not say what its body is.',
    `${hint}Send JSON in UTF-8, with \`Content-Type: application/json\`.`,
  );
}

export interface Body {
  readonly bytes: number;
  /** What it says. Of a large one that takes a while. @throws RequestError when it isn't UTF-8 */
  read(): string;
  /** Gives back the room that it takes. */
  release(): void;
}

/** The body. @throws RequestError when it is too long, ends early, or there is no room for it beside others */
export function readBody(request: IncomingMessage, room: Gauge): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const { growTo, release } = createHolding(room);
    const refuse = (error: RequestError) => {
      request.removeAllListeners('data');
      request.resume();
      chunks.length = 0;
      release();
      reject(error);
    };
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.bodyBytes) return refuse(TOO_LARGE);
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > LIMITS.bodyBytes) return refuse(TOO_LARGE);
      if (!growTo(bytes)) return refuse(BUSY);
      chunks.push(chunk);
    });
    request.on('end', () => {
      // The request, which a subscription has as long as it runs, would keep them.
      const parts = chunks.splice(0);
      resolve({ bytes, read: () => decode(parts.splice(0)), release });
    });
    request.on('error', () => refuse(new RequestError(400, 'BAD_REQUEST', 'The request broke off.', 'Send it again.')));
  });
}

const TOO_LARGE = new RequestError(
  413,
  'PAYLOAD_TOO_LARGE',
  `The request is larger than ${LIMITS.bodyBytes / 1024 / 1024} MB.`,
  'Send it in several requests.',
);

const BUSY = new RequestError(
  503,
  'RATE_LIMITED',
  'The server is receiving as much as it has room for.',
  'Send it again in a moment, or in smaller requests.',
  { 'retry-after': '1' },
);

function decode(chunks: readonly Buffer[]): string {
  const text = decodeUtf8(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  if (text === null) throw notUtf8('The body', 'Send JSON, encoded as UTF-8.');
  return text;
}

/** Read all the same, it would be kept with other characters than were sent. */
export function notUtf8(what: string, hint: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', `${what} is not UTF-8.`, hint);
}
