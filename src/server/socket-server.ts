import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  CloseCode,
  DEPRECATED_GRAPHQL_WS_PROTOCOL,
  handleProtocols,
  MessageType,
  makeServer,
  type ServerOptions,
  stringifyMessage,
} from 'graphql-ws';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { MooringError } from '../domain/errors.js';
import type { Turns } from '../domain/turn.js';
import { actorIn, type Caller, newRequestId } from './caller.js';
import { type Engine, HASH_UNKNOWN, type PreparedOperation } from './engine.js';
import type { Gauges } from './gauge.js';
import { LIMITS, tooComplex } from './limits.js';
import { cut, logRequest } from './log.js';
import { createSocketInbox, type SocketInbox } from './socket-inbox.js';
import { readMessage } from './socket-message.js';

/** Speaks graphql-transport-ws with the clients that were let in. */
export interface SocketServer {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, actor: string): void;
  close(): void;
  terminate(): void;
}

interface Extra {
  readonly socket: WebSocket;
  actor: string;
}

/** What an operation of the protocol runs, carried where it expects a context. */
interface Running {
  readonly operation: PreparedOperation;
  readonly caller: Caller;
}

type Params = Record<string, unknown>;

const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
const NO_ROOM = 'The server receives as much as it has room for. Send it again in a moment, or in parts.';
const PING_MS = 12_000;
/** Bytes of a close frame's reason. */
const REASON_BYTES = 123;
/** While more than this waits to be sent, nothing more is read: a client can't pile up answers that it doesn't take. */
const MAX_WAITING_BYTES = 1024 * 1024;

export interface SocketServerOptions {
  readonly engine: Engine;
  readonly turns: Turns;
  readonly gauges: Gauges;
  readonly log: Logger;
}

export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { engine, gauges, log } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes, handleProtocols: chooseProtocol });
  const protocol = makeServer<Params, Extra>(protocolOptions(engine, log));

  const open = (socket: WebSocket, connection: Duplex, actor: string): void => {
    const inbox = createSocketInbox(connection, gauges.bodies, () => {
      closeFor(socket, TRY_AGAIN_LATER, NO_ROOM, log);
      // It would go on sending until it has read that.
      setImmediate(() => socket.terminate());
    });
    if (socket.protocol === DEPRECATED_GRAPHQL_WS_PROTOCOL) socket.send(LEGACY_REFUSAL);
    const closed = protocol.opened(adapt(socket, inbox, options), { socket, actor });
    const pings = keepAlive(socket);
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'closing a websocket failed'));
    });
    socket.on('error', ({ message }) => log.info({ reason: message }, 'websocket broke off'));
  };
  return {
    accept: (request, socket, head, actor) =>
      server.handleUpgrade(request, socket, head, (client) => open(client, socket, actor)),
    close: () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'Going away');
    },
    terminate: () => {
      for (const client of server.clients) client.terminate();
    },
  };
}

function protocolOptions(engine: Engine, log: Logger): ServerOptions<Params, Extra> {
  return {
    onConnect: ({ extra, connectionParams }) => {
      try {
        extra.actor = actorIn(connectionParams, extra.actor);
      } catch (error) {
        if (!(error instanceof MooringError)) throw error;
        closeFor(extra.socket, CloseCode.BadRequest, `${error.message} ${error.hint}`, log);
        return false;
      }
      return true;
    },
    // Errors that are given back here are an `error` message for that one operation.
    onSubscribe: ({ extra, subscriptions }, id, payload) => {
      if (Object.keys(subscriptions).length > LIMITS.operationsPerSocket) return [TOO_MANY];
      const operation = engine.prepare(payload);
      // The protocol keeps what was sent while the operation runs.
      Object.assign(payload, { variables: null });
      if (!('kind' in operation)) return operation;
      const isGone = () => extra.socket.readyState !== extra.socket.OPEN || !(id in subscriptions);
      const caller: Caller = { actor: extra.actor, requestId: newRequestId(), signal: NEVER, isGone };
      const running: Running = { operation, caller };
      const { document, name } = operation;
      return { schema: engine.schema, document, operationName: name, contextValue: running };
    },
    execute: async ({ contextValue }) => {
      const { operation, caller } = contextValue as Running;
      const startedAt = performance.now();
      const result = await operation.execute(caller);
      logRequest(log, { requestId: caller.requestId, via: 'ws', operation: operation.name, result, startedAt });
      return result;
    },
    subscribe: async ({ contextValue }) => {
      const { operation, caller } = contextValue as Running;
      const startedAt = performance.now();
      const result = await operation.subscribe(caller);
      logRequest(log, {
        requestId: caller.requestId,
        via: 'ws',
        operation: operation.name,
        ...(!(Symbol.asyncIterator in result) && { result }),
        startedAt,
      });
      return result;
    },
  };
}

const NEVER = new AbortController().signal;

const TOO_MANY = tooComplex(
  `More than ${LIMITS.operationsPerSocket} operations run on this connection.`,
  'Complete some of them, or open another connection.',
);

/**
 * The protocol that is spoken; and, when a client knows no other, the one before it: so that it can be told that it is not.
 */
function chooseProtocol(offered: Set<string>): string | false {
  return handleProtocols(offered) || (offered.has(DEPRECATED_GRAPHQL_WS_PROTOCOL) && DEPRECATED_GRAPHQL_WS_PROTOCOL);
}

const NO_PROTOCOL = 'Use the subprotocol graphql-transport-ws, as the library graphql-ws does.';

/** How that older protocol says that there is no connection. The close code follows. */
const LEGACY_REFUSAL = JSON.stringify({ type: 'connection_error', payload: { message: NO_PROTOCOL } });

/** Closes what a client does wrong. It is no error of the server. */
function closeFor(socket: WebSocket, code: number, reason: string, log: Logger): void {
  if (socket.readyState !== socket.OPEN) return;
  log.info({ via: 'ws', code, reason: cut(reason) }, 'websocket closed');
  const bytes = new Uint8Array(REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // whole characters only
  socket.close(code, Buffer.from(bytes.subarray(0, written)));
}

/** The socket as the protocol wants it. A message counts as sent when the system took it: slow readers slow the source. */
function adapt(
  socket: WebSocket,
  inbox: SocketInbox,
  { turns, gauges, log }: SocketServerOptions,
): Parameters<ReturnType<typeof makeServer>['opened']>[0] {
  // Messages of one connection keep their order.
  const turn = turns.of();
  const resumeReading = () => {
    if (socket.isPaused && socket.bufferedAmount < MAX_WAITING_BYTES) socket.resume();
  };
  const fail = (error: unknown) => {
    log.error({ err: error }, 'handling a websocket message failed');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  const send = (data: string) =>
    new Promise<void>((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      const held = data.length > LIMITS.smallBytes ? data.length : 0;
      if (!gauges.answers.hold(held)) {
        closeFor(
          socket,
          TRY_AGAIN_LATER,
          'The answers that wait to be taken have all the room there is for them.',
          log,
        );
        return resolve();
      }
      socket.send(data, () => {
        gauges.answers.release(held);
        resumeReading();
        resolve(); // a failed send closes the socket, and that ends its operations
      });
      if (socket.bufferedAmount >= MAX_WAITING_BYTES) socket.pause();
    });
  const receive = async (bytes: Buffer, handle: (text: string) => Promise<void>): Promise<void> => {
    if (socket.readyState !== socket.OPEN) return; // what arrives while it is being closed
    const received = readMessage(bytes);
    if ('close' in received) return closeFor(socket, received.close, received.reason, log);
    if ('hashOf' in received) {
      const payload = [HASH_UNKNOWN.toJSON()];
      return send(stringifyMessage({ id: received.hashOf, type: MessageType.Error, payload }));
    }
    // What is parsed already is taken as it is; only the type doesn't say so.
    await handle(received.message as unknown as string);
  };
  return {
    protocol: socket.protocol,
    send,
    close: (code = CloseCode.InternalServerError, reason = '') => {
      closeFor(socket, code, code === CloseCode.SubprotocolNotAcceptable ? NO_PROTOCOL : reason, log);
    },
    onMessage: (handle) =>
      socket.on('message', (data) => {
        let isBegun = false;
        const begin = () => {
          isBegun = true;
          resumeReading();
          // What is kept of it is little, while its operation may run for long.
          release();
          // Whole messages are buffers unless something else is asked for.
          return receive(data as Buffer, handle);
        };
        const release = inbox.take();
        Promise.resolve(turn(begin)).catch(fail);
        if (!isBegun) socket.pause();
      }),
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
