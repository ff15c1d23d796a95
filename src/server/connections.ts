import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { explained, RequestError } from './errors.js';
import { ANSWER_HEADERS, sendError } from './http/respond.js';
import { LIMITS } from './limits.js';

/** Rules for the server's connections that Node itself doesn't enforce. */

// — unused —

/** Connections opened in advance, with no request on them yet: Node doesn't count them as idle. */
export function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  const use = ({ socket }: IncomingMessage) => unused.delete(socket);
  server.on('request', use);
  server.on('upgrade', use);
  return unused;
}

// — pipelined —

/** Unanswered requests on one connection. Clients send the next one when they have the last answer. */
const MOST_UNANSWERED = 100;

/**
 * Closes a connection that pipelines far more requests than any client does. Node reads them all, however many are in
 * progress already: they would fill the memory, and run before everyone else's.
 */
export function limitPipelining(server: Server, log: Logger): void {
  const unanswered = new WeakMap<Socket, number>();
  const add = (socket: Socket, count: number): number => {
    const now = (unanswered.get(socket) ?? 0) + count;
    unanswered.set(socket, now);
    return now;
  };
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    response.once('close', () => add(socket, -1));
    if (add(socket, 1) <= MOST_UNANSWERED || socket.destroyed) return;
    log.info({ via: 'http', remote: socket.remoteAddress }, 'too many requests without waiting for answers');
    socket.destroy();
  });
}

// — stalled —

/** Closes the connections of clients that stopped reading. */
export interface StallGuard {
  /** Watches an HTTP server's sockets while they answer; the server itself closes idle ones as usual. */
  watchServer(server: Server): void;
  /** Watches one socket: a WebSocket's, or one that streams. */
  watch(socket: Socket): void;
}

/**
 * A socket with unsent data on which no byte moves for `stallMs` (at most twice that) is destroyed. Node's own timer knows
 * how much of a write the system took, so a slow reader of a large answer isn't taken for a stalled one. Nothing piles up
 * meanwhile: a result is only produced once the previous one is sent. A client that was disconnected resumes from its cursor.
 */
export function createStallGuard(options: { readonly stallMs: number; readonly log: Logger }): StallGuard {
  const check = (socket: Socket) => {
    if (socket.writableLength === 0 || socket.destroyed) return;
    options.log.warn({ remote: socket.remoteAddress, waitingBytes: socket.writableLength }, 'stalled reader cut off');
    socket.destroy();
  };
  return {
    watchServer: (server) => {
      server.timeout = options.stallMs;
      // A listener on the response keeps Node from closing the socket of a request that takes long.
      server.on('request', (_request, response) => response.on('timeout', check));
    },
    watch: (socket) => {
      socket.setTimeout(options.stallMs);
      socket.on('timeout', () => check(socket));
    },
  };
}

// — malformed —

/**
 * Answers what Node can't parse as a request, or timed out waiting for, in the form of every other error; Node itself would
 * send the status alone. A client would take it for the answer to an earlier request on the same connection: while one of
 * those is unanswered, the connection is closed without a response.
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
