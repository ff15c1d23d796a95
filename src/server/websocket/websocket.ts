import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { MooringError } from '../../domain/errors.js';
import type { StallGuard } from '../connections.js';
import { explained, RequestError } from '../errors.js';
import type { Access } from '../http/access.js';
import { actorOf } from '../http/actor.js';
import { ANSWER_HEADERS } from '../http/respond.js';
import type { SocketServer, SocketServerOptions } from './socket-server.js';

/** GraphQL over WebSocket. */
export interface WebSocketHandler {
  /** Upgrades a connection to a WebSocket, or refuses with an HTTP error. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every connection with code 1001, so that clients reconnect elsewhere or later. */
  close(): void;
  /** Ends the connections of clients that don't respond to that. */
  terminate(): void;
}

export interface WebSocketOptions extends SocketServerOptions {
  readonly access: Access;
  readonly guard: StallGuard;
}

/** The code of the protocol is loaded with the first client. */
export function createWebSocketHandler(options: WebSocketOptions): WebSocketHandler {
  const { access, guard, log } = options;
  let loading: Promise<SocketServer> | undefined;
  let server: SocketServer | undefined;
  let isClosing = false;

  const load = async (): Promise<SocketServer> => {
    const { createSocketServer } = await import('./socket-server.js');
    server = createSocketServer(options);
    return server;
  };

  return {
    upgrade: (request, socket, head) => {
      destroyOnError(socket);
      try {
        const actor = admit(request, access);
        loading ??= load();
        loading.then(
          ({ accept }) => {
            if (isClosing) return socket.destroy();
            accept(request, socket, head, actor);
            guard.watch(request.socket);
          },
          (error: unknown) => {
            log.error({ err: error }, 'accepting a websocket failed');
            socket.destroy();
          },
        );
      } catch (error) {
        refuse(socket, error);
      }
    },
    close: () => {
      isClosing = true;
      server?.close();
    },
    terminate: () => server?.terminate(),
  };
}

/** A function of its own, so that the listener's closure keeps only the socket in memory, not the request. */
function destroyOnError(socket: Duplex): void {
  socket.on('error', () => socket.destroy());
}

/** @returns the actor that connects. @throws RequestError, InvalidInputError */
function admit(request: IncomingMessage, access: Access): string {
  const target = access.targetOf(request);
  access.checkOrigin(request);
  if (target.path !== '/graphql') {
    throw new RequestError(404, 'NO_SUCH_PAGE', 'There is no WebSocket at this path.', 'Connect to /graphql.');
  }
  return actorOf(request);
}

function refuse(socket: Duplex, error: unknown): void {
  const status = error instanceof RequestError ? error.status : 400;
  const known = error instanceof RequestError || error instanceof MooringError;
  const body = JSON.stringify({ errors: known ? [explained(error)] : [] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    ...Object.entries(ANSWER_HEADERS).map((header) => header.join(': ')),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
