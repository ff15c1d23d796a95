import { createSourceEventStream, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import { ended } from '../../domain/access/errors.js';
import type { Principal } from '../../domain/access/principal.js';
import { polledFrom } from '../../util/polled.js';
import type { Share, Turns } from '../../util/turn.js';
import type { RequestBudgets } from '../execution/budgets.js';
import type { ClientResults } from '../execution/client-results.js';
import type { Variables } from '../execution/cost.js';
import type { Operation } from '../execution/document-cache.js';
import { type Caller, NEVER } from '../http/actor.js';
import { mapEvents, type Results } from './event-stream.js';
import { resultKeyOf } from './result-key.js';
import { createSharedResults, type Follower, serializedOnce } from './shared-results.js';

/** Runs a subscription: its results, or a single one with the errors that prevent it. Never throws. */
export type Subscribe = (
  operation: Operation,
  variables: Variables,
  caller: Caller,
) => Promise<ExecutionResult | Results>;

export interface SubscribeOptions {
  readonly schema: GraphQLSchema;
  /** The context for resolvers: one per request, and one per event of a subscription. */
  readonly createContext: (caller: Caller, share: Share) => unknown;
  readonly introspection: boolean;
  readonly turns: Turns;
  readonly budgets: RequestBudgets;
  readonly clientResults: ClientResults;
}

/** Followers with the same result key share the results of the events that they share. */
export function createSubscribe(options: SubscribeOptions): Subscribe {
  const { schema, createContext, introspection, turns, budgets, clientResults } = options;
  const results = createSharedResults();

  return async (operation, variables, caller) => {
    const { actor, principal, requestId } = caller;
    const subscriber = new Subscriber(actor, principal, requestId);
    const follower: Follower = {
      resultKey: resultKeyOf(operation, variables, caller),
      since: results.begun(),
      isGone: subscriber.isGone,
    };
    const { document, name: operationName, kind } = operation;
    const args = { schema, document, operationName, variableValues: variables, hideSuggestions: !introspection };

    const make = async (event: unknown, isGone: () => boolean) => {
      // Made once for many followers: it continues when one of them leaves.
      const maker: Caller = { actor, principal, requestId, signal: NEVER, isGone };
      const budget = budgets.of(maker);
      try {
        const result = await execute({ ...args, rootValue: event, contextValue: createContext(maker, budget) });
        return result.errors ? result : serializedOnce(clientResults.of(result, kind, requestId));
      } finally {
        budget.end();
      }
    };
    try {
      const contextValue = createContext(subscriber, { turn: turns.of(subscriber), hold: () => {} });
      const source = await createSourceEventStream({ ...args, contextValue });
      if (!(Symbol.asyncIterator in source)) return clientResults.of(source, kind, requestId);
      return mapEvents(polledFrom(source), {
        resolve: (event) => results.of(event, follower, (isGone) => make(event, isGone)),
        show: (result) => ('stringify' in result ? result : serializedOnce(clientResults.of(result, kind, requestId))),
        fail: (error) => serializedOnce(clientResults.failure(error, requestId)),
        interruption: () => (principal.ending.reason === null ? null : ended(principal.ending.reason)),
        onInterruption: principal.ending.onEnd,
        end: () => subscriber.end(),
      });
    } catch (error) {
      return clientResults.failure(error, requestId);
    }
  };
}

/** The caller of a subscription, until that ends. Few sources need the signal: it is created on demand. */
class Subscriber implements Caller {
  #controller: AbortController | null = null;
  #isOver = false;

  constructor(
    readonly actor: string,
    readonly principal: Principal,
    readonly requestId: string,
  ) {}

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal;
  }

  readonly isGone = (): boolean => this.#isOver;

  end(): void {
    this.#isOver = true;
    this.#controller?.abort();
  }
}
