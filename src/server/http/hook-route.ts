import { answerEvent } from '../../hook/answer-event.js';
import { type Ask, AskError, dataOf } from '../../hook/ask.js';
import { type HookEvent, parseEvent } from '../../hook/event/event.js';
import { ancestorsOf } from '../../util/project-folders.js';
import { RequestError } from '../errors.js';
import { type Engine, execute } from '../execution/engine.js';
import { logRequest } from '../log.js';
import type { Target } from './access.js';
import { type Caller, callerAs, saidIn } from './actor.js';
import type { Exchange } from './exchange.js';
import { hasTooManyValues, requireJson, TOO_MANY_VALUES } from './graphql-request.js';
import { receive } from './receive.js';
import { sendJson } from './respond.js';
import type { PrivateRoute, RouteOptions } from './routes.js';

/** The agent whose hooks have this form. */
const AGENT = 'claude-code';

/**
 * Takes the events of an agent's hooks from hosts that send them by HTTP, as `mooring hook` takes them: a client of the same
 * engine that answers GraphQL. It reads nothing of the disk that an event names.
 */
export function createHookRoute(options: RouteOptions): PrivateRoute {
  const { engine, access, log } = options;

  async function answer(exchange: Exchange, target: Target): Promise<void> {
    const { request, response, caller, headers, startedAt } = exchange;
    access.checkOrigin(request);
    requireJson(request);
    const { body: event, release } = await receive(exchange, options, parse);
    // What is kept of it is short.
    release();
    const agent = saidIn(request) ?? AGENT;
    const told = event && (await tell(event, callerAs(caller, agent), agent, isSetUp(target)));
    sendJson(response, 200, told ?? {}, headers);
    const line = { requestId: caller.requestId, via: 'hook', operation: event?.name } as const;
    logRequest(log, { ...line, status: 200, startedAt });
  }

  async function tell(event: HookEvent, caller: Caller, agent: string, isSetUp: boolean): Promise<object | null> {
    const receipt = { at: new Date().toISOString(), agent, ordinal: caller.requestId };
    const place = { folders: ancestorsOf(event.cwd), root: null };
    try {
      return await answerEvent(inProcess(engine, caller), event, { receipt, place, isSetUp });
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      throw error.isPassing
        ? new RequestError(503, 'STORE_UNAVAILABLE', error.message, KEEP_HINT)
        : new RequestError(400, 'INVALID_INPUT', error.message, KEEP_HINT);
    }
  }

  return { path: '/hooks/claude-code', methods: 'POST, OPTIONS', answer };
}

const KEEP_HINT = 'The event is not kept. The server’s health, `GET /health`, and its log say more.';

/** Whether the host was set up to capture: the address says it, as the option of `mooring hook` does. */
const isSetUp = ({ search }: Target): boolean => new URLSearchParams(search).has('capture');

function parse(text: string): HookEvent | null {
  if (hasTooManyValues(text)) {
    throw new RequestError(400, 'QUERY_TOO_COMPLEX', TOO_MANY_VALUES.message, 'Send events with less in them.');
  }
  return parseEvent(text);
}

function inProcess(engine: Engine, caller: Caller): Ask {
  return async (query, variables) => {
    return dataOf(await execute(engine.prepare({ query, variables: { ...variables } }), caller));
  };
}
