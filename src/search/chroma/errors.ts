import { StoreError, type StoreErrorCode } from '../../domain/errors.js';
import { VectorsRefusedError } from '../vectors/vector-index.js';
import { isThrown } from './client.js';

const WORDS_ANSWER = 'Until then words answer searches, and new memories wait for their vectors.';

type Explanation = readonly [code: StoreErrorCode, message: string, hint: string];

/** A failure of the client or the server in the caller's terms. Any other error means that the response isn't Chroma's. */
export function toStoreError(error: unknown, place: string): StoreError {
  if (error instanceof StoreError) return error;
  const [code, message, hint] = explain(error, place);
  const Kind = isOfContent(error) ? VectorsRefusedError : StoreError;
  return new Kind(code, message, hint, { cause: error });
}

/** Whether the server, or its client, refuses the content of the request. A quota may be one of a single record. */
function isOfContent(error: unknown): boolean {
  const kinds = ['ChromaClientError', 'ChromaValueError', 'ChromaQuotaExceededError'] as const;
  return kinds.some((name) => isThrown(error, name));
}

function explain(error: unknown, place: string): Explanation {
  if (isCut(error)) {
    const hint = `Check that it runs, that CHROMA_URL is its address, and that its certificate is valid. ${WORDS_ANSWER}`;
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} is unreachable, or closed the connection.`, hint];
  }
  if (isThrown(error, 'ChromaUnauthorizedError')) {
    const message = `The Chroma server ${place} requires authentication.`;
    return [
      'STORE_AUTHENTICATION',
      message,
      'Set CHROMA_TOKEN to a token that the server, or the proxy in front of it, accepts.',
    ];
  }
  if (isThrown(error, 'ChromaForbiddenError')) {
    const hint = 'Give the token the right to read and write collections in the tenant and the database.';
    return ['STORE_NOT_AUTHORIZED', `The Chroma server ${place} doesn't allow that.`, hint];
  }
  if (isThrown(error, 'ChromaQuotaExceededError')) {
    return [
      'STORE_FULL',
      `A quota of the Chroma server ${place} is exceeded: ${error.message}`,
      'Raise the quota, or free some space.',
    ];
  }
  if (isThrown(error, 'ChromaRateLimitError')) {
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} is overloaded.`, `Try again later. ${WORDS_ANSWER}`];
  }
  if (isThrown(error, 'ChromaServerError')) {
    const hint = `Check the server's log. ${WORDS_ANSWER}`;
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} failed: ${error.message}`, hint];
  }
  if (isRefusal(error)) {
    const hint = 'Check CHROMA_TENANT and CHROMA_DATABASE, and that the server is Chroma 1.0 or later.';
    return ['STORE_UNSUITABLE', `The Chroma server ${place} refused a request: ${error.message}`, hint];
  }
  const hint = `Check that CHROMA_URL is the address of Chroma 1.0 or later, and any proxy in front of it. ${WORDS_ANSWER}`;
  return ['STORE_UNAVAILABLE', `The server at ${place} isn't a Chroma server, or its response was damaged.`, hint];
}

/** Whether the connection failed, so that a new one may succeed. */
function isCut(error: unknown): boolean {
  return isThrown(error, 'ChromaConnectionError');
}

/**
 * Whether an immediate retry may succeed: the connection failed, or the server did. Chroma fails with `Error finding id` when a
 * row is replaced while it is compared.
 */
export function isPassing(error: unknown): boolean {
  return isCut(error) || isThrown(error, 'ChromaServerError');
}

/** Whether the collection doesn't exist, or no longer does. */
export function isMissing(error: unknown): boolean {
  return isThrown(error, 'ChromaNotFoundError');
}

/** The server didn't answer in time. */
export function late(place: string, deadlineMs: number): StoreError {
  return new StoreError(
    'STORE_TIMEOUT',
    `The Chroma server ${place} didn't answer within ${deadlineMs / 1_000} s. The request may have been carried out.`,
    `Check the load of the server, and the network. ${WORDS_ANSWER}`,
  );
}

/** The server's list of collections has no end. */
export function tooMany(place: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `The Chroma server ${place} lists more collections than Mooring reads.`,
    'Create a database for Mooring alone, and set CHROMA_DATABASE to its name.',
  );
}

/** The address was entered through the API, where link-local ones aren't allowed. */
export function linkLocal(origin: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${origin} is a link-local address, which isn't allowed in settings entered through the API.`,
    'Enter another address of the Chroma server. If it has to be this one, set CHROMA_URL where Mooring is started.',
  );
}

/** The connection is closed. */
export function connectionClosed(place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The connection to the Chroma server ${place} is closed.`,
    'Mooring is stopping, or its storage settings have changed. Repeat the request later.',
  );
}

function isRefusal(error: unknown): error is Error {
  const refusals = ['ChromaClientError', 'ChromaNotFoundError', 'ChromaUniqueError', 'ChromaValueError'] as const;
  return refusals.some((name) => isThrown(error, name));
}
