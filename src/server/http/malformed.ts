import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { explained, RequestError } from '../errors.js';
import { LIMITS } from '../execution/limits.js';
import { ANSWER_HEADERS, sendError } from './respond.js';

/**
 * Answers what Node can't read as a request, or waited for too long, in the form of every other error; Node itself would
 * send the status alone. It is no answer to a request before it on the same connection: while one of those has its answer to
 * come, the connection is ended without a word.
 */
export function answerMalformed(server: Server, log: Logger): void {
  const latest = new WeakMap<Socket, ServerResponse>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) =>
    latest.set(socket, response),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const response = latest.get(socket);
    const isOther = response && !response.writableFinished && (response.headersSent || response.req.complete);
    if (!socket.writable || isOther) return socket.destroy();
    const known = describe(error.code);
    log.info({ via: 'http', status: known.status, errors: [known.code] }, 'request');
    socket.write(textOf(known));
    socket.destroySoon();
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    log.info({ via: 'http', status: EXPECTATION.status, errors: [EXPECTATION.code] }, 'request');
    sendError(response, EXPECTATION, 'application/json', { ...ANSWER_HEADERS, connection: 'close' });
  });
}

function describe(code: string | undefined): RequestError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return HEADERS_TOO_LARGE;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return TOO_LATE;
    default:
      return MALFORMED;
  }
}

const HEADERS_TOO_LARGE = new RequestError(
  431,
  'PAYLOAD_TOO_LARGE',
  `The headers are larger than ${LIMITS.headerBytes / 1024} KB.`,
  'Send fewer or shorter headers: cookies of other programs on this host, for instance, are not needed.',
);

const TOO_LATE = new RequestError(
  408,
  'REQUEST_TIMEOUT',
  `The request wasn't complete within ${LIMITS.requestMs / 1_000} s.`,
  'Send it again, whole, or in smaller requests.',
);

const MALFORMED = new RequestError(
  400,
  'BAD_REQUEST',
  'This is not a request in HTTP/1.1.',
  'Use an HTTP client; check whether a proxy in between changes the headers or the length of the body.',
);

const EXPECTATION = new RequestError(
  417,
  'BAD_REQUEST',
  'The header `Expect` asks for something that is not known here.',
  'Leave it out, or send `Expect: 100-continue`.',
);

function textOf(error: RequestError): string {
  const body = JSON.stringify({ errors: [explained(error)] });
  const headers = {
    ...ANSWER_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`;
}
