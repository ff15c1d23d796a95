import { createSourceEventStream, type ExecutionResult, execute } from 'graphql';
import { polledFrom } from '../../util/polled.js';
import type { Variables } from '../execution/cost.js';
import type { Operation } from '../execution/document-cache.js';
import type { EngineOptions } from '../execution/engine-options.js';
import type { Finish } from '../execution/finish.js';
import type { Shares } from '../execution/share.js';
import { type Caller, NEVER } from '../http/caller.js';
import { audienceOf } from './audience.js';
import { mapEvents, type Results } from './event-stream.js';
import { createSharedResults, type Follower } from './shared-results.js';
import { writtenOnce } from './written-result.js';

/** Follows a subscription, or says why it can't. Never throws. */
export type Follow = (operation: Operation, variables: Variables, caller: Caller) => Promise<ExecutionResult | Results>;

export interface FollowOptions extends Pick<EngineOptions, 'schema' | 'createContext' | 'introspection' | 'turns'> {
  readonly shares: Shares;
  readonly finish: Finish;
}

/** Followers that are alike share the results of events that they share. */
export function createFollow(options: FollowOptions): Follow {
  const { schema, createContext, introspection, turns, shares, finish } = options;
  const results = createSharedResults();

  return async (operation, variables, caller) => {
    const { actor, requestId } = caller;
    const own = createOwnCaller(actor, requestId);
    const follower: Follower = {
      audience: audienceOf(operation, variables, actor),
      since: results.begun(),
      isGone: own.caller.isGone,
    };
    const { document, name: operationName, kind } = operation;
    const args = { schema, document, operationName, variableValues: variables, hideSuggestions: !introspection };

    const make = async (event: unknown, isGone: () => boolean) => {
      // It is made once for many, and goes on when one of them leaves.
      const maker: Caller = { actor, requestId, signal: NEVER, isGone };
      const share = shares.of(maker);
      try {
        const result = await execute({ ...args, rootValue: event, contextValue: createContext(maker, share) });
        return result.errors ? result : writtenOnce(finish.result(result, kind, requestId));
      } finally {
        share.end();
      }
    };
    try {
      const contextValue = createContext(own.caller, { turn: turns.of(own.caller), hold: () => {} });
      const source = await createSourceEventStream({ ...args, contextValue });
      if (!(Symbol.asyncIterator in source)) return finish.result(source, kind, requestId);
      return mapEvents(polledFrom(source), {
        resolve: (event) => results.of(event, follower, (isGone) => make(event, isGone)),
        show: (result) => ('stringify' in result ? result : writtenOnce(finish.result(result, kind, requestId))),
        fail: (error) => writtenOnce(finish.failure(error, requestId)),
        end: own.end,
      });
    } catch (error) {
      return finish.failure(error, requestId);
    }
  };
}

/** Who follows, until it ends. Few sources need the signal, so that it is made when one does. */
function createOwnCaller(actor: string, requestId: string): { readonly caller: Caller; end(): void } {
  let controller: AbortController | null = null;
  let isOver = false;
  const caller: Caller = {
    actor,
    requestId,
    get signal() {
      controller ??= new AbortController();
      if (isOver) controller.abort();
      return controller.signal;
    },
    isGone: () => isOver,
  };
  const end = () => {
    isOver = true;
    controller?.abort();
  };
  return { caller, end };
}
