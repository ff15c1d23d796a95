import { CloseCode, MessageType, type makeServer, stringifyMessage } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Turns } from '../../util/turn.js';
import type { MemoryBudgets } from '../execution/budgets.js';
import { HASH_UNKNOWN } from '../execution/engine.js';
import { LIMITS } from '../limits.js';
import { cut } from '../log.js';
import type { Send } from '../subscriptions/event-stream.js';
import type { SocketInbox } from './socket-inbox.js';
import { readMessage } from './socket-message.js';

/** A WebSocket as the protocol expects it, and ways to send on it past the protocol. */
export interface SocketChannel {
  /** A message counts as sent when the operating system has accepted it: slow readers slow the source. */
  readonly protocol: Parameters<ReturnType<typeof makeServer>['opened']>[0];
  /** Sends a message, and calls back when the operating system has accepted it. */
  readonly send: Send;
  /** The same when it is the connection's turn. */
  readonly sendInTurn: Send;
}

export interface SocketChannelOptions {
  readonly turns: Turns;
  readonly budgets: MemoryBudgets;
  readonly log: Logger;
}

/** Close code of a connection that may be reopened in a moment. */
export const TRY_AGAIN_LATER = 1013;

/** Bytes of a close frame's reason. */
export const REASON_BYTES = 123;
/** While more than this waits to be sent, nothing more is received: a client can't pile up answers that it doesn't read. */
const MAX_WAITING_BYTES = 1024 * 1024;

const NO_MEMORY_TO_ANSWER = 'Answers that clients have not read yet use all the memory there is for them.';
export const NO_PROTOCOL = 'Use the subprotocol graphql-transport-ws, as the library graphql-ws does.';

/** Closes the connection of a client that made an error. It is not logged as a fault of the server. */
export function closeFor(socket: WebSocket, code: number, reason: string, log: Logger): void {
  if (socket.readyState !== socket.OPEN) return;
  log.info({ via: 'ws', code, reason: cut(reason) }, 'websocket closed');
  const bytes = new Uint8Array(REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // whole characters only
  socket.close(code, Buffer.from(bytes.subarray(0, written)));
}

export function createSocketChannel(
  socket: WebSocket,
  inbox: SocketInbox,
  { turns, budgets, log }: SocketChannelOptions,
): SocketChannel {
  // Messages of one connection keep their order.
  const turn = turns.of();
  const resumeReading = () => {
    if (socket.isPaused && socket.bufferedAmount < MAX_WAITING_BYTES) socket.resume();
  };
  const fail = (error: unknown) => {
    log.error({ err: error }, 'handling a websocket message failed');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  const write: Send = (data, sent) => {
    if (socket.readyState !== socket.OPEN) return void process.nextTick(sent);
    const held = data.length > LIMITS.smallBytes ? data.length : 0;
    if (!budgets.answers.reserve(held)) {
      closeFor(socket, TRY_AGAIN_LATER, NO_MEMORY_TO_ANSWER, log);
      return void process.nextTick(sent);
    }
    socket.send(data, () => {
      budgets.answers.release(held);
      resumeReading();
      sent(); // a failed send closes the socket, and that ends its operations
    });
    if (socket.bufferedAmount >= MAX_WAITING_BYTES) socket.pause();
  };
  const send = (data: string) => new Promise<void>((resolve) => write(data, resolve));
  /** Handles a message; its bytes aren't kept while the operation runs. */
  const receive = (bytes: Buffer, handle: (text: string) => Promise<void>): Promise<void> | undefined => {
    if (socket.readyState !== socket.OPEN) return; // it arrived while the socket is closing
    const received = readMessage(bytes);
    if ('close' in received) {
      closeFor(socket, received.close, received.reason, log);
      return;
    }
    if ('hashOf' in received) {
      const payload = [HASH_UNKNOWN.toJSON()];
      return send(stringifyMessage({ id: received.hashOf, type: MessageType.Error, payload }));
    }
    // The library also accepts a parsed message; only its type doesn't say so.
    return handle(received.message as unknown as string);
  };
  const protocol: SocketChannel['protocol'] = {
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
          // Little of it is kept, while its operation may run for long.
          release();
          // Whole messages are buffers unless something else is asked for.
          return receive(data as Buffer, handle);
        };
        const release = inbox.take();
        new Promise((resolve) => resolve(turn(begin))).catch(fail);
        if (!isBegun) socket.pause();
      }),
  };
  return {
    protocol,
    send: write,
    sendInTurn(message, sent) {
      const later = turn(() => write(message, sent));
      if (later) later.catch(fail);
    },
  };
}
