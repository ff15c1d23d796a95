import type { OutgoingHttpHeaders } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ForbiddenError, RateLimitedError, UnauthenticatedError } from '../domain/access/errors.js';
import { type ErrorCode, MooringError, StoreError } from '../domain/errors.js';
import { redactText } from '../secrets/redact.js';
import { GoneError } from '../util/turn.js';
import { withoutArgument, withoutToken } from './execution/coercion.js';
import type { FaultLog } from './fault-log.js';

/** Codes of errors before a resolver runs, in addition to those of the domain. */
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

/** How a refused request is answered. */
export interface Refusal extends Explained {
  /** HTTP status. */
  readonly status: number;
  /** Headers that the status requires, such as the allowed methods. */
  readonly headers: OutgoingHttpHeaders;
}

interface Explained {
  readonly message: string;
  readonly code: string;
  /** What to do next. */
  readonly hint: string;
}

/** A request that is refused without being run. */
export class RequestError extends Error implements Refusal {
  constructor(
    readonly status: number,
    readonly code: TransportCode | ErrorCode,
    message: string,
    readonly hint: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

/** An error that is the client's fault, or that it can do something about. */
export type ExpectedError = RequestError | MooringError;
export const isExpected = (error: unknown): error is ExpectedError =>
  error instanceof RequestError || error instanceof MooringError;

/** How the request is answered that an error refuses. */
export function refusalOf(error: ExpectedError): Refusal {
  if (error instanceof RequestError) return error;
  const { message, code, hint } = error;
  return { message, code, hint, ...statusOf(error) };
}

function statusOf(error: MooringError): Pick<Refusal, 'status' | 'headers'> {
  if (error instanceof UnauthenticatedError) return { status: 401, headers: { 'www-authenticate': 'Bearer' } };
  if (error instanceof ForbiddenError) return { status: 403, headers: {} };
  if (error instanceof RateLimitedError)
    return { status: 429, headers: { 'retry-after': String(Math.ceil(error.retryAfter)) } };
  if (error instanceof StoreError) return { status: 503, headers: {} };
  return { status: 400, headers: {} };
}

/** An error as clients see it: message, code and hint. Written as it is: a `GraphQLError` would collect a stack for nobody. */
export function explained({ message, code, hint }: Explained): GraphQLFormattedError {
  // It may name what was asked for.
  return { message: redactText(message).text, extensions: { code, hint } };
}

/**
 * A request that GraphQL itself refuses: bad syntax, an unknown field, a variable of the wrong type. Its message quotes no
 * value.
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

/** A name of a field or a type may be as long as a query; answers quote only the beginning. */
const MAX_CHARS = 1_000;

/** Of GraphQL's own errors at run time, only those about arguments are the client's fault. */
const ARGUMENT = /^Argument "/;

/**
 * An error of a running operation as clients may see it. Any other error is logged with its stack and shown as unexpected,
 * with the request id to find it by.
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
      'Check its history, and revert it to a valid version.',
    );
  }
  return relocated(located, 'Unexpected error.', 'INTERNAL', faultHint(faults.requestId));
}

/** GraphQL's own errors about a resolver's result: null where a value is required, or no value of an enum. */
const BAD_FIELD =
  /^(Cannot return null for non-nullable field |(Enum "\w+"|Int|Float|String|Boolean|ID) cannot represent )/;
const BAD_FIELD_MESSAGE = 'The stored record has no value for this field, or an invalid one.';

export function faultHint(requestId: string): string {
  return `This is a fault of the server, not of the request. Its log says more under request id ${requestId}.`;
}

/** A new error at the location of another; compiled operations know only its line and column, not its node. */
function relocated(place: GraphQLError | null, message: string, code: ErrorCode, hint: string): GraphQLError {
  // The name of a field that doesn't exist may be anything.
  const error = new GraphQLError(redactText(message).text, {
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
