import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TOKENS_PATH } from '../../domain/access/oauth.js';
import type { Principal } from '../../domain/access/principal.js';
import { MooringError } from '../../domain/errors.js';
import type { Ask } from '../../mcp/ask.js';
import type { Connection } from '../../mcp/calls/create-call.js';
import type { McpHttp } from '../../mcp/http.js';
import { isDeeperThan } from '../../util/json/json.js';
import { decodeUtf8 } from '../../util/text/utf8.js';
import { RequestError } from '../errors.js';
import type { MemoryBudget } from '../execution/budgets.js';
import type { Variables } from '../execution/cost.js';
import { type Engine, execute } from '../execution/engine.js';
import { LIMITS } from '../limits.js';
import { logRequest } from '../log.js';
import type { Target } from './access.js';
import { type Caller, callerAs, NEVER, parseActor, saidIn } from './actor.js';
import type { Exchange } from './exchange.js';
import { hasTooManyValues, requireJson, TOO_MANY_VALUES } from './graphql-request.js';
import { pump } from './pump.js';
import { receive } from './receive.js';
import { sendText } from './respond.js';
import type { PrivateRoute, RouteOptions } from './routes.js';
import { senderOf } from './sender.js';

export interface McpRoute extends PrivateRoute {
  /** Ends what runs, so that clients connect again. */
  close(): void;
}

/** The protocol of agents' tools, over HTTP: a client of the same engine that answers GraphQL. Loaded with the first request. */
export function createMcpRoute(options: RouteOptions): McpRoute {
  const { engine, budgets, access, log } = options;
  let loading: Promise<Loaded> | undefined;
  let loaded: Loaded | undefined;
  const onFault = (error: unknown) => log.warn({ via: 'mcp', err: error }, 'fault of the protocol');
  const load = async (): Promise<Loaded> => {
    const [{ createMcpHttp }, { dataOf }, { createSharedMemories }] = await Promise.all([
      import('../../mcp/http.js'),
      import('../../mcp/ask.js'),
      import('../../mcp/calls/memory.js'),
    ]);
    loaded = {
      http: createMcpHttp({ onFault }),
      dataOf,
      memoryOf: createSharedMemories(),
    };
    return loaded;
  };

  async function answer(exchange: Exchange, target: Target): Promise<void> {
    const { request, response, caller, startedAt } = exchange;
    // Of any page, who has a credential: a page can't use that of another, and cookies count for the server's own only.
    if (senderOf(request).credential === null) access.checkOrigin(request);
    requireJson(request);
    const { body, release } = await receive(exchange, options, parse);
    const gone = new AbortController();
    // What still runs or streams then was asked for with rights that ended.
    const unwatch = caller.principal.ending.onEnd(() => {
      gone.abort();
      response.destroy();
    });
    response.on('close', () => {
      unwatch();
      gone.abort();
    });
    try {
      loading ??= load();
      const { http, dataOf, memoryOf } = await loading;
      const { principal } = caller;
      const party = partyOf(principal);
      const connection = {
        ask: inProcess(engine, caller, dataOf),
        watch: inProcess(engine, { principal, ...NOBODY }, dataOf),
        party,
        place: { named: projectIn(request, target), isLocal: false, mayCreate: false },
        memory: memoryOf(party),
        isReadOnly: false,
        actor: saidIn(request),
        onFault,
      };
      const answered = await http.answer(webRequest(exchange, gone.signal), body, connection);
      // A stream may run for long, and keeps little of its body.
      release();
      await send(answered, exchange, budgets.answers);
      const line = { requestId: caller.requestId, via: 'mcp', operation: operationIn(body) } as const;
      logRequest(log, { ...line, status: answered.status, startedAt });
    } finally {
      release();
    }
  }

  return {
    path: TOKENS_PATH,
    methods: 'POST, OPTIONS',
    takesAccessTokens: true,
    answer,
    close: () => void loaded?.http.close(),
  };
}

interface Loaded {
  readonly http: McpHttp;
  readonly dataOf: typeof import('../../mcp/ask.js').dataOf;
  readonly memoryOf: (party: string) => Connection['memory'];
}

/** Follows changes for clients that listen. */
const NOBODY = { actor: 'mcp', requestId: 'mcp', signal: NEVER, isGone: () => false };

const parties = new WeakMap<Principal, string>();

/** Names a principal, which stays the same as long as it loses no rights. */
function partyOf(principal: Principal): string {
  const known = parties.get(principal) ?? randomUUID();
  parties.set(principal, known);
  return known;
}

/** Asks the engine of this process, as a request over HTTP would be, under the name of the tool's call. */
function inProcess(engine: Engine, caller: Caller, dataOf: Loaded['dataOf']): Ask {
  return async (document, variables, { actor: name, requestId }) => {
    const { actor, error } = checkedActor(name);
    if (error) return dataOf({ errors: [error] });
    const operation = engine.prepare({ query: document.toString(), variables: variables as Variables });
    return dataOf(await execute(operation, { ...callerAs(caller, actor), requestId }));
  };
}

/** A client names itself in the handshake: it may write under that as under a name in the header. */
function checkedActor(name: string) {
  try {
    return { actor: parseActor(name), error: null };
  } catch (error) {
    if (!(error instanceof MooringError)) throw error;
    const { message, code, hint } = error;
    return { actor: name, error: { message, extensions: { code, hint } } };
  }
}

/** The request as the protocol reads it: its headers, and whether the client still waits. */
function webRequest({ request, caller }: Exchange, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set('x-request-id', caller.requestId);
  return new Request('http://localhost/mcp', { method: 'POST', headers, signal });
}

async function send(answered: Response, { request, response, headers }: Exchange, budget: MemoryBudget): Promise<void> {
  const type = answered.headers.get('content-type') ?? '';
  const all = { ...headers, ...Object.fromEntries(answered.headers) };
  if (answered.body === null || !type.startsWith('text/event-stream')) {
    if (request.destroyed && response.destroyed) return;
    sendText(response, answered.status, await answered.text(), all, type || 'application/json', budget);
    return;
  }
  response.writeHead(answered.status, all);
  response.flushHeaders();
  await pump(answered.body, response);
  response.end();
}

/** The project that a connection is about: from its header, or from the address where a host sends no headers. @throws RequestError */
function projectIn({ headers: { 'mooring-project': header } }: IncomingMessage, { search }: Target): string | null {
  const named =
    header === undefined
      ? new URLSearchParams(search).get('project')
      : decodeUtf8(Buffer.from(String(header), 'latin1'));
  if (header !== undefined && named === null) {
    throw new RequestError(
      400,
      'BAD_REQUEST',
      'The header `mooring-project` is not UTF-8.',
      'Send the id of the project.',
    );
  }
  return named?.trim() || null;
}

function parse(text: string): unknown {
  if (hasTooManyValues(text))
    throw new RequestError(413, 'PAYLOAD_TOO_LARGE', TOO_MANY_VALUES.message, TOO_MANY_VALUES.hint);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestError(
      400,
      'BAD_REQUEST',
      'The body is not JSON.',
      'Send a JSON-RPC message, as clients of MCP do.',
    );
  }
  if (typeof value === 'object' && value !== null && isDeeperThan(LIMITS.nesting, value)) {
    const message = `The message nests lists and objects more than ${LIMITS.nesting} deep.`;
    throw new RequestError(400, 'BAD_REQUEST', message, 'Send the inner part as a string.');
  }
  return value;
}

/** What the log calls a message: its method, and the tool that it calls. */
function operationIn(body: unknown): string {
  const { method, params }: { method?: unknown; params?: unknown } = Object(body);
  const { name }: { name?: unknown } = Object(params);
  return [method, name].filter((part) => typeof part === 'string').join(' ');
}
