import { isIP } from 'node:net';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { StoreError, type StoreErrorCode } from '../../../domain/errors.js';
import { isReservedDatabase } from '../../../domain/place.js';
import type { MongoSettings } from '../../../domain/storage-settings.js';
import { checkEntered } from './entered-address.js';

/** A parsed connection string that may be connected to, without its user and password. */
export interface MongoAddress {
  /** `host[,host]/database`: what messages may say. */
  readonly place: string;
  /** With their ports, as written; of `mongodb+srv`, the one name. */
  readonly hosts: readonly string[];
  /** Whether the hosts are found by DNS (`mongodb+srv`). */
  readonly isSrv: boolean;
  readonly isTls: boolean;
  readonly hasUser: boolean;
}

const HINT =
  'Copy the connection string again: in Atlas, Connect, then Drivers. It looks like mongodb+srv://user:password@host/?options.';
const ENCODE_HINT =
  'Percent-encode the special characters of user name and password: @ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25.';

/** Options by which TLS would no longer prove who answers. */
const WEAKENING = ['tlsinsecure', 'tlsallowinvalidcertificates', 'tlsallowinvalidhostnames', 'sslvalidate'];
/** Options of Node's TLS, which the driver accepts too, whatever their value. */
const TLS_INNARDS = ['secureprotocol', 'ciphers', 'checkserveridentity', 'rejectunauthorized'];
/** Options by which a write could be acknowledged and still be lost, and the one value that they may have. */
const DURABILITY: readonly (readonly [option: string, value: string | null])[] = [
  ['w', 'majority'],
  ['journal', 'true'],
  ['j', 'true'],
  ['wtimeoutms', null],
  ['wtimeout', null],
];

/**
 * Parses a connection string without connecting. TLS is required unless every host is this machine or allowed by name.
 * @throws StoreError that says what is wrong with it without quoting it
 */
export function parseAddress({
  connectionString,
  database,
  allowPlaintext,
  isFromEnvironment,
}: MongoSettings): MongoAddress {
  const text = connectionString.trim();
  const scheme = /^(mongodb(?:\+srv)?):\/\//.exec(text);
  if (!scheme) throw wrong('The connection string doesn’t begin with mongodb:// or mongodb+srv://.', HINT);
  const isSrv = scheme[1] === 'mongodb+srv';
  const { credentials, hosts, path, options } = split(text.slice(scheme[0].length));
  checkCredentials(credentials);
  checkDatabase(database);
  checkPath(path, credentials !== null);
  if (hosts.length === 0 || hosts.some((host) => host === ''))
    throw wrong('The connection string names no host.', HINT);
  if (!hosts.every(isHost))
    throw wrong(
      'The connection string has something other than a host in place of one; it isn’t repeated here, as it may be a part of the password.',
      `${ENCODE_HINT} In a .env file, put a value with # in quotes.`,
    );
  if (isSrv && (hosts.length > 1 || /:\d*$/.test(hosts[0]!)))
    throw wrong(
      'A mongodb+srv:// address has one host and no port: both are found by DNS.',
      'Remove the port, or use mongodb:// with all hosts.',
    );

  checkOptions(options);
  const isTls = isTlsOn(isSrv, options);
  if (!isFromEnvironment) checkEntered(hosts, options, isTls);
  const open = isTls ? undefined : hosts.find((host) => !mayBePlaintext(host, allowPlaintext));
  if (open !== undefined)
    throw wrong(
      `The connection to ${open} would not be encrypted.`,
      `Add tls=true to the connection string. On a private network, MONGODB_ALLOW_PLAINTEXT=${hostName(open)} allows it.`,
      'STORE_TLS',
    );
  letDriverRead(text);
  return { place: `${hosts.join(',')}/${database}`, hosts, isSrv, isTls, hasUser: credentials !== null };
}

/** Whether a host may be spoken to without TLS: this machine, and those allowed by name. */
export function mayBePlaintext(host: string, allowed: readonly string[]): boolean {
  const name = hostName(host);
  const isLoopback =
    name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.')) || /%2f/i.test(name);
  return isLoopback || allowed.some((each) => hostName(each) === name);
}

/** A host without its port, in lower case. */
export function hostName(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([^:]*):\d*$/, '$1');
}

/** A name or an address, and a port of digits; or the path of a socket. */
export function isHost(host: string): boolean {
  return /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{0,5})?$/i.test(host) || /^%2f/i.test(host);
}

function split(rest: string): {
  credentials: string | null;
  hosts: readonly string[];
  path: string;
  options: ReadonlyMap<string, string>;
} {
  const end = rest.search(/[/?]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const tail = end < 0 ? '' : rest.slice(end);
  const at = authority.lastIndexOf('@');
  // An @ this late ends the password, which has a / or ? in it: what looks like the host is a part of it.
  if (tail.includes('@'))
    throw wrong('The user name or the password has a character that isn’t percent-encoded.', ENCODE_HINT);
  const query = tail.includes('?') ? tail.slice(tail.indexOf('?') + 1) : '';
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const option = name.toLowerCase();
    if (options.has(option) && /^(tls|ssl)/.test(option))
      throw wrong('A TLS option occurs twice in the connection string.', 'Leave one of them.', 'STORE_TLS');
    if (options.has(option) && DURABILITY.some(([each]) => each === option))
      throw wrong(`The option ${option} occurs twice in the connection string.`, 'Leave one of them.');
    options.set(option, value.toLowerCase());
  }
  return {
    credentials: at < 0 ? null : authority.slice(0, at),
    hosts: authority.slice(at + 1).split(','),
    path: decoded(tail.replace(/\?.*$/s, '').slice(1)),
    options,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkCredentials(credentials: string | null): void {
  if (credentials === null) return;
  if (/<[^>]*>/.test(credentials))
    throw wrong(
      'The connection string still has a placeholder in angle brackets instead of the password.',
      'Put the database user’s password in its place, percent-encoded and without the brackets.',
    );
  const parts = credentials.split(':');
  const isEncoded = parts.every((part) => !/[@/?#[\]]/.test(part) && !/%(?![\da-f]{2})/i.test(part));
  if (parts.length > 2 || !isEncoded)
    throw wrong('The user name or the password has a character that isn’t percent-encoded.', ENCODE_HINT);
  if (parts[0] === '') throw wrong('The connection string has a password without a user name.', HINT);
}

function checkDatabase(database: string): void {
  if (isReservedDatabase(database))
    throw wrong('The databases admin, config and local are MongoDB’s own.', 'Choose another name, such as mooring.');
  if (/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database)) return;
  throw wrong(
    'The name of the database must have 1 to 63 characters, and none of / \\ . " $ * < > : | ? or space.',
    'Choose another name, such as mooring.',
  );
}

/** The path names no database to keep data in; it names the one where the user was made when `authSource` doesn't. */
function checkPath(path: string, hasUser: boolean): void {
  if (!isReservedDatabase(path) || (path === 'admin' && hasUser)) return;
  throw wrong(
    'The path of the connection string names one of MongoDB’s own databases: admin, config or local.',
    'Remove it. Where users are kept is said by authSource=admin, and the database by MONGODB_DATABASE_NAME.',
  );
}

function checkOptions(options: ReadonlyMap<string, string>): void {
  const ownAuthority =
    'Remove it. For a certificate authority of your own use tlsCAFile=<path> in MONGODB_CONNECTION_STRING, where the server is started.';
  for (const option of WEAKENING) {
    const value = options.get(option);
    if (value !== undefined && value !== (option === 'sslvalidate' ? 'true' : 'false'))
      throw wrong(
        `The option ${option} of the connection string would let anybody pose as the server.`,
        ownAuthority,
        'STORE_TLS',
      );
  }
  for (const option of TLS_INNARDS) {
    if (options.has(option))
      throw wrong(
        `The option ${option} of the connection string would change how the connection is kept safe.`,
        ownAuthority,
        'STORE_TLS',
      );
  }
  for (const [option, only] of DURABILITY) {
    const value = options.get(option);
    if (value !== undefined && value !== only)
      throw wrong(
        `The option ${option} of the connection string would let writes be lost that were acknowledged: Mooring waits for a majority of servers and their journals.`,
        only === null ? 'Remove it.' : `Remove it, or make it ${option}=${only}.`,
      );
  }
}

function isTlsOn(isSrv: boolean, options: ReadonlyMap<string, string>): boolean {
  const said = options.get('tls') ?? options.get('ssl');
  if (options.has('tls') && options.has('ssl') && options.get('tls') !== options.get('ssl'))
    throw wrong(
      'The options tls and ssl of the connection string contradict each other.',
      'Leave one of them.',
      'STORE_TLS',
    );
  return said === undefined ? isSrv : said === 'true';
}

/** The driver's own check, of options above all. Its messages may quote the string, so they aren't passed on. */
function letDriverRead(text: string): void {
  const options: MongoClientOptions = { serverSelectionTimeoutMS: 1 };
  try {
    // Nothing is opened before the first operation.
    new MongoClient(text, options);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const option = /^options? (\w+(?:, \w+)*) (?:is|are) not supported/.exec(said)?.[1];
    if (option)
      throw wrong(
        `The connection string has the option ${option}, which isn't known.`,
        'Correct its name, or remove it.',
      );
    if (/tls.*file|enoent|no such file/i.test(said))
      throw wrong(
        'A file that the connection string names can’t be read.',
        'Check the path of tlsCAFile or tlsCertificateKeyFile.',
        'STORE_TLS',
      );
    throw wrong('The connection string can’t be read.', HINT);
  }
}

function wrong(message: string, hint: string, code: StoreErrorCode = 'STORE_UNAVAILABLE'): StoreError {
  return new StoreError(code, message, hint);
}
