import { LIMITS } from '../limits.js';
import type { Exchange } from './exchange.js';
import { readBody } from './graphql-request.js';
import type { RouteOptions } from './routes.js';

/** A body as a route has parsed it, and the end of its share of the budget. */
export interface Received<T> {
  readonly body: T;
  readonly release: () => void;
}

/** Reads a body and parses it: a large one in a turn of its own. @throws what `parse` throws, and RequestError */
export async function receive<T>(
  { request, caller, confirm }: Exchange,
  { turns, budgets }: Pick<RouteOptions, 'turns' | 'budgets'>,
  parse: (text: string) => T,
): Promise<Received<T>> {
  const { bytes, read, release } = await readBody(request, budgets.bodies);
  try {
    await confirm();
    const body = bytes <= LIMITS.smallChars ? parse(read()) : await turns.of(caller)(() => parse(read()));
    return { body, release };
  } catch (error) {
    release();
    throw error;
  }
}
