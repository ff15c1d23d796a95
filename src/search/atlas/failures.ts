import { MongoServerError } from 'mongodb';
import { MooringError, StoreError } from '../../domain/errors.js';
import { wordsOf } from '../../network/words.js';
import { VectorsRefusedError } from '../vectors/vector-index.js';

/** `SearchNotEnabled`; `only allowed on MongoDB Atlas`; `CommandNotSupported`: MongoDB's codes for a server without search. */
const UNSUPPORTED_CODES: readonly unknown[] = [31_082, 6_047_401, 115];
/** `CommandNotFound` and `Unrecognized pipeline stage name`: an older server's, when they are about search. */
const UNKNOWN_CODES: readonly unknown[] = [59, 40_324];
/**
 * What a document is refused with: `DocumentValidationFailure`, `BadValue`, `FailedToParse`, `TypeMismatch`, `InvalidBSON`,
 * `DollarPrefixedFieldName`, `CannotBuildIndexKeys`, `TransactionTooLarge`, `DuplicateKey`, `BSONObjectTooLarge`, too large after an update, and an
 * index's key that is too large.
 */
const DOCUMENT_CODES: readonly unknown[] = [121, 2, 9, 14, 22, 52, 201, 257, 11_000, 10_334, 17_419, 17_420, 17_280];
/** What the driver refuses by itself: a document that is larger than 16 MB, or can't be written as BSON. */
const DRIVER_REFUSALS: readonly string[] = ['BSONError', 'BSONOffsetError', 'MongoInvalidArgumentError'];
/** `MaxTimeMSExpired`. */
const TIME_EXPIRED = 50;

/** Whether a server refuses because it has no search, rather than for anything else. */
export function isUnsupported(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  if (UNSUPPORTED_CODES.includes(error.code) || error.codeName === 'SearchNotEnabled') return true;
  return UNKNOWN_CODES.includes(error.code) && /search/i.test(error.message);
}

/**
 * Whether a search was refused because its index can't be queried yet. The search process answers without a code, so it is
 * told by the message.
 */
export function isNotReady(error: unknown): boolean {
  return (
    error instanceof MongoServerError &&
    /cannot query vector index .* while in state|index .* not initialized/i.test(error.message)
  );
}

export function isTimeout(error: unknown): boolean {
  if (error instanceof MongoServerError) return error.code === TIME_EXPIRED;
  return (
    error instanceof Error &&
    ['TimeoutError', 'MongoOperationTimeoutError', 'MongoNetworkTimeoutError'].includes(error.name)
  );
}

/** Whether it is a document that the server, or the driver, doesn't take, rather than any. */
function isOfDocument(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isTransient = error instanceof MongoServerError && error.hasErrorLabel('TransientTransactionError');
  if (error instanceof MongoServerError) return !isTransient && DOCUMENT_CODES.includes(error.code);
  return DRIVER_REFUSALS.includes(error.name) || (error instanceof RangeError && 'code' in error);
}

/** The index isn't built yet, and there is too much to compare without it. */
export function notReady(): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    'The vector search index in MongoDB is still being built.',
    'Words answer until it is queryable, which takes minutes at most. storageHealth says how it stands.',
  );
}

/** What went wrong with the vectors in MongoDB, in our words. */
export function asVectorFailure(error: unknown): MooringError {
  if (error instanceof MooringError) return error;
  const fail = (code: 'STORE_TIMEOUT' | 'STORE_UNSUITABLE' | 'STORE_UNAVAILABLE', message: string, hint: string) =>
    new StoreError(code, message, hint, { cause: error });
  if (isTimeout(error)) {
    return fail('STORE_TIMEOUT', 'MongoDB did not answer about vectors in time.', 'It is tried again with what comes.');
  }
  if (isUnsupported(error)) {
    return fail(
      'STORE_UNSUITABLE',
      'This MongoDB server has no vector search.',
      'Use Atlas, or add mongot to the server; until then the embedded index answers.',
    );
  }
  const said =
    error instanceof MongoServerError ? wordsOf(error.message) : 'it could not be reached, or gave no reason';
  if (/indexed with \d+ dimensions|needs to be indexed|is not indexed as/.test(said)) {
    return fail(
      'STORE_UNSUITABLE',
      `The vector search index in MongoDB isn't Mooring's: ${said}`,
      'Run repairStorage for MONGODB: it brings the index up to date without losing anything.',
    );
  }
  if (isOfDocument(error)) {
    return new VectorsRefusedError(
      'STORE_UNSUITABLE',
      `MongoDB doesn't take the vectors of this memory: ${error instanceof MongoServerError ? said : wordsOf(String((error as Error).message))}`,
      'See what the collection memory_embeddings is validated by, and how large the memory is.',
      { cause: error },
    );
  }
  return fail(
    'STORE_UNAVAILABLE',
    `MongoDB could not work on vectors: ${said}`,
    'See storageHealth for MONGODB. It is tried again with what comes.',
  );
}
