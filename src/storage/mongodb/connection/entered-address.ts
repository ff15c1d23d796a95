import { StoreError } from '../../../domain/errors.js';
import { isRefusedHost } from '../../../network/link-local.js';

/** What a connection string entered through the API may have: options that reach no more than the servers it names. */

const HINT_ENVIRONMENT =
  'Remove it. If it is needed, the server’s operator can set MONGODB_CONNECTION_STRING with it where the server is started.';

const flag = /^(?:true|false)$/;
/** A few minutes at most. */
const milliseconds = /^\d{1,6}$/;
const connections = /^\d{1,3}$/;
const any = /^/;

/** Each option and its allowed values, in lower case. */
const OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['appname', any],
  ['authmechanism', any],
  ['authsource', any],
  ['connecttimeoutms', milliseconds],
  ['directconnection', flag],
  ['heartbeatfrequencyms', /^\d{3,6}$/],
  ['j', flag],
  ['journal', flag],
  ['loadbalanced', flag],
  ['localthresholdms', milliseconds],
  ['maxconnecting', connections],
  ['maxidletimems', milliseconds],
  ['maxpoolsize', /^[1-9]\d{0,2}$/],
  ['minpoolsize', connections],
  ['readconcernlevel', any],
  ['readpreference', any],
  ['replicaset', any],
  ['retryreads', flag],
  ['retrywrites', flag],
  ['serverselectiontimeoutms', milliseconds],
  ['sockettimeoutms', milliseconds],
  ['ssl', flag],
  ['tls', flag],
  ['uuidrepresentation', any],
  ['w', any],
  ['waitqueuetimeoutms', milliseconds],
  ['wtimeout', milliseconds],
  ['wtimeoutms', milliseconds],
  // Only the value that changes nothing; any other is refused everywhere.
  ['tlsallowinvalidcertificates', /^false$/],
  ['tlsallowinvalidhostnames', /^false$/],
  ['tlsinsecure', /^false$/],
]);

/** Mechanisms that authenticate by the string's user name and password alone, and by nothing of the host. */
const MECHANISMS = ['default', 'scram-sha-1', 'scram-sha-256'];

/** @throws StoreError that names the option, or the host; never its value */
export function checkEntered(hosts: readonly string[], options: ReadonlyMap<string, string>, isTls: boolean): void {
  for (const host of hosts) checkHost(host);
  for (const [option, value] of options) {
    const values = OPTIONS.get(option);
    if (!values)
      throw refused(
        `The option ${named(option)} of the connection string isn't accepted through the API, as it may reach more than the servers that the string names.`,
        HINT_ENVIRONMENT,
      );
    if (!values.test(value))
      throw refused(
        `The option ${option} of the connection string has a value that isn't accepted.`,
        'Correct it, or remove it.',
      );
  }
  const mechanism = options.get('authmechanism') ?? 'default';
  // PLAIN sends the password itself to the server.
  if (mechanism === 'plain' ? !isTls : !MECHANISMS.includes(mechanism))
    throw refused(
      'Through the API, the option authmechanism of the connection string may be SCRAM-SHA-1 or SCRAM-SHA-256, or PLAIN over TLS: others authenticate by something of the server’s own host.',
      HINT_ENVIRONMENT,
    );
}

function checkHost(host: string): void {
  if (isSocket(host))
    throw refused(
      'The connection string names a socket, which is a file of the host.',
      'Name a host and a port instead.',
    );
  if (isRefusedHost(host.replace(/:\d*$/, ''))) throw linkLocal(host);
}

/** Whether the driver takes a host for the path of a socket. */
export function isSocket(host: string): boolean {
  return /%2f/i.test(host) || /\.sock$/i.test(host);
}

/** The address was entered through the API, which doesn't reach link-local ones. */
export function linkLocal(place: string): StoreError {
  return refused(
    `${place} is, or names, a link-local address, which settings entered through the API don't reach.`,
    'Enter another address. If it has to be this one, set MONGODB_CONNECTION_STRING where the server is started.',
  );
}

/** A single word: with a password that isn't percent-encoded, a part of it would be here. */
function named(option: string): string {
  return /^[a-z]{1,40}$/.test(option) ? option : '…';
}

function refused(message: string, hint: string): StoreError {
  return new StoreError('STORE_UNSUITABLE', message, hint);
}
