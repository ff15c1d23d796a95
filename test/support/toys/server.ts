import type { Authenticator } from '../../../src/authentication/contract.js';
import { localPrincipal } from '../../../src/domain/access/principal.js';
import { createLogger } from '../../../src/server/log.js';
import { createServer, type GraphQLServer, type ServerOptions } from '../../../src/server/server.js';
import { toySchema } from './schema.js';
import { createToys, type Toys } from './toys.js';

export interface ToyServer {
  readonly url: string;
  readonly server: GraphQLServer;
  readonly toys: Toys;
  /** The lines of the log, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Sends a GraphQL request as most clients do. */
  ask(body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly {
      readonly message: string;
      readonly path?: readonly (string | number)[];
      readonly extensions: { readonly code: string; readonly hint: string };
    }[];
  };
}

/** The server as it is, over a schema of a few resolvers. */
export async function startToyServer(
  options: Partial<Omit<ServerOptions, 'settings'>> & { settings?: Partial<ServerOptions['settings']> } = {},
): Promise<ToyServer> {
  const toys = createToys();
  const lines: Record<string, unknown>[] = [];
  const server = createServer({
    schema: toySchema,
    authenticator: everyone(),
    createContext: (caller) => ({ caller, toys }),
    log: createLogger('debug', { write: (line) => void lines.push(JSON.parse(line)) }),
    isReady: async () => ({ ok: true, problems: [] }),
    ...options,
    settings: {
      host: '127.0.0.1',
      port: 0,
      isLoopback: true,
      corsOrigins: ['https://studio.apollographql.com'],
      graphiql: true,
      introspection: true,
      ...options.settings,
    },
  });
  const { url } = await server.listen();
  return {
    url,
    server,
    toys,
    lines,
    ask: async (body, headers) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
    },
  };
}

/** Lets everyone do everything. */
function everyone(): Authenticator {
  const principal = localPrincipal(null);
  return {
    authenticate: () => principal,
    again: () => undefined,
    confirm: () => undefined,
    close: async () => undefined,
  };
}
