import { MongoServerError } from 'mongodb';
import { MooringError, StoreError } from '../../domain/errors.js';
import { wordsOf } from '../../network/server-text.js';
import { VectorsRefusedError } from '../vectors/vector-index.js';

/** MongoDB's codes for a server without search: `SearchNotEnabled`; `only allowed on MongoDB Atlas`; `CommandNotSupported`. */
const UNSUPPORTED_CODES: readonly unknown[] = [31_082, 6_047_401, 115];
/** Those of older servers, when the message is about search: `CommandNotFound`, `Unrecognized pipeline stage name`. */
const UNKNOWN_CODES: readonly unknown[] = [59, 40_324];
/**
 * The codes for a refused document: `DocumentValidationFailure`, `BadValue`, `FailedToParse`, `TypeMismatch`, `InvalidBSON`,
 * `DollarPrefixedFieldName`, `CannotBuildIndexKeys`, `TransactionTooLarge`, `DuplicateKey`, `BSONObjectTooLarge`, too large after an update, and an
 * index's key that is too large.
 */
const DOCUMENT_CODES: readonly unknown[] = [121, 2, 9, 14, 22, 52, 201, 257, 11_000, 10_334, 17_419, 17_420, 17_280];
/** The driver's errors for a document that is larger than 16 MB or can't be serialized as BSON. */
const DRIVER_REFUSALS: readonly string[] = ['BSONError', 'BSONOffsetError', 'MongoInvalidArgumentError'];
/** `MaxTimeMSExpired`. */
const TIME_EXPIRED = 50;

/** Whether a server refuses because it has no search. */
export function isUnsupported(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false;
  if (UNSUPPORTED_CODES.includes(error.code) || error.codeName === 'SearchNotEnabled') return true;
  return UNKNOWN_CODES.includes(error.code) && /search/i.test(error.message);
}

/** Whether a search was refused because its index isn't queryable yet. The search process sends no code, so by its message. */
export function isNotReady(error: unknown): boolean {
  return (
    error instanceof MongoServerError &&
    /cannot query vector index .* while in state|index .* not initialized/i.test(error.message)
  );
}

function isTimeout(error: unknown): boolean {
  if (error instanceof MongoServerError) return error.code === TIME_EXPIRED;
  return (
    error instanceof Error &&
    ['TimeoutError', 'MongoOperationTimeoutError', 'MongoNetworkTimeoutError'].includes(error.name)
  );
}

/** Whether the server, or the driver, refuses a document because of what is in it. */
function isOfDocument(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isTransient = error instanceof MongoServerError && error.hasErrorLabel('TransientTransactionError');
  if (error instanceof MongoServerError) return !isTransient && DOCUMENT_CODES.includes(error.code);
  return DRIVER_REFUSALS.includes(error.name) || (error instanceof RangeError && 'code' in error);
}

/** The index isn't built yet, and there are too many passages to compare without it. */
export function notReady(): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    'The vector search index in MongoDB is still being built.',
    'Words answer searches until it is ready, which takes a few minutes. storageHealth has its status.',
  );
}

/** An error of the vectors in MongoDB, in the caller's terms. */
export function asVectorFailure(error: unknown): MooringError {
  if (error instanceof MooringError) return error;
  const fail = (code: 'STORE_TIMEOUT' | 'STORE_UNSUITABLE' | 'STORE_UNAVAILABLE', message: string, hint: string) =>
    new StoreError(code, message, hint, { cause: error });
  if (isTimeout(error)) {
    return fail('STORE_TIMEOUT', 'MongoDB did not answer about vectors in time.', 'The next request tries again.');
  }
  if (isUnsupported(error)) {
    return fail(
      'STORE_UNSUITABLE',
      'This MongoDB server has no vector search.',
      'Use Atlas, or add mongot to the server. Until then the embedded index answers searches.',
    );
  }
  const said = error instanceof MongoServerError ? wordsOf(error.message) : 'it is unreachable, or sent no reason';
  if (/indexed with \d+ dimensions|needs to be indexed|is not indexed as/.test(said)) {
    return fail(
      'STORE_UNSUITABLE',
      `The vector search index in MongoDB isn't Mooring's: ${said}`,
      'Run repairStorage for MONGODB: it updates the index without losing anything.',
    );
  }
  if (isOfDocument(error)) {
    return new VectorsRefusedError(
      'STORE_UNSUITABLE',
      `MongoDB refuses the vectors of this memory: ${error instanceof MongoServerError ? said : wordsOf(String((error as Error).message))}`,
      'Check the validation rules of the collection memory_embeddings, and the size of the memory.',
      { cause: error },
    );
  }
  return fail(
    'STORE_UNAVAILABLE',
    `A request for vectors failed in MongoDB: ${said}`,
    'See storageHealth for MONGODB. The next request tries again.',
  );
}
