import { MongoNetworkError, MongoServerSelectionError, MongoWriteConcernError } from 'mongodb';
import { MooringError, StoreError, type StoreErrorCode } from '../../domain/errors.js';
import { isLinkLocal } from '../../network/link-local.js';
import { wordsOf } from '../../network/server-text.js';
import { codeOf } from '../../util/errors.js';
import { linkLocal } from './connection/entered-address.js';
import { DeadlineExceeded } from './connection/timeouts.js';
import { NotMongoError } from './connection/wire.js';

/** Errors of the driver and the server as ours. */

/** A server that isn't, or is no longer, the primary: that passes. */
const FAILOVER_CODES: readonly unknown[] = [6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436];
const WRITE_CONFLICT = 112;
const DUPLICATE_CODES: readonly unknown[] = [11000, 11001, 12582];
const NO_SUCH_TRANSACTION = 251;

/** An error, then its causes. Some of the driver's errors have the server's only as their cause. */
function* chain(error: unknown): Generator<Error & { readonly code?: unknown }> {
  for (let each = error; each instanceof Error; each = each.cause) yield each;
}

function hasLabel(error: unknown, label: string): boolean {
  for (const each of chain(error)) {
    if ('hasErrorLabel' in each && typeof each.hasErrorLabel === 'function' && each.hasErrorLabel(label)) return true;
  }
  return false;
}

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  for (const { code } of chain(error)) if (codes.includes(code)) return true;
  return false;
}

/** A client that is closed while our connection isn't is about to be reopened. */
const CLOSED = /^Mongo(NotConnected|ClientClosed|TopologyClosed|PoolClosed|ExpiredSession)Error$/;

export const isClosedClient = (error: unknown): boolean => [...chain(error)].some(({ name }) => CLOSED.test(name));

const isNetwork = (error: unknown): boolean =>
  [...chain(error)].some((each) => each instanceof MongoNetworkError || CLOSED.test(each.name));

export const isDuplicate = (error: unknown): boolean => hasCode(error, DUPLICATE_CODES);

/** Whether a read, or a write that may be done twice, is worth retrying at once. */
export function isRepeatable(error: unknown): boolean {
  // No server was found for as long as the driver waits: a retry would double the wait.
  if (error instanceof MongoServerSelectionError) return false;
  const labels = ['RetryableWriteError', 'RetryableError', 'TransientTransactionError', 'SystemOverloadedError'];
  return isNetwork(error) || hasCode(error, FAILOVER_CODES) || labels.some((label) => hasLabel(error, label));
}

/** Whether a transaction failed before its commit for a temporary reason: it did nothing, and may be restarted. */
export function isTransient(error: unknown): boolean {
  if (error instanceof MongoServerSelectionError) return false;
  return (
    hasLabel(error, 'TransientTransactionError') ||
    hasCode(error, [WRITE_CONFLICT, NO_SUCH_TRANSACTION, ...FAILOVER_CODES]) ||
    isNetwork(error)
  );
}

/** Whether a commit failed but may have been done all the same. */
export function isUnknown(error: unknown): boolean {
  if (hasCode(error, [WRITE_CONFLICT])) return false;
  return (
    hasLabel(error, 'UnknownTransactionCommitResult') ||
    // It is done on the server it was sent to; whether a majority has it isn't known.
    error instanceof MongoWriteConcernError ||
    isNetwork(error) ||
    error instanceof MongoServerSelectionError ||
    hasCode(error, [NO_SUCH_TRANSACTION, ...FAILOVER_CODES])
  );
}

/** Whether the server couldn't be reached or used. */
export function isOutage(error: unknown): boolean {
  return error instanceof MongoServerSelectionError || isRepeatable(error);
}

/**
 * An error of the driver or the server as one of ours. `place`: hosts and database, without a secret. Our own pass
 * unchanged.
 */
export function toStoreError(error: unknown, place: string): MooringError {
  if (error instanceof MooringError) return error;
  const fail = (code: StoreErrorCode, message: string, hint: string) =>
    new StoreError(code, message, hint, { cause: error });
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (error instanceof DeadlineExceeded || name === 'MongoNetworkTimeoutError' || hasCode(error, [50, 262]))
    return fail(
      'STORE_TIMEOUT',
      `MongoDB at ${place} didn't answer in time.`,
      'Repeat the request. If it happens often, check the server’s load, the network to it, and its slow queries.',
    );
  if (name === 'MongoWaitQueueTimeoutError')
    return fail(
      'STORE_TIMEOUT',
      `All connections to MongoDB at ${place} were in use for too long.`,
      'Repeat the request, or allow more connections with MONGODB_MAX_POOL_SIZE.',
    );
  if (isTooLarge(error, message))
    return fail(
      'RECORD_TOO_LARGE',
      'The record is larger than MongoDB’s limit (16 MB), so nothing was written.',
      'Split it into several records.',
    );
  return fromServer(error, message, place, fail) ?? fromNetwork(error, place, fail);
}

type Fail = (code: StoreErrorCode, message: string, hint: string) => StoreError;

/** By the server's answer; null when there was none. */
function fromServer(error: unknown, message: string, place: string, fail: Fail): StoreError | null {
  // Atlas answers for its proxy with one code.
  const isAtlas = hasCode(error, [8000]);
  const text = [...chain(error)].map((each) => each.message).join(' ');
  if (hasCode(error, [18]) || (isAtlas && /bad auth|authentication failed/i.test(text)))
    return fail(
      'STORE_AUTHENTICATION',
      `MongoDB at ${place} refused the user name or the password.`,
      'Check both in the connection string. A password’s special characters must be percent-encoded (@ is %40, : is %3A, / is %2F), and authSource names the database that the user was made in.',
    );
  if (hasCode(error, [13]) || (isAtlas && /not allowed|not authorized/i.test(text)))
    return fail(
      'STORE_NOT_AUTHORIZED',
      `The user may not do what is needed in MongoDB at ${place}.`,
      'Give the user the role readWrite on this database. In Atlas: Database Access, edit the user, add a specific privilege.',
    );
  if (hasCode(error, [20, 40573, 263])) return noTransactions(place, { cause: error });
  if (hasCode(error, [14031, 321]) || /over your (space|storage) quota|OutOfDiskSpace/i.test(text))
    return fail(
      'STORE_FULL',
      `MongoDB at ${place} has no room left, so nothing was written.`,
      'Free some space: purge what isn’t needed. Or choose a larger disk or cluster tier.',
    );
  if (hasCode(error, FAILOVER_CODES))
    return fail(
      'STORE_UNAVAILABLE',
      `MongoDB at ${place} is choosing a new primary.`,
      'This takes seconds. Repeat the request.',
    );
  const code = [...chain(error)].find((each) => each.name === 'MongoServerError')?.code;
  if (typeof code !== 'number') return null;
  return fail(
    'STORE_UNAVAILABLE',
    `MongoDB at ${place} refused (code ${code}): ${plain(message)}.`,
    'Look the code up in MongoDB’s documentation, and check the server’s log.',
  );
}

const TLS_CODES = /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_)/;

/** By what happened on the network. */
function fromNetwork(error: unknown, place: string, fail: Fail): StoreError {
  const causes = [...chain(error), ...serverErrors(error)];
  const codes = causes.map(codeOf);
  const text = causes.map(({ message }) => message).join(' ');
  const isAtlas = place.includes('.mongodb.net');
  if (causes.some(isLinkLocal)) return linkLocal(place);
  if (causes.some((each) => each instanceof NotMongoError))
    return fail(
      'STORE_UNSUITABLE',
      `What answers at ${place} isn't MongoDB.`,
      'Check host and port in the connection string: MongoDB’s own port is 27017.',
    );
  if (codes.includes('ENOENT') || codes.includes('EACCES'))
    return fail(
      'STORE_TLS',
      'A file that the connection string names can’t be read.',
      'Check the path in tlsCAFile or tlsCertificateKeyFile, and that the server’s user may read it.',
    );
  if (codes.some((code) => /^(ENOTFOUND|EAI_AGAIN|ENODATA|ESERVFAIL|ETIMEOUT)$/.test(code)))
    return fail(
      'STORE_UNAVAILABLE',
      `The address of MongoDB at ${place} isn't known to DNS.`,
      'Check the host’s spelling. A mongodb+srv:// address needs DNS that answers SRV and TXT queries; where it doesn’t, use the mongodb:// address with all hosts.',
    );
  // Atlas aborts the handshake of clients that aren't on its access list.
  const isTurnedAway = isAtlas && /alert (internal error|number 80)/i.test(text);
  const isUntrusted =
    codes.some((code) => TLS_CODES.test(code)) || (/\b(tls|ssl|certificate)\b/i.test(text) && !isAtlas);
  if (isUntrusted && !isTurnedAway)
    return fail(
      'STORE_TLS',
      `No trusted TLS connection to MongoDB at ${place} could be made.`,
      'Check that the server speaks TLS under the name in the address, with a certificate that isn’t expired. For a certificate authority of your own add tlsCAFile=<path> to MONGODB_CONNECTION_STRING, where the server is started.',
    );
  return fail(
    'STORE_UNAVAILABLE',
    `MongoDB at ${place} can't be reached.`,
    isAtlas
      ? 'In Atlas: Network Access must list this machine’s address, and the cluster mustn’t be paused. Then repeat the request.'
      : 'Check that the server runs, that a primary is elected, and that address, port and firewall let this machine through. Then repeat the request.',
  );
}

/** A standalone server has no transactions. */
export function noTransactions(place: string, options?: { cause?: unknown }): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `MongoDB at ${place} is a standalone server, and transactions need a replica set.`,
    'Make it a replica set of one: put the line `replication: { replSetName: rs0 }` into mongod.conf, restart it, and run `rs.initiate()` in mongosh. Its data stays.',
    options,
  );
}

/** The last error from each server when the driver found none that it could use. */
function serverErrors(error: unknown): Error[] {
  if (!(error instanceof MongoServerSelectionError) || !error.reason) return [];
  return [...error.reason.servers.values()].flatMap((server) => (server.error ? [...chain(server.error)] : []));
}

function isTooLarge(error: unknown, message: string): boolean {
  if (hasCode(error, [10334, 17419, 17420])) return true;
  if (hasCode(error, ['ERR_OUT_OF_RANGE']) && error instanceof RangeError) return true;
  return /larger than the (max|maximum)|exceeds (the )?max(imum)? ?bson|BSONObj size|object to insert too large/i.test(
    message,
  );
}

/** A server's message without what it quotes: that may be a document. */
function plain(message: string): string {
  return wordsOf(message.split(/[{"]/, 1)[0]!, 200).replace(/[.:]$/, '');
}
