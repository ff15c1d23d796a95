import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Plugin, YogaServerInstance } from 'graphql-yoga';
import type { Prepared } from '../execution/engine.js';
import type { Caller } from './actor.js';
import type { Exchange } from './exchange.js';
import { pump } from './pump.js';

/** Answers with server-sent events, by Yoga. */
export interface YogaHandler {
  /** Resolves with the status when the answer is complete, or the client is gone. */
  answer(exchange: Exchange, operation: Prepared): Promise<number>;
  /** Closes the streams as a lost connection would, so that clients reconnect. */
  close(): void;
}

interface ServerContext {
  readonly caller: Caller;
  readonly operation: Prepared;
}

/** The request that Yoga sees; the operation to run is in the context. Nothing else of a request is kept while it streams. */
const REQUEST = {
  method: 'POST',
  headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
  body: '{"query":"{__typename}"}',
} as const;

/** Yoga is loaded with the first request that needs it. */
export function createYogaHandler(): YogaHandler {
  const streams = new Set<ServerResponse>();
  let loading: Promise<YogaServerInstance<ServerContext, object>> | undefined;
  const load = async () => {
    const { createYoga } = await import('graphql-yoga');
    return createYoga<ServerContext>({
      graphqlEndpoint: '/graphql',
      plugins: [usePrepared()],
      // Handled the same way for all transports, or unwanted.
      batching: false,
      cors: false,
      graphiql: false,
      landingPage: false,
      logging: false,
      maskedErrors: false,
      multipart: false,
      parserAndValidationCache: false,
    });
  };
  return {
    answer: async ({ response, caller, headers }, operation) => {
      loading ??= load();
      const yoga = await loading;
      if (response.destroyed) return response.statusCode;
      const gone = new AbortController();
      response.on('close', () => {
        gone.abort();
        streams.delete(response);
      });
      const answer = await yoga.fetch(
        'http://localhost/graphql',
        { ...REQUEST, signal: gone.signal },
        { caller, operation },
      );
      streams.add(response);
      response.writeHead(answer.status, { ...headers, ...Object.fromEntries(answer.headers) });
      if (answer.body) await pump(answer.body, response);
      response.end();
      return answer.status;
    },
    close: () => {
      for (const response of streams) response.destroy();
    },
  };
}

/** Runs the operation that the engine prepared. */
function usePrepared(): Plugin<object, ServerContext> {
  return {
    onParams: ({ setParamsHandler }) => setParamsHandler(({ context }) => run(context)),
  };
}

async function run({ caller, operation }: ServerContext) {
  if (!('kind' in operation)) return asIs({ errors: operation });
  if (operation.kind === 'subscription') return operation.subscribe(caller);
  return asIs(await operation.execute(caller));
}

/** Makes Yoga send the result unchanged: it would lose the locations of errors. */
function asIs(result: ExecutionResult): ExecutionResult {
  return Object.assign({}, result, { stringify: () => JSON.stringify(result) });
}
