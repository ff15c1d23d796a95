import {
  createMcpHandler,
  InMemoryServerEventBus,
  type McpHttpHandler,
  type ServerEventBus,
} from '@modelcontextprotocol/server';
import type { Ask } from './ask.js';
import type { Connection } from './calls/create-call.js';
import { withArguments } from './calls/sent-arguments.js';
import { createWatcher, type Watcher } from './resources/watcher.js';
import { createMcpServer } from './server.js';

/** A connection of one request. */
export interface HttpConnection extends Connection {
  /** Names those who share listeners: they have the same rights. */
  readonly party: string;
  /** Asks for listeners, which no request waits for, with the rights of the party. */
  readonly watch: Ask;
}

/** The protocol over HTTP, without a transport: its host reads requests and checks them. */
export interface McpHttp {
  /** Answers a request by POST, whose body was read and parsed. */
  answer(request: Request, body: unknown, connection: HttpConnection): Promise<Response>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** Parties and projects whose subscriptions are kept apart. */
const MOST = 500;

/**
 * Stateless: each request has a server of its own, and nothing is kept between two. Only who listens to changes is known, by
 * party and project: the addresses of resources are the same in all of them.
 */
export function createMcpHttp({ onFault }: Pick<Connection, 'onFault'>): McpHttp {
  const handlers = new Map<string, McpHttpHandler>();
  const connections = new WeakMap<object, Connection>();

  const create = ({ watch: ask, ...connection }: HttpConnection): McpHttpHandler =>
    createMcpHandler(
      ({ authInfo, era }) => {
        const current = authInfo && connections.get(authInfo);
        if (!current) throw new Error('A request came without its connection.');
        return createMcpServer(current, { hasSubscriptions: era === 'modern' });
      },
      { onerror: onFault, bus: createBus({ ...connection, ask }) },
    );
  const handlerOf = (connection: HttpConnection): McpHttpHandler => {
    const key = JSON.stringify([connection.party, connection.place.named]);
    const known = handlers.get(key) ?? create(connection);
    handlers.delete(key);
    handlers.set(key, known);
    const [oldest] = handlers.keys();
    if (handlers.size > MOST && oldest !== undefined) {
      void handlers.get(oldest)?.close();
      handlers.delete(oldest);
    }
    return known;
  };

  return {
    answer: (request, body, connection) => {
      // What the SDK hands on to the factory, unchanged.
      const authInfo = { token: '', clientId: '', scopes: [] };
      connections.set(authInfo, connection);
      return handlerOf(connection).fetch(request, { parsedBody: withArguments(body), authInfo });
    },
    close: async () => {
      await Promise.all([...handlers.values()].map((handler) => handler.close()));
      handlers.clear();
    },
  };
}

/** A bus that follows the project of a connection while somebody listens. */
function createBus(connection: Connection): ServerEventBus {
  const inner = new InMemoryServerEventBus(connection.onFault);
  let listeners = 0;
  const watcher: Watcher = createWatcher(connection, (uri) => inner.publish({ kind: 'resource_updated', uri }));
  return {
    publish: (event) => inner.publish(event),
    subscribe: (listener) => {
      const leave = inner.subscribe(listener);
      let isListening = true;
      listeners += 1;
      watcher.start();
      return () => {
        if (!isListening) return;
        isListening = false;
        leave();
        listeners -= 1;
        if (listeners === 0) watcher.stop();
      };
    },
  };
}
