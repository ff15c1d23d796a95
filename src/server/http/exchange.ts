import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Caller } from './actor.js';

/** A request before its sender is known, and what it is answered with. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** For the answer. */
  readonly headers: OutgoingHttpHeaders;
  /** When it arrived, on the clock of `performance.now()`. */
  readonly startedAt: number;
}

/** A request of a known sender. */
export interface Exchange extends Visit {
  readonly caller: Caller;
  /** Says no if the caller's rights have ended meanwhile: to be asked once the body has come, which a client may send slowly. */
  readonly confirm: () => void | Promise<void>;
}
