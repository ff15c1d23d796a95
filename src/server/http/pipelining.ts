import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';

/** Requests of one connection that may wait for their answers at a time. Clients send the next one when they have the last. */
const MOST_UNANSWERED = 100;

/**
 * Ends a connection on which requests are sent without waiting for answers, far beyond what any client does. Node reads
 * them all, however many are at work already: they would fill the memory, and have their turns before everybody else.
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
