import type { Logger } from 'pino';
import type { Principal } from '../../domain/access/principal.js';
import type { Turns } from '../../util/turn.js';
import { RequestError } from '../errors.js';
import type { MemoryBudgets } from '../execution/budgets.js';
import type { Engine } from '../execution/engine.js';
import type { Access, Target } from './access.js';
import type { Caller } from './actor.js';
import type { Exchange, Visit } from './exchange.js';

/** What routes are made of that read bodies and ask the engine. */
export interface RouteOptions {
  readonly engine: Engine;
  readonly turns: Turns;
  readonly budgets: MemoryBudgets;
  readonly access: Access;
  readonly log: Logger;
}

/** What the server has at a path. */
export type Route = PublicRoute | PrivateRoute;

interface Path {
  /** With `/*` at its end: all that begin so. */
  readonly path: string;
  /** As the header `Allow` lists them. */
  readonly methods: string;
  /** Errors that explain a method which clients of this path may try, by its name. Left out: the general one. */
  readonly refusals?: Readonly<Record<string, RequestError>>;
}

/** It answers everyone: its answer says nothing about what is stored. */
export interface PublicRoute extends Path {
  readonly isPublic: true;
  /** Answers a request with one of the methods; its target has this path. @throws RequestError */
  answer(visit: Visit, target: Target): Promise<void> | void;
}

/** It answers who has the right to ask, as far as their rights go. */
export interface PrivateRoute extends Path {
  readonly isPublic?: false;
  /** Whether programs that users let in are let in here, by their access tokens. Left out: they aren't. */
  readonly takesAccessTokens?: boolean;
  /**
   * Shows the page that a browser finds at this path, with which one may state a credential. False: the request asks for
   * something else. Left out: there is none. @throws RequestError
   */
  show?(visit: Visit): Promise<void> | false;
  /** Answers a request with one of the methods; its target has this path. @throws RequestError */
  answer(exchange: Exchange, target: Target): Promise<void> | void;
}

/** Methods of a path that only shows something. */
export const READING = 'GET, HEAD, OPTIONS';

/**
 * Finds the route of a request and lets it answer, once it is known who sent it, where that matters. Preflight requests are
 * answered here, for paths that don't exist as well: a browser then shows the error of the request itself.
 * @param identify - tells who sent a request, before its body is read. @throws when nobody may have
 * @param confirm - says no if the sender's rights have ended since
 */
export function createRouter(
  routes: readonly Route[],
  { preflightHeaders }: Pick<Access, 'preflightHeaders'>,
  identify: (visit: Visit, route: PrivateRoute) => Caller | Promise<Caller>,
  confirm: (principal: Principal) => void | Promise<void>,
) {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  const folders = routes.filter(({ path }) => path.endsWith('/*'));
  const routeAt = (path: string): Route | undefined =>
    byPath.get(path) ?? folders.find((route) => path.startsWith(route.path.slice(0, -1)));
  const everyMethod = [...new Set(routes.flatMap(({ methods }) => methods.split(', ')))].sort(inOrder).join(', ');
  return async (visit: Visit, target: Target): Promise<void> => {
    const { request, response, headers } = visit;
    const method = request.method ?? '';
    const route = routeAt(target.path);
    if (method === 'OPTIONS') {
      const allow = route?.methods ?? (target.path === '*' ? everyMethod : READING);
      response.writeHead(204, { ...headers, ...preflightHeaders(request), allow });
      response.end();
      return;
    }
    if (!route) throw noSuchPage(target.path);
    if (!route.methods.split(', ').includes(method)) throw route.refusals?.[method] ?? wrongMethod(route.methods);
    if (route.isPublic) return route.answer(visit, target);
    const shown = route.show?.(visit);
    if (shown) return shown;
    const caller = await identify(visit, route);
    return route.answer({ ...visit, caller, confirm: () => confirm(caller.principal) }, target);
  };
}

const ORDER = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const inOrder = (one: string, other: string): number => ORDER.indexOf(one) - ORDER.indexOf(other);

function noSuchPage(path: string): RequestError {
  const message = `There is nothing at ${JSON.stringify(path.slice(0, 100))}.`;
  return new RequestError(404, 'NO_SUCH_PAGE', message, 'The API is at /graphql.');
}

function wrongMethod(allow: string): RequestError {
  const message = 'This address does not support the method.';
  return new RequestError(405, 'METHOD_NOT_ALLOWED', message, `Use one of ${allow}.`, { allow });
}
