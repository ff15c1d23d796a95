import { StoreError, type StoreErrorCode } from '../../domain/errors.js';
import { VectorsRefusedError } from '../vectors/vector-index.js';
import { isThrown } from './client.js';

const WORDS_ANSWER = 'Until then words answer searches, and what is saved waits for its vectors.';

type Said = readonly [code: StoreErrorCode, message: string, hint: string];

/** A failure of the client or the server in the caller's terms. What nothing else explains is a reply that isn't Chroma's. */
export function toStoreError(error: unknown, place: string): StoreError {
  if (error instanceof StoreError) return error;
  const [code, message, hint] = explain(error, place);
  const Kind = isOfContent(error) ? VectorsRefusedError : StoreError;
  return new Kind(code, message, hint, { cause: error });
}

/** Whether it is what was sent that the server, or its client, doesn't take. A quota may be one of each record's. */
function isOfContent(error: unknown): boolean {
  const kinds = ['ChromaClientError', 'ChromaValueError', 'ChromaQuotaExceededError'] as const;
  return kinds.some((name) => isThrown(error, name));
}

function explain(error: unknown, place: string): Said {
  if (isCut(error)) {
    const hint = `Check that it runs, that CHROMA_URL is its address, and that its certificate is valid. ${WORDS_ANSWER}`;
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} can't be reached, or it cut the connection.`, hint];
  }
  if (isThrown(error, 'ChromaUnauthorizedError')) {
    const message = `The Chroma server ${place} doesn't know who asks.`;
    return [
      'STORE_AUTHENTICATION',
      message,
      'Set CHROMA_TOKEN to a token that the server, or the proxy before it, takes.',
    ];
  }
  if (isThrown(error, 'ChromaForbiddenError')) {
    const hint = 'Give the token the right to read and write collections in the tenant and the database.';
    return ['STORE_NOT_AUTHORIZED', `The Chroma server ${place} doesn't allow that.`, hint];
  }
  if (isThrown(error, 'ChromaQuotaExceededError')) {
    return [
      'STORE_FULL',
      `The Chroma server ${place} takes no more: ${error.message}`,
      'Raise the quota, or make room.',
    ];
  }
  if (isThrown(error, 'ChromaRateLimitError')) {
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} has too much to do.`, `Try again later. ${WORDS_ANSWER}`];
  }
  if (isThrown(error, 'ChromaServerError')) {
    const hint = `Look into the server's log. ${WORDS_ANSWER}`;
    return ['STORE_UNAVAILABLE', `The Chroma server ${place} failed: ${error.message}`, hint];
  }
  if (isRefusal(error)) {
    const hint = 'Check CHROMA_TENANT and CHROMA_DATABASE, and that the server is Chroma 1.0 or later.';
    return ['STORE_UNSUITABLE', `The Chroma server ${place} refused a request: ${error.message}`, hint];
  }
  const hint = `Check that CHROMA_URL is the address of Chroma 1.0 or later, and what stands before it. ${WORDS_ANSWER}`;
  return ['STORE_UNAVAILABLE', `What answers at ${place} isn't a Chroma server, or its reply was damaged.`, hint];
}

/** Whether the connection failed, so that a fresh one may not. */
function isCut(error: unknown): boolean {
  return isThrown(error, 'ChromaConnectionError');
}

/**
 * Whether the same may succeed at once when it is asked again: the connection failed, or the server did. Chroma fails with
 * `Error finding id` when a row is replaced while it is compared.
 */
export function isPassing(error: unknown): boolean {
  return isCut(error) || isThrown(error, 'ChromaServerError');
}

/** Whether there is no such collection, or no longer. */
export function isMissing(error: unknown): boolean {
  return isThrown(error, 'ChromaNotFoundError');
}

/** The server didn't answer in time. */
export function late(place: string, deadlineMs: number): StoreError {
  return new StoreError(
    'STORE_TIMEOUT',
    `The Chroma server ${place} didn't answer within ${deadlineMs / 1_000} s. What was asked for may have been done.`,
    `Look at what the server is busy with, and at the network. ${WORDS_ANSWER}`,
  );
}

/** The server's list of collections has no end. */
export function tooMany(place: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `The Chroma server ${place} lists more collections than Mooring looks through.`,
    'Give Mooring a database of its own there, and name it in CHROMA_DATABASE.',
  );
}

/** The address was entered through the API, which reaches no link-local ones. */
export function linkLocal(origin: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${origin} is a link-local address, which settings entered through the API don't reach.`,
    'Enter another address of the Chroma server. If it has to be this one, set CHROMA_URL where the server is started.',
  );
}

/** The connection was closed before it was asked. */
export function connectionClosed(place: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The connection to the Chroma server ${place} is closed.`,
    'The server is stopping, or its storage was configured anew. Repeat the request later.',
  );
}

function isRefusal(error: unknown): error is Error {
  const refusals = ['ChromaClientError', 'ChromaNotFoundError', 'ChromaUniqueError', 'ChromaValueError'] as const;
  return refusals.some((name) => isThrown(error, name));
}
