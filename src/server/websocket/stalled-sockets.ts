import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';

/** Cuts off readers that stopped reading. */
export interface StallGuard {
  /** Watches an HTTP server's sockets while they answer; idle ones it closes as ever. */
  watchServer(server: Server): void;
  /** Watches one socket: a WebSocket's, or one that streams. */
  watch(socket: Socket): void;
}

/**
 * A socket on which data waits but no byte moves for `stallMs` (at most twice that) is destroyed. Node's own timer knows
 * how much of a write the system took, so a slow reader of a large answer isn't taken for a stalled one. Nothing piles up
 * meanwhile: results are only made when the one before is on its way. Whoever is cut off resumes by its cursor.
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
