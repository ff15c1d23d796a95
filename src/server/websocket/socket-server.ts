import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import {
  CloseCode,
  DEPRECATED_GRAPHQL_WS_PROTOCOL,
  handleProtocols,
  MessageType,
  makeServer,
  type ServerOptions,
} from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator, Sender } from '../../authentication/contract.js';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from '../../domain/access/errors.js';
import type { Principal } from '../../domain/access/principal.js';
import { MooringError, StoreError } from '../../domain/errors.js';
import { explained } from '../errors.js';
import type { Engine, PreparedOperation } from '../execution/engine.js';
import { actorIn, actorOfPrincipal, type Caller, NEVER, newRequestId } from '../http/actor.js';
import { credentialIn } from '../http/sender.js';
import { LIMITS, tooComplex } from '../limits.js';
import { logRequest } from '../log.js';
import { sendResults } from '../subscriptions/event-stream.js';
import {
  closeFor,
  createSocketChannel,
  NO_PROTOCOL,
  REASON_BYTES,
  type SocketChannel,
  type SocketChannelOptions,
  TRY_AGAIN_LATER,
} from './socket-channel.js';
import { createSocketInbox } from './socket-inbox.js';

/** Speaks graphql-transport-ws with admitted clients. */
export interface SocketServer {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, connected: Connected): void;
  close(): void;
  terminate(): void;
}

/** Who connected. */
export interface Connected {
  /** What the client says of itself. */
  readonly said: string;
  readonly sender: Sender;
  /** Null until the first message says who it is. */
  readonly principal: Principal | null;
  /** Called when that is known. */
  readonly onKnown?: (() => void) | undefined;
}

interface Extra {
  readonly socket: WebSocket;
  readonly channel: SocketChannel;
  said: string;
  sender: Sender;
  principal: Principal | null;
  readonly onKnown?: (() => void) | undefined;
}

/** The operation to run, passed where the protocol expects a context. */
interface Running {
  readonly operation: PreparedOperation;
  readonly caller: Caller;
  readonly id: string;
  readonly channel: SocketChannel;
}

type Params = Record<string, unknown>;

const GOING_AWAY = 1001;
const NO_MEMORY = 'The server has no memory left for more messages. Send it again in a moment, or in parts.';
const PING_MS = 12_000;

export interface SocketServerOptions extends SocketChannelOptions {
  readonly engine: Engine;
  readonly authenticator: Authenticator;
}

export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { budgets, log } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes, handleProtocols: chooseProtocol });
  const protocol = makeServer<Params, Extra>(protocolOptions(options));

  const open = (socket: WebSocket, connection: Duplex, connected: Connected): void => {
    const inbox = createSocketInbox(connection, budgets.bodies, () => {
      closeFor(socket, TRY_AGAIN_LATER, NO_MEMORY, log);
      // The client would continue sending until it has read that.
      setImmediate(() => socket.terminate());
    });
    if (socket.protocol === DEPRECATED_GRAPHQL_WS_PROTOCOL) socket.send(LEGACY_REFUSAL);
    const channel = createSocketChannel(socket, inbox, options);
    const closed = protocol.opened(channel.protocol, { socket, channel, ...connected });
    const pings = keepAlive(socket);
    socket.once('close', (code, reason) => {
      clearInterval(pings);
      closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'closing a websocket failed'));
    });
    socket.on('error', ({ message }) => log.info({ reason: message }, 'websocket failed'));
  };
  return {
    accept: (request, socket, head, connected) =>
      server.handleUpgrade(request, socket, head, (client) => open(client, socket, connected)),
    close: () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'Going away');
    },
    terminate: () => {
      for (const client of server.clients) client.terminate();
    },
  };
}

function protocolOptions({ engine, authenticator, log }: SocketServerOptions): ServerOptions<Params, Extra> {
  return {
    onConnect: async ({ extra, connectionParams }) => {
      const { socket } = extra;
      try {
        extra.said = actorIn(connectionParams, extra.said);
        const credential = credentialIn(connectionParams);
        // The later one counts.
        if (credential !== null || extra.principal === null) {
          extra.sender = { ...extra.sender, credential };
          extra.principal = await authenticator.authenticate(extra.sender);
        }
        extra.onKnown?.();
        const release = extra.principal.ending.onEnd((reason) => closeFor(socket, CloseCode.Forbidden, reason, log));
        socket.once('close', release);
        return true;
      } catch (error) {
        if (!(error instanceof MooringError)) throw error;
        closeFor(socket, closeCodeOf(error), reasonOf(error), log);
        return false;
      }
    },
    // Errors returned here become an `error` message for that one operation.
    onSubscribe: ({ extra, subscriptions }, id, payload) => {
      if (Object.keys(subscriptions).length > LIMITS.operationsPerSocket) return [TOO_MANY];
      const { principal, sender, said } = extra;
      if (principal === null) return [];
      const limited = limitOf(() => authenticator.again(principal, sender));
      if (limited) return [limited];
      const operation = engine.prepare(payload);
      // The protocol keeps the payload while the operation runs.
      Object.assign(payload, { query: '', variables: null, extensions: null });
      if (!('kind' in operation)) return operation;
      const isGone = () => extra.socket.readyState !== extra.socket.OPEN || !(id in subscriptions);
      const actor = actorOfPrincipal(principal, said);
      const caller: Caller = { actor, principal, requestId: newRequestId(), signal: NEVER, isGone };
      const running: Running = { operation, caller, id, channel: extra.channel };
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
      const { operation, caller, id, channel } = contextValue as Running;
      const startedAt = performance.now();
      const result = await operation.subscribe(caller);
      logRequest(log, {
        requestId: caller.requestId,
        via: 'ws',
        operation: operation.name,
        ...(!(Symbol.asyncIterator in result) && { result }),
        startedAt,
      });
      if (!(Symbol.asyncIterator in result)) return result;
      const head = `{"id":${JSON.stringify(id)},"type":"${MessageType.Next}","payload":`;
      return sendResults(
        result,
        (json, sent) => channel.send(`${head}${json}}`, sent),
        (json, sent) => channel.sendInTurn(`${head}${json}}`, sent),
      );
    },
  };
}

/** Clients give up on the first code, and connect again with new parameters on the second; others tell them to wait. */
function closeCodeOf(error: MooringError): number {
  if (error instanceof UnauthenticatedError) return CloseCode.Unauthorized;
  if (error instanceof ForbiddenError) return CloseCode.Unauthorized;
  return error instanceof RateLimitedError || error instanceof StoreError ? TRY_AGAIN_LATER : CloseCode.BadRequest;
}

/** As much of what an error says as a close frame has room for, in whole sentences. */
function reasonOf({ message, hint }: MooringError): string {
  const whole = `${message} ${hint}`;
  return Buffer.byteLength(whole) <= REASON_BYTES ? whole : message;
}

/** The error of a check, for the one operation that it refuses. */
function limitOf(check: () => void): GraphQLError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof MooringError)) throw error;
    const { message, extensions } = explained(error);
    return new GraphQLError(message, { extensions });
  }
}

const TOO_MANY = tooComplex(
  `More than ${LIMITS.operationsPerSocket} operations run on this connection.`,
  'Complete some of them, or open another connection.',
);

/**
 * The supported protocol; or, for a client that knows no other, the one before it, so that an error in it can be sent.
 */
function chooseProtocol(offered: Set<string>): string | false {
  return handleProtocols(offered) || (offered.has(DEPRECATED_GRAPHQL_WS_PROTOCOL) && DEPRECATED_GRAPHQL_WS_PROTOCOL);
}

/** How that older protocol refuses a connection. The close code follows. */
const LEGACY_REFUSAL = JSON.stringify({ type: 'connection_error', payload: { message: NO_PROTOCOL } });

/** Ends connections whose client disappeared. */
function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (socket.isPaused) return; // its pong may wait to be read; the stall guard watches it
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_MS);
  return timer.unref();
}
