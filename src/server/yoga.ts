import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Plugin, YogaServerInstance } from 'graphql-yoga';
import { acceptable } from './accept.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';
import { explained, RequestError } from './errors.js';
import { checkParams } from './params.js';

/** GraphQL over HTTP in all its other forms: by GET, and as server-sent events. */
export interface YogaLane {
  /** Answers, and resolves when the answer is complete. */
  answer(
    exchange: Exchange,
    body?: string,
  ): Promise<{ readonly operation: string | undefined; readonly status: number }>;
  /** Breaks off what streams, as a lost connection does, so that its readers come back. */
  close(): void;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: Caller;
  /** For the answer. */
  readonly headers: OutgoingHttpHeaders;
}

interface ServerContext {
  readonly caller: Caller;
  /** Filled in on the way. */
  readonly seen: { operation: string | undefined };
}

/** Yoga is loaded with the first request that needs it. */
export function createYogaLane(engine: Engine): YogaLane {
  const streams = new Set<ServerResponse>();
  let loading: Promise<YogaServerInstance<ServerContext, object>> | undefined;
  const load = async () => {
    const { createYoga } = await import('graphql-yoga');
    return createYoga<ServerContext>({
      graphqlEndpoint: '/graphql',
      plugins: [useEngine(engine)],
      // What follows is done for all transports alike, or not wanted.
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
    answer: async ({ request, response, caller, headers }, body) => {
      loading ??= load();
      const yoga = await loading;
      const gone = new AbortController();
      response.on('close', () => {
        gone.abort();
        streams.delete(response);
      });
      const seen: ServerContext['seen'] = { operation: undefined };
      const answer = await yoga.fetch(
        `http://localhost${request.url}`,
        {
          method: request.method ?? 'GET',
          headers: { accept: request.headers.accept ?? '*/*', 'content-type': 'application/json' },
          signal: gone.signal,
          ...(body !== undefined && { body }),
        },
        { caller, seen },
      );
      if (answer.headers.get('content-type') === 'text/event-stream') streams.add(response);
      response.writeHead(answer.status, { ...headers, ...Object.fromEntries(answer.headers) });
      if (answer.body) await pump(answer.body, response);
      response.end();
      return { operation: seen.operation, status: answer.status };
    },
    close: () => {
      for (const response of streams) response.destroy();
    },
  };
}

/** Takes the next part only when the one before is on its way, and stops when the reader is gone. */
async function pump(body: AsyncIterable<Uint8Array>, response: ServerResponse): Promise<void> {
  const parts = body[Symbol.asyncIterator]();
  let resume: (() => void) | undefined;
  response.on('drain', () => resume?.());
  response.on('close', () => {
    parts.return?.().catch(() => undefined); // cancels what is waited for, too
    resume?.();
  });
  for (let part = await parts.next(); !part.done && !response.destroyed; part = await parts.next()) {
    if (response.write(part.value)) continue;
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
}

/** Lets our engine run what Yoga has parsed from a request. */
function useEngine(engine: Engine): Plugin<object, ServerContext> {
  return {
    onParams: ({ setParamsHandler }) =>
      setParamsHandler(({ request, params, context }) => run(engine, request, params, context)),
  };
}

async function run(
  engine: Engine,
  request: Request,
  params: unknown,
  { caller, seen }: ServerContext,
): Promise<ExecutionResult | AsyncGenerator<ExecutionResult, void, void>> {
  const { json, events } = acceptable(request.headers.get('accept') ?? undefined);
  const refusalStatus = json === 'application/graphql-response+json' ? 400 : 200;
  try {
    const operation = engine.prepare(checkParams(params));
    if (!('kind' in operation)) return withStatus({ errors: operation }, refusalStatus);
    seen.operation = operation.name;
    if (operation.kind === 'subscription') {
      if (!events) throw NO_EVENTS;
      return await operation.subscribe(caller);
    }
    if (operation.kind === 'mutation' && request.method === 'GET') throw GET_MUTATION;
    const result = await operation.execute(caller);
    return withStatus(result, 'data' in result ? 200 : refusalStatus);
  } catch (error) {
    if (error instanceof RequestError) return withStatus({ errors: [explained(error)] }, error.status);
    throw error;
  }
}

export const NO_EVENTS = new RequestError(
  406,
  'NOT_ACCEPTABLE',
  'A subscription answers with events, which the request does not accept.',
  'Send `Accept: text/event-stream`, or use WebSocket with the graphql-transport-ws protocol on this same address.',
);

const GET_MUTATION = new RequestError(
  405,
  'METHOD_NOT_ALLOWED',
  'A mutation can’t be sent by GET.',
  'Send it by POST.',
);

/** Tells Yoga the status, and to send the result as it is: it would lose where errors are. */
function withStatus(result: ExecutionResult, status: number): ExecutionResult {
  return Object.assign({}, result, { extensions: { http: { status } }, stringify: () => JSON.stringify(result) });
}
