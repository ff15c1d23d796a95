import { z } from 'zod';
import type { ProgramKeys } from '../../authentication/contract.js';
import { RequestError } from '../errors.js';
import type { Visit } from '../http/exchange.js';
import { readBody, requireJson } from '../http/graphql-request.js';
import { sendJson } from '../http/respond.js';
import type { PublicRoute, RouteOptions } from '../http/routes.js';
import { LIMITS } from '../limits.js';

const INPUT = z.strictObject({ token: z.string(), name: z.string() });

/** Where the command line gets its API key, once its user has let it in. */
export function createProgramKeyRoute({
  access,
  budgets,
  programKeys,
}: RouteOptions & { readonly programKeys: ProgramKeys }): PublicRoute {
  return {
    ...{ path: '/device/key', methods: 'POST, OPTIONS', isPublic: true },
    async answer({ request, response, requestId, headers }: Visit) {
      access.checkOrigin(request);
      requireJson(request);
      if (Number(request.headers['content-length'] ?? 0) > LIMITS.smallBytes) throw WRONG_BODY;
      const { bytes, read, release } = await readBody(request, budgets.bodies);
      try {
        if (bytes > LIMITS.smallBytes) throw WRONG_BODY;
        const sender = { address: request.socket.remoteAddress ?? '' };
        sendJson(response, 200, await programKeys.trade(parse(read()), sender, requestId), headers);
      } finally {
        release();
      }
    },
  };
}

const WRONG_BODY = new RequestError(
  400,
  'BAD_REQUEST',
  'The body is none that is traded for a key.',
  'POST { "token": "…", "name": "…" } as application/json, with the token of a code that was let in.',
);

function parse(text: string): z.infer<typeof INPUT> {
  const parsed = INPUT.safeParse(jsonIn(text));
  if (parsed.success) return parsed.data;
  throw WRONG_BODY;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
