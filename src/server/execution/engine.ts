import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import { GoneError } from '../../util/turn.js';
import { refused } from '../errors.js';
import type { Caller } from '../http/caller.js';
import type { Results } from '../subscriptions/event-stream.js';
import { createFollow } from '../subscriptions/follow.js';
import { isTooDeep, TOO_DEEP, variableErrors } from './coercion.js';
import type { Variables } from './cost.js';
import { createDocumentCache, type Operation } from './document-cache.js';
import type { EngineOptions } from './engine-options.js';
import { createFinish, VARIABLES_HINT } from './finish.js';
import { LIMITS, tooComplex } from './limits.js';
import { createRoom } from './room.js';
import { createShares } from './share.js';

/** What a client asks for, whatever way it came. */
export interface GraphQLParams {
  /** Null when only its hash was sent. */
  readonly query: string | null;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  /** Characters of the request's text, as far as it is known: what is in it is looked at several times. */
  readonly chars?: number | undefined;
}

/** An operation with its variables, ready to be run. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly kind: Operation['kind'];
  readonly name: string | undefined;
  /** Those that it declares, and no others that were sent. */
  readonly variables: Variables;
  /** Answers a query or a mutation. Never throws. */
  execute(caller: Caller): Promise<ExecutionResult>;
  /** Follows a subscription: results as they come, which others may share, or the one that says why there are none. Never throws. */
  subscribe(caller: Caller): Promise<ExecutionResult | Results>;
}

/** What was asked for, or the errors because of which it isn't run. */
export type Prepared = PreparedOperation | readonly GraphQLError[];

/** Runs GraphQL the same way for every transport. */
export interface Engine {
  readonly schema: GraphQLSchema;
  /** Never throws. */
  prepare(params: GraphQLParams): Prepared;
}

/** What all operations that run at once may cost together, beside small ones. */
const RUNNING_COST = 2 * LIMITS.cost;
/** An operation of this cost goes before others: it reads a record or two. */
const LIGHT_COST = 100;
/** An operation of this cost waits for no other: a page of 20 records, say, with all they hold. */
const SMALL_COST = 1_000;

export function createEngine({ schema, createContext, introspection, turns, log }: EngineOptions): Engine {
  const find = createDocumentCache(schema, { introspection });
  const shares = createShares(turns);
  const finish = createFinish(log);
  const follow = createFollow({ schema, createContext, introspection, turns, shares, finish });

  const run = async (
    isLight: boolean,
    operation: Operation,
    variables: Variables,
    caller: Caller,
  ): Promise<ExecutionResult> => {
    // A write that was begun is done to its end.
    const share = shares.of({ isLight, ...(operation.kind !== 'mutation' && { isGone: caller.isGone }) });
    const begin = () => operation.run(createContext(caller, share), variables);
    try {
      // What reads no store is answered whole in one go, and a large input is looked at in one: others are heard before.
      const result = await (isLight ? begin() : share.turn(begin));
      return finish.result(result, operation.kind, caller.requestId);
    } catch (error) {
      return finish.failure(error, caller.requestId);
    } finally {
      share.end();
    }
  };

  const room = createRoom(RUNNING_COST);
  const runInRoom = async (cost: number, operation: Operation, variables: Variables, caller: Caller) => {
    let leave = await room.take(cost);
    const aside = async (wait: () => Promise<void>) => {
      leave();
      await wait().finally(async () => {
        leave = await room.take(cost);
      });
    };
    try {
      return caller.isGone()
        ? finish.failure(new GoneError(), caller.requestId)
        : await run(false, operation, variables, { ...caller, aside });
    } finally {
      leave();
    }
  };

  return {
    schema,
    prepare: ({ query, operationName, variables, chars = 0 }) => {
      if (query === null) return [HASH_UNKNOWN];
      const operation = find(query, operationName ?? undefined);
      if (!('cost' in operation)) return operation;
      const values = declared(operation, variables ?? {});
      if (isTooDeep(values)) return [refused(new GraphQLError(TOO_DEEP.message), TOO_DEEP.hint)];
      if (operation.kind === 'subscription' && JSON.stringify(values).length > LIMITS.subscriptionChars)
        return [TOO_LONG];
      const mistakes = variableErrors(schema, operation.definition, values, { hideSuggestions: !introspection });
      if (mistakes.length > 0) return mistakes.map((error) => refused(error, VARIABLES_HINT));
      const cost = operation.cost(values);
      if (cost > LIMITS.cost) {
        return [
          tooComplex(
            `The answer may hold ${cost} fields; the limit is ${LIMITS.cost}.`,
            'Ask for smaller pages with `first`, for fewer lists within lists, or in several queries.',
          ),
        ];
      }
      return {
        document: operation.document,
        kind: operation.kind,
        name: operation.name,
        variables: values,
        execute: (caller) =>
          cost <= SMALL_COST
            ? run(cost <= LIGHT_COST && chars <= LIMITS.smallChars, operation, values, caller)
            : runInRoom(cost, operation, values, caller),
        subscribe: (caller) => follow(operation, values, caller),
      };
    },
  };
}

/** What a request sends beside them would be kept as long as the operation runs. */
function declared({ variables: names }: Operation, sent: Variables): Variables {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]]));
}

/** The answer to a request that has only the hash of a query. Apollo's clients know it by its code or message, urql's by its message; both then send the query, for good. */
export const HASH_UNKNOWN = new GraphQLError('PersistedQueryNotSupported', {
  extensions: {
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
    hint: 'Queries are not known by their hashes here. Send the text of the query in `query`; a hash beside it does no harm.',
  },
});

const TOO_LONG = tooComplex(
  `The variables of a subscription may have ${LIMITS.subscriptionChars} characters of JSON; they are kept while it runs.`,
  'Follow with a shorter filter, and choose among the events where they arrive.',
);
