import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { GoneError } from '../../util/turn.js';
import { refused } from '../errors.js';
import type { Caller } from '../http/actor.js';
import { LIMITS, tooComplex } from '../limits.js';
import type { Results } from '../subscriptions/event-stream.js';
import { createSubscribe, type SubscribeOptions } from '../subscriptions/subscribe.js';
import { createRequestBudgets } from './budgets.js';
import { createClientResults, VARIABLES_HINT } from './client-results.js';
import { isTooDeep, TOO_DEEP, variableErrors } from './coercion.js';
import type { Variables } from './cost.js';
import { createDocumentCache, type Operation } from './document-cache.js';
import { createWeightedSemaphore } from './weighted-semaphore.js';

/** A request for GraphQL, from any transport. */
export interface GraphQLParams {
  /** Null when only its hash was sent. */
  readonly query: string | null;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | null | undefined;
  /** Characters of the request's text, if known: its values are inspected several times. */
  readonly chars?: number | undefined;
}

/** An operation with its variables, ready to run. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly kind: Operation['kind'];
  readonly name: string | undefined;
  /** Only those that it declares. */
  readonly variables: Variables;
  /** Runs a query or a mutation. Never throws. */
  execute(caller: Caller): Promise<ExecutionResult>;
  /** Runs a subscription: results as they come, which others may share, or a single one with the errors that prevent it. Never throws. */
  subscribe(caller: Caller): Promise<ExecutionResult | Results>;
}

/** The operation, or the errors that prevent running it. */
export type Prepared = PreparedOperation | readonly GraphQLError[];

/** Runs a query or a mutation. Never throws. */
export async function execute(operation: Prepared, caller: Caller): Promise<ExecutionResult> {
  return 'kind' in operation ? operation.execute(caller) : { errors: operation };
}

/** Runs GraphQL the same way for every transport. */
export interface Engine {
  readonly schema: GraphQLSchema;
  /** Never throws. */
  prepare(params: GraphQLParams): Prepared;
}

/** The total cost of the operations in progress, not counting small ones. */
const RUNNING_COST = 2 * LIMITS.cost;
/** Operations up to this cost run before others: they read a record or two. */
const LIGHT_COST = 100;
/** Operations up to this cost wait for no other: a page of 20 records, for example, with all their fields. */
const SMALL_COST = 1_000;

/** What operations of every kind are run with. */
export interface EngineOptions extends Omit<SubscribeOptions, 'budgets' | 'clientResults'> {
  readonly log: Logger;
}

export function createEngine({ schema, createContext, introspection, turns, log }: EngineOptions): Engine {
  const documents = createDocumentCache(schema, { introspection });
  const budgets = createRequestBudgets(turns);
  const clientResults = createClientResults(log);
  const subscribe = createSubscribe({ schema, createContext, introspection, turns, budgets, clientResults });

  const run = async (
    isLight: boolean,
    operation: Operation,
    variables: Variables,
    caller: Caller,
  ): Promise<ExecutionResult> => {
    // A mutation that has begun is completed even if the client leaves.
    const budget = budgets.of({ isLight, ...(operation.kind !== 'mutation' && { isGone: caller.isGone }) });
    const begin = () => operation.run(createContext(caller, budget), variables);
    try {
      // An operation that reads no store runs in one go, and so does the parsing of a large input: others get a turn before.
      const result = await (isLight ? begin() : budget.turn(begin));
      return clientResults.of(result, operation.kind, caller.requestId);
    } catch (error) {
      return clientResults.failure(error, caller.requestId);
    } finally {
      budget.end();
    }
  };

  const running = createWeightedSemaphore(RUNNING_COST);
  const runWhenAdmitted = async (cost: number, operation: Operation, variables: Variables, caller: Caller) => {
    let release = await running.acquire(cost);
    const releaseWhile = async (wait: () => Promise<void>) => {
      release();
      await wait().finally(async () => {
        release = await running.acquire(cost);
      });
    };
    try {
      return caller.isGone()
        ? clientResults.failure(new GoneError(), caller.requestId)
        : await run(false, operation, variables, { ...caller, releaseWhile });
    } finally {
      release();
    }
  };

  return {
    schema,
    prepare: ({ query, operationName, variables, chars = 0 }) => {
      if (query === null) return [HASH_UNKNOWN];
      const operation = documents.find(query, operationName ?? undefined);
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
            : runWhenAdmitted(cost, operation, values, caller),
        subscribe: (caller) => subscribe(operation, values, caller),
      };
    },
  };
}

/** Undeclared variables are dropped: they would be kept as long as the operation runs. */
function declared({ variables: names }: Operation, sent: Variables): Variables {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(sent, name)).map((name) => [name, sent[name]]));
}

/**
 * The answer to a request with only the hash of a query. Apollo's clients recognise its code or message, urql's its message;
 * both then send the query, and keep doing so.
 */
export const HASH_UNKNOWN = new GraphQLError('PersistedQueryNotSupported', {
  extensions: {
    code: 'PERSISTED_QUERY_NOT_SUPPORTED',
    hint: 'Persisted queries are not supported. Send the text of the query in `query`; an additional hash does no harm.',
  },
});

const TOO_LONG = tooComplex(
  `The variables of a subscription may have ${LIMITS.subscriptionChars} characters of JSON; they are kept while it runs.`,
  'Subscribe with a shorter filter, and filter the events in the client.',
);
