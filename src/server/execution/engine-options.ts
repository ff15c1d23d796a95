import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Share, Turns } from '../../util/turn.js';
import type { Caller } from '../http/caller.js';

/** What operations of every kind are run with. */
export interface EngineOptions {
  readonly schema: GraphQLSchema;
  /** The context for resolvers: one per request, and one per event of a subscription. */
  readonly createContext: (caller: Caller, share: Share) => unknown;
  readonly introspection: boolean;
  readonly turns: Turns;
  readonly log: Logger;
}
