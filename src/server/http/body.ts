import type { IncomingMessage } from 'node:http';
import { hasMoreValues } from '../../util/json/json-text.js';
import { decodeUtf8 } from '../../util/text/utf8.js';
import { RequestError } from '../errors.js';
import { LIMITS } from '../execution/limits.js';
import { createReservation, type MemoryBudget } from '../execution/memory-budget.js';

/**
 * Refuses any body but JSON: a page may post a form or plain text to any site without a preflight, and JSON only where it is
 * allowed. @throws RequestError
 */
export function requireJson({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    throw new RequestError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `A compressed body (${JSON.stringify(encoding.slice(0, 100))}) is not accepted.`,
      'Send it uncompressed, without `Content-Encoding`.',
      { 'accept-encoding': 'identity' },
    );
  }
  const type = headers['content-type'];
  if (type === 'application/json') return;
  const [name, ...parameters] = type?.split(';').map((part) => part.trim().toLowerCase()) ?? [];
  const charsets = parameters.filter((part) => /^charset\s*=/.test(part));
  if (name === 'application/json' && charsets.every((part) => /=\s*"?utf-?8"?$/.test(part))) return;
  const hint = name === 'multipart/form-data' ? 'File uploads are not supported. ' : '';
  const shown = JSON.stringify(type?.slice(0, 100));
  throw new RequestError(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    type ? `A body of type ${shown} is not accepted.` : 'The request does not say what type its body is.',
    `${hint}Send JSON in UTF-8, with \`Content-Type: application/json\`.`,
  );
}

export interface Body {
  readonly bytes: number;
  /** Decodes it, once; a large one takes a while. @throws RequestError when it isn't UTF-8 */
  read(): string;
  /** Releases the memory reserved for it. */
  release(): void;
}

/** Receives the body. @throws RequestError when it is too long or incomplete, or the memory budget has no room for it */
export function readBody(request: IncomingMessage, budget: MemoryBudget): Promise<Body> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const { growTo, release } = createReservation(budget);
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
      // A subscription keeps its request, and so its listeners, as long as it runs: they must not keep the chunks.
      const parts = chunks.splice(0);
      resolve({ bytes, read: () => decode(parts.splice(0)), release });
    });
    request.on('error', () =>
      refuse(new RequestError(400, 'BAD_REQUEST', 'The request ended early.', 'Send it again.')),
    );
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
  'The server has no memory left for more request bodies.',
  'Send it again in a moment, or in smaller requests.',
  { 'retry-after': '1' },
);

function decode(chunks: readonly Buffer[]): string {
  const text = decodeUtf8(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
  if (text === null) throw notUtf8('The body', 'Send JSON, encoded as UTF-8.');
  return text;
}

/** The error for text in another encoding: decoded anyway, it would be stored with characters that were never sent. */
export function notUtf8(what: string, hint: string): RequestError {
  return new RequestError(400, 'BAD_REQUEST', `${what} is not UTF-8.`, hint);
}

/**
 * Whether a text of JSON has more values than a request may have. Checked before parsing: millions of small values take
 * seconds, and a hundred bytes of memory each.
 */
export const hasTooManyValues = (json: string): boolean => hasMoreValues(json, LIMITS.values);

export const TOO_MANY_VALUES = {
  message: `The request has more than ${LIMITS.values} values.`,
  hint: 'Send it in several requests.',
} as const;
