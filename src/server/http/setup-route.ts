import { z } from 'zod';
import type { SetUp } from '../../authentication/contract.js';
import { RequestError } from '../errors.js';
import { LIMITS } from '../limits.js';
import { isForBrowser } from '../sign-in/page-routes.js';
import type { Visit } from './exchange.js';
import { readBody, requireJson } from './graphql-request.js';
import { sendJson } from './respond.js';
import type { PublicRoute, RouteOptions } from './routes.js';
import { senderOf } from './sender.js';

const INPUT = z.strictObject({
  token: z.string(),
  email: z.string(),
  name: z.string().optional(),
  password: z.string().optional(),
});

/** Creates the first administrator, for who has the token that the server prints at its start. */
export function createSetupRoute({
  access,
  budgets,
  log,
  setUp,
  page,
}: RouteOptions & {
  readonly setUp: SetUp;
  /** For browsers. Left out: there is none. */
  readonly page?: PublicRoute | undefined;
}): PublicRoute {
  async function explain({ response, headers }: Visit): Promise<void> {
    const isNeeded = await setUp.isNeeded();
    sendJson(response, 200, { isNeeded, what: isNeeded ? HOW : DONE }, headers);
  }

  async function run({ request, response, requestId, headers }: Visit): Promise<void> {
    access.checkOrigin(request);
    requireJson(request);
    if (Number(request.headers['content-length'] ?? 0) > LIMITS.smallBytes) throw TOO_LARGE;
    const { bytes, read, release } = await readBody(request, budgets.bodies);
    try {
      if (bytes > LIMITS.smallBytes) throw TOO_LARGE;
      const created = await setUp.run(parse(read()), senderOf(request), requestId);
      log.info({ requestId, via: 'http', status: 200, user: created.user.id }, 'the first administrator was created');
      sendJson(response, 200, created, headers);
    } finally {
      release();
    }
  }

  return {
    ...{ path: '/setup', methods: 'GET, HEAD, POST, OPTIONS', isPublic: true },
    answer: (visit, target) => {
      if (page && isForBrowser(visit.request)) return page.answer(visit, target);
      return visit.request.method === 'POST' ? run(visit) : explain(visit);
    },
  };
}

const HOW =
  'This server has no users yet. POST { "token": "mooring-setup-…", "email": "…", "name": "…", "password": "…" } here as application/json, name and password if you like: the answer has an API key for the administrator that it creates. The server prints the token at its start.';
const DONE = 'This server is set up. Send an API key as `Authorization: Bearer mor_…` with requests to /graphql.';

const TOO_LARGE = new RequestError(413, 'PAYLOAD_TOO_LARGE', 'The body is too large for this address.', HOW);

function parse(text: string): z.infer<typeof INPUT> {
  const parsed = INPUT.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  throw new RequestError(400, 'BAD_REQUEST', 'The body lacks what it takes to create an administrator.', HOW);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
