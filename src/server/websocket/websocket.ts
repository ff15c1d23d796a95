import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Authenticator, Sender } from '../../authentication/contract.js';
import { RateLimitedError, UnauthenticatedError } from '../../domain/access/errors.js';
import type { Principal } from '../../domain/access/principal.js';
import type { StallGuard } from '../connections.js';
import { type ExpectedError, explained, isExpected, RequestError, refusalOf } from '../errors.js';
import type { Access } from '../http/access.js';
import { actorOf } from '../http/actor.js';
import { ANSWER_HEADERS } from '../http/respond.js';
import { senderOf } from '../http/sender.js';
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
  readonly authenticator: Authenticator;
}

/** The code of the protocol is loaded with the first client. */
export function createWebSocketHandler(options: WebSocketOptions): WebSocketHandler {
  const { access, guard, authenticator, log } = options;
  let loading: Promise<SocketServer> | undefined;
  let server: SocketServer | undefined;
  const strangers = createStrangers();
  let isClosing = false;

  const load = async (): Promise<SocketServer> => {
    const { createSocketServer } = await import('./socket-server.js');
    server = createSocketServer(options);
    return server;
  };

  /** @throws RequestError, MooringError */
  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const said = admit(request, access);
    const sender = senderOf(request);
    const principal = await authenticateEarly(authenticator, sender);
    const release = principal === null ? strangers.admit(sender.address) : undefined;
    if (release) socket.once('close', release);
    loading ??= load();
    const { accept } = await loading;
    if (isClosing) return void socket.destroy();
    accept(request, socket, head, { said, sender, principal, onKnown: release });
    guard.watch(request.socket);
  }

  return {
    upgrade: (request, socket, head) => {
      destroyOnError(socket);
      connect(request, socket, head).catch((error: unknown) => {
        if (isExpected(error)) return refuse(socket, error);
        log.error({ err: error }, 'accepting a websocket failed');
        socket.destroy();
      });
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

/** @returns what the client says of itself. @throws RequestError, InvalidInputError */
function admit(request: IncomingMessage, access: Access): string {
  const target = access.targetOf(request);
  access.checkOrigin(request);
  if (target.path !== '/graphql') {
    throw new RequestError(404, 'NO_SUCH_PAGE', 'There is no WebSocket at this path.', 'Connect to /graphql.');
  }
  return actorOf(request);
}

/**
 * The principal of the request that connects. Null when it has no credential, and one is needed: browsers can't send it here,
 * so it may come with the protocol's first message. @throws as `Authenticator.authenticate` for any other failure
 */
async function authenticateEarly(authenticator: Authenticator, sender: Sender): Promise<Principal | null> {
  try {
    return await authenticator.authenticate(sender);
  } catch (error) {
    if (error instanceof UnauthenticatedError && error.code === 'UNAUTHENTICATED' && sender.credential === null)
      return null;
    throw error;
  }
}

/** Connections from one address whose sender isn't known yet; each has seconds to say who it is. */
const MOST_STRANGERS = 50;

/** Counts connections whose sender isn't known yet. */
function createStrangers() {
  const counts = new Map<string, number>();
  return {
    /** @returns called once the sender is known, or gone. @throws RateLimitedError */
    admit(address: string): () => void {
      const count = (counts.get(address) ?? 0) + 1;
      if (count > MOST_STRANGERS) {
        throw new RateLimitedError(
          `${MOST_STRANGERS} connections from your address have not said who they are yet.`,
          'Send the credential in the header `Authorization` of the connection, or connect again in a few seconds.',
          5,
        );
      }
      counts.set(address, count);
      let isCounted = true;
      return () => {
        if (!isCounted) return;
        isCounted = false;
        const left = (counts.get(address) ?? 1) - 1;
        if (left === 0) counts.delete(address);
        else counts.set(address, left);
      };
    },
  };
}

function refuse(socket: Duplex, error: ExpectedError): void {
  const { status, headers } = refusalOf(error);
  const body = JSON.stringify({ errors: [explained(error)] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    ...Object.entries({ ...ANSWER_HEADERS, ...headers }).map((header) => header.join(': ')),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
