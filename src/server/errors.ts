import type { OutgoingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import { type ErrorCode, MooringError } from '../domain/errors.js';
import { GoneError } from '../util/turn.js';
import { withoutArgument, withoutToken } from './execution/coercion.js';
import type { FaultLog } from './fault-log.js';

/** Codes of what can go wrong before a resolver runs, beside those of the domain. */
export type TransportCode =
  | 'BAD_REQUEST'
  | 'FORBIDDEN'
  | 'NO_SUCH_PAGE'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_ACCEPTABLE'
  | 'PAYLOAD_TOO_LARGE'
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  | 'REQUEST_TIMEOUT'
  | 'UNSUPPORTED_MEDIA_TYPE';

/** A request that is answered without being run. */
export class RequestError extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    readonly code: TransportCode | ErrorCode,
    message: string,
    /** What to do next. */
    readonly hint: string,
    /** What the status wants to be said in headers, such as the methods that there are. */
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

/** An error as clients see it: message, code and hint. */
export function explained(error: Error & { readonly code: string; readonly hint: string }): GraphQLError {
  return new GraphQLError(error.message, { extensions: { code: error.code, hint: error.hint } });
}

/**
 * A request that GraphQL itself refuses: bad syntax, a field that isn't there, a variable of the wrong type. Its message
 * quotes no value.
 */
export function refused(error: GraphQLError, hint: string): GraphQLError {
  const cause = rootCause(error);
  const isOurs = cause instanceof MooringError;
  return relocated(
    error,
    withoutToken(error.message).slice(0, MAX_CHARS),
    isOurs ? cause.code : 'INVALID_INPUT',
    isOurs ? cause.hint : hint,
  );
}

/** A name of a field or a type may be as long as a query; no answer repeats so much of it. */
const MAX_CHARS = 1_000;

/** Of GraphQL's own complaints while it runs, only those of arguments are the client's doing. */
const ARGUMENT = /^Argument "/;

/**
 * An error of a running operation as clients may see it. What isn't meant for them is logged with its stack and shown as
 * unexpected, with the request's id to find it by.
 */
export function exposed(error: unknown, faults: FaultLog): GraphQLError {
  const located = error instanceof GraphQLError ? error : null;
  const cause = located ? rootCause(located) : error;
  if (cause instanceof MooringError) return relocated(located, cause.message, cause.code, cause.hint);
  if (located && cause instanceof GraphQLError && ARGUMENT.test(cause.message)) {
    return relocated(
      located,
      withoutArgument(cause.message),
      'INVALID_INPUT',
      'Check the arguments against the schema.',
    );
  }
  if (cause instanceof GoneError) return relocated(located, cause.message, 'INTERNAL', 'Send the request again.');
  faults.note(cause, located?.path);
  if (located && cause instanceof Error && BAD_FIELD.test(cause.message)) {
    return relocated(
      located,
      BAD_FIELD_MESSAGE,
      'STORE_DAMAGED',
      'Look at its history, and revert it to a version that is whole.',
    );
  }
  return relocated(located, 'Unexpected error.', 'INTERNAL', faultHint(faults.requestId));
}

/** GraphQL's own complaint of what a resolver gave: nothing where there must be something, or no value of an enum. */
const BAD_FIELD =
  /^(Cannot return null for non-nullable field |(Enum "\w+"|Int|Float|String|Boolean|ID) cannot represent )/;
const BAD_FIELD_MESSAGE = 'A record is stored without a value for this field, or with one that the field can’t have.';

export function faultHint(requestId: string): string {
  return `This is a fault of the server, not of the request. Its log says more under request id ${requestId}.`;
}

/** A new error at the place of another; compiled operations know its line and column only, not its node. */
function relocated(place: GraphQLError | null, message: string, code: ErrorCode, hint: string): GraphQLError {
  const error = new GraphQLError(message, {
    nodes: place?.nodes ?? null,
    source: place?.source ?? null,
    positions: place?.positions ?? null,
    path: place?.path ?? null,
    extensions: { code, hint },
  });
  return place?.locations && !error.locations ? Object.assign(error, { locations: place.locations }) : error;
}

function rootCause(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}
