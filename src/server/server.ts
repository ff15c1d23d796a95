import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Authenticator } from '../authentication/contract.js';
import type { Settings } from '../config/settings.js';
import type { Turns } from '../util/turn.js';
import { answerMalformed, createStallGuard, limitPipelining, trackUnused } from './connections.js';
import { createMemoryBudget } from './execution/budgets.js';
import { createEngine, type EngineOptions } from './execution/engine.js';
import { createTurns } from './execution/turns.js';
import type { Readiness } from './health.js';
import { createAccess } from './http/access.js';
import { createRequestListener, type PeopleOptions } from './http/http.js';
import { LIMITS } from './limits.js';
import { createWebSocketHandler } from './websocket/websocket.js';

export interface ServerOptions {
  readonly schema: GraphQLSchema;
  readonly createContext: EngineOptions['createContext'];
  readonly settings: Pick<Settings, 'host' | 'port' | 'isLoopback' | 'corsOrigins' | 'graphiql' | 'introspection'> &
    Partial<Pick<Settings, 'publicUrl'>>;
  /** Tells who sends a request. */
  readonly authenticator: Authenticator;
  /** How people get in. Left out: nothing has to be set up, and nobody signs in. */
  readonly people?: PeopleOptions | undefined;
  readonly log: Logger;
  /** Shares the thread between requests and other work. Left out: only between requests. */
  readonly turns?: Turns | undefined;
  /** Whether requests can be served, for `/ready`. */
  readonly isReady: () => Promise<Readiness>;
  /** How long a client may read nothing while data waits for it. Default 15 s. */
  readonly stallMs?: number;
  /** How long a request may take to arrive completely. Default 120 s. */
  readonly requestMs?: number;
}

export interface GraphQLServer {
  /** @returns the URL of the server. @throws Error as of `net`, such as EADDRINUSE */
  listen(): Promise<{ readonly url: string }>;
  /** Stops accepting, ends subscriptions, waits for running requests (up to 3 s), closes. May be called twice. */
  close(): Promise<void>;
}

const STALL_MS = 15_000;
/** Longer than the idle timeouts of common clients and proxies, so that they close idle connections first. */
const KEEP_ALIVE_MS = 75_000;
/** How often requests are checked for exceeding their time, in ms. */
const CHECK_MS = 30_000;
/** How long running requests may take when the server closes; everything must be closed within nine seconds. */
const CLOSE_MS = 3_000;

/** The server: GraphQL over HTTP, server-sent events and WebSocket on one port. */
export function createServer(options: ServerOptions): GraphQLServer {
  const { settings, authenticator, log } = options;
  const access = createAccess(settings);
  const { turns = createTurns() } = options;
  const engine = createEngine({ ...options, introspection: settings.introspection, turns });
  const budgets = {
    bodies: createMemoryBudget(LIMITS.bodyBytesOfAll),
    answers: createMemoryBudget(LIMITS.answerBytesOfAll),
  };
  const guard = createStallGuard({ stallMs: options.stallMs ?? STALL_MS, log });
  const webSockets = createWebSocketHandler({ authenticator, engine, turns, budgets, access, guard, log });
  const listener = createRequestListener({
    engine,
    turns,
    budgets,
    access,
    log,
    authenticator,
    people: options.people,
    publicUrl: settings.publicUrl,
    graphiql: settings.graphiql,
    isReady: options.isReady,
  });
  const server = createHttpServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      requestTimeout: options.requestMs ?? LIMITS.requestMs,
      connectionsCheckingInterval: Math.min(options.requestMs ?? LIMITS.requestMs, CHECK_MS),
      maxHeaderSize: LIMITS.headerBytes,
      // A request without it gets an error in the usual form.
      requireHostHeader: false,
    },
    listener.handle,
  );
  guard.watchServer(server);
  limitPipelining(server, log);
  answerMalformed(server, log);
  const unused = trackUnused(server);
  server.on('upgrade', webSockets.upgrade);

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of unused) socket.destroy();
    listener.close();
    webSockets.close();
    const late = setTimeout(() => {
      server.closeAllConnections();
      webSockets.terminate();
    }, CLOSE_MS);
    await closed;
    clearTimeout(late);
  };

  return {
    listen: async () => {
      await listening(server, settings.port, settings.host);
      return { url: urlOf(settings.host, (server.address() as AddressInfo).port) };
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** A URL that can be opened: for "any interface", that of this machine. */
function urlOf(host: string, port: number): string {
  // Not `localhost`, which may also name an address at which another program listens.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
