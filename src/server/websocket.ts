import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { MooringError } from '../domain/errors.js';
import type { Access } from './access.js';
import { type Caller, callerOf, newRequestId, parseActor } from './caller.js';
import type { Engine, PreparedOperation } from './engine.js';
import { explained, RequestError } from './errors.js';
import { LIMITS, tooComplex } from './limits.js';
import { logRequest } from './log.js';
import type { StallGuard } from './stalled-sockets.js';

/** GraphQL over WebSocket: the graphql-transport-ws protocol. */
export interface WebSocketLane {
  /** Takes over a connection that asks to become a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to every client (1001), so that they come back elsewhere or later. */
  close(): void;
  /** Ends the connections of clients that don't answer that. */
  terminate(): void;
}

export interface WebSocketOptions {
  readonly engine: Engine;
  readonly access: Access;
  readonly guard: StallGuard;
  readonly log: Logger;
}

interface Extra {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  actor: string;
}

interface Running {
  readonly operation: PreparedOperation;
  readonly caller: Caller;
}

const BAD_REQUEST: CloseCode.BadRequest = 4400;
const GOING_AWAY = 1001;
const INTERNAL = 4500;
const PING_MS = 12_000;
/** While more than this waits to be sent, nothing more is read: a client can't pile up answers that it doesn't take. */
const MAX_WAITING_BYTES = 1024 * 1024;

export function createWebSocketLane({ engine, access, guard, log }: WebSocketOptions): WebSocketLane {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.bodyBytes,
    handleProtocols,
    clientTracking: true,
  });
  const protocol = makeServer<Record<string, unknown>, Extra>({
    onConnect: ({ extra, connectionParams }) => {
      try {
        if (connectionParams?.actor !== undefined) extra.actor = parseActor(connectionParams.actor);
      } catch (error) {
        if (!(error instanceof MooringError)) throw error;
        extra.socket.close(BAD_REQUEST, error.message);
        return false;
      }
      return true;
    },
    onSubscribe: ({ extra, subscriptions }, _id, payload) => {
      if (Object.keys(subscriptions).length > LIMITS.operationsPerSocket) return [TOO_MANY];
      const operation = engine.prepare(payload);
      if (!('kind' in operation)) return operation;
      const { signal } = new AbortController();
      const running: Running = { operation, caller: { actor: extra.actor, requestId: newRequestId(), signal } };
      return {
        schema: engine.schema,
        document: operation.document,
        operationName: operation.name,
        contextValue: running,
      };
    },
    execute: async ({ contextValue }) => {
      const { operation, caller } = contextValue as Running;
      const startedAt = performance.now();
      const result = await operation.execute(caller);
      logRequest(log, {
        requestId: caller.requestId,
        via: 'ws',
        operation: operation.name,
        errors: result.errors,
        startedAt,
      });
      return result;
    },
    subscribe: ({ contextValue }) => {
      const { operation, caller } = contextValue as Running;
      return operation.subscribe(caller);
    },
  });

  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const closed = protocol.opened(adapt(socket, log), { socket, request, actor: callerOf(request, '').actor });
    const pings = keepAlive(socket);
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'closing a websocket failed'));
    });
    socket.on('error', (error) => log.warn({ err: error }, 'websocket failed'));
  });

  return {
    upgrade: (request, socket, head) => {
      try {
        access.checkHost(request);
        access.checkOrigin(request);
        if (pathOf(request) !== '/graphql') {
          throw new RequestError(404, 'NO_SUCH_PAGE', 'There is no WebSocket at this path.', 'Connect to /graphql.');
        }
        callerOf(request, '');
      } catch (error) {
        return refuse(socket, error);
      }
      server.handleUpgrade(request, socket, head, (client) => {
        guard.watch(request.socket);
        server.emit('connection', client, request);
      });
    },
    close: () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'Going away');
    },
    terminate: () => {
      for (const client of server.clients) client.terminate();
    },
  };
}

const TOO_MANY = tooComplex(
  `More than ${LIMITS.operationsPerSocket} operations run on this connection.`,
  'Complete some of them, or open another connection.',
);

/** The socket as the protocol wants it. A message counts as sent when the system has taken it, so slow readers slow the source. */
function adapt(socket: WebSocket, log: Logger): Parameters<ReturnType<typeof makeServer>['opened']>[0] {
  const fail = (error: unknown) => {
    log.error({ err: error }, 'handling a websocket message failed');
    socket.close(INTERNAL, 'Internal server error');
  };
  return {
    protocol: socket.protocol,
    send: (data) =>
      new Promise<void>((resolve) => {
        if (socket.readyState !== socket.OPEN) return resolve();
        socket.send(data, () => {
          if (socket.isPaused && socket.bufferedAmount < MAX_WAITING_BYTES) socket.resume();
          resolve(); // a failed send closes the socket, and that ends its operations
        });
        if (socket.bufferedAmount >= MAX_WAITING_BYTES) socket.pause();
      }),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (handle) => socket.on('message', (data) => handle(String(data)).catch(fail)),
  };
}

/** Ends connections whose other side is gone without saying so. */
function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (socket.isPaused) return; // its answer may wait to be read; the stall guard watches it
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  return timer.unref();
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof RequestError ? error.status : 400;
  const known = error instanceof RequestError || error instanceof MooringError;
  const body = JSON.stringify({ errors: known ? [explained(error)] : [] });
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0]!;
}
