import type { IncomingMessage } from 'node:http';
import type { Authenticator, Links, SetUp } from '../../authentication/contract.js';
import { UnauthenticatedError } from '../../domain/access/errors.js';
import type { CallResult, PageVisit } from '../../pages/contract.js';
import type { ConsentChoice, SignInLane } from '../../sign-in/contract.js';
import { isExpected, refusalOf } from '../errors.js';
import type { Variables } from '../execution/cost.js';
import { type Engine, execute } from '../execution/engine.js';
import type { Target } from '../http/access.js';
import { type Caller, callerOf } from '../http/actor.js';
import type { Visit } from '../http/exchange.js';
import { isOwnPage, senderOf } from '../http/sender.js';

export interface PageVisitOptions {
  readonly engine: Engine;
  readonly lane: SignInLane;
  readonly links: Links;
  readonly providers: PageVisit['providers'];
  readonly setUp: SetUp;
  readonly authenticator: Authenticator;
  /** The server's origin, as the client of a request knows it. */
  readonly originOf: (request: IncomingMessage) => string;
}

/** Makes a visit of a page from a request, once its form was read. */
export function createPageVisits({ engine, providers, lane, links, setUp, authenticator, originOf }: PageVisitOptions) {
  /** Who is signed in at the browser: also when a link of another site leads here, as a page only shows something then. */
  async function signedIn({ request, response, requestId }: Visit): Promise<Caller | null> {
    const isTrusted = request.method !== 'POST' || isOwnPage(request);
    const cookie = isTrusted ? (request.headers.cookie ?? null) : null;
    if (!cookie) return null;
    try {
      const principal = await authenticator.authenticate({ ...senderOf(request), credential: null, cookie });
      return principal.kind === 'USER' ? callerOf(request, principal, requestId, () => response.destroyed) : null;
    } catch (error) {
      if (error instanceof UnauthenticatedError) return null;
      throw error;
    }
  }

  async function call(
    { request, requestId }: Visit,
    method: 'GET' | 'POST',
    to: string,
    body: object | undefined,
    choice?: ConsentChoice,
  ): Promise<CallResult> {
    const origin = originOf(request);
    const { cookie, 'user-agent': userAgent } = request.headers;
    const answer = await lane.answer({
      ...{ method, origin, path: `/auth${to}`, address: request.socket.remoteAddress ?? '', requestId },
      headers: {
        ...{ accept: 'application/json', origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
        ...(body && { 'content-type': 'application/json' }),
        ...(cookie && { cookie }),
        ...(userAgent && { 'user-agent': userAgent }),
      },
      body: body ? JSON.stringify(body) : null,
      choice,
    });
    const all = (name: string) => answer.headers.flatMap(([each, value]) => (each === name ? [value] : []));
    const [retryAfter] = all('retry-after');
    return {
      ...{ status: answer.status, json: jsonIn(answer.body) },
      ...{ location: all('location')[0] ?? null, cookies: all('set-cookie') },
      ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }),
    };
  }

  return async (visit: Visit, { path, search }: Target, form: URLSearchParams): Promise<PageVisit> => {
    const { request, requestId } = visit;
    const caller = await signedIn(visit);
    const sender = { address: request.socket.remoteAddress ?? '' };
    return {
      ...{ method: request.method === 'POST' ? 'POST' : 'GET', path, form },
      ...{ query: new URLSearchParams(search), origin: originOf(request) },
      userId: caller?.principal.userId ?? null,
      providers,
      links: {
        find: (token) => links.find(token, sender),
        use: async (token, newPassword) => {
          const refusal = await refusalIn(() => links.use(token, newPassword, sender, requestId));
          return refusal.problem;
        },
      },
      setUp: {
        isNeeded: () => setUp.isNeeded(),
        run: async (input) => {
          let secret = '';
          const refusal = await refusalIn(async () => {
            secret = (await setUp.run(input, sender, requestId)).secret;
          });
          return refusal.problem === null ? { secret, problem: null } : { ...refusal, secret: null };
        },
      },
      async ask<T>(query: string, variables: object = {}) {
        if (!caller) throw NOBODY;
        const { data, errors } = await execute(engine.prepare({ query, variables: variables as Variables }), caller);
        const [error] = errors ?? [];
        if (error) throw error;
        return data as T;
      },
      call: (method, to, body) => call(visit, method, to, body),
      letIn(asked, { projectIds, level, scopes }) {
        const { userId = null } = caller?.principal ?? {};
        if (userId === null) throw NOBODY;
        const body = { accept: true, oauth_query: asked, scope: scopes.join(' ') };
        return call(visit, 'POST', '/oauth2/consent', body, { userId, projectIds, level });
      },
    };
  };
}

const NOBODY = new UnauthenticatedError('Nobody is signed in at this browser.', 'Sign in first.');

/** Why something wasn't done, as a page says it; errors that aren't expected are thrown. */
async function refusalIn(
  work: () => Promise<void>,
): Promise<{ readonly problem: null } | { readonly problem: string; readonly status: number }> {
  try {
    await work();
    return { problem: null };
  } catch (error) {
    if (!isExpected(error)) throw error;
    const { message, hint, status } = refusalOf(error);
    return { problem: `${message} ${hint}`, status };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
