import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Caller } from './actor.js';

/** A request, and what it is answered with. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: Caller;
  /** For the answer. */
  readonly headers: OutgoingHttpHeaders;
  /** When it arrived, on the clock of `performance.now()`. */
  readonly startedAt: number;
}
