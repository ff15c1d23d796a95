import { MongoClient, type MongoClientOptions } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { MongoSettings } from '../../../domain/storage-settings.js';
import { guardedLookup, isRefusedHost } from '../../../network/link-local.js';
import { hostName, type MongoAddress, mayBePlaintext } from './address.js';
import { isSocket, linkLocal } from './entered-address.js';
import { checkHello } from './hello.js';
import './wire.js';

/** Shorter than the deadline, so the driver gives up, too, when nobody waits any more. In milliseconds. */
const SOCKET_TIMEOUT = 9_000;
/**
 * A server that stepped down is found again with the next heartbeat at the latest. That must be well within the time a write
 * may take, so the driver's ten seconds are too long. In milliseconds.
 */
const HEARTBEAT = 2_000;

export interface ClientOptions {
  readonly settings: Pick<MongoSettings, 'maxPoolSize'>;
  readonly appName?: string;
  readonly serverSelectionTimeout?: number;
}

/** The driver's options for these settings. `serverSelectionTimeout`: in milliseconds; default 5,000. */
export function optionsOf({
  settings,
  appName = 'mooring',
  serverSelectionTimeout = 5_000,
}: ClientOptions): MongoClientOptions {
  return {
    appName,
    maxPoolSize: settings.maxPoolSize,
    minPoolSize: Math.min(1, settings.maxPoolSize),
    maxIdleTimeMS: 30_000,
    maxConnecting: Math.min(4, settings.maxPoolSize),
    serverSelectionTimeoutMS: serverSelectionTimeout,
    heartbeatFrequencyMS: HEARTBEAT,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: SOCKET_TIMEOUT,
    waitQueueTimeoutMS: 5_000,
    readPreference: 'primary',
    writeConcern: { w: 'majority', journal: true },
    retryReads: false,
    retryWrites: true,
    ignoreUndefined: true,
  };
}

/**
 * A client of the driver that connects only where it may, whatever a server or DNS says: without TLS only to the hosts
 * allowed that, and for an address entered through the API to no link-local one.
 * @param refuse called with the reason when a member of the replica set may not be connected to
 */
export function createClient(
  settings: Pick<MongoSettings, 'connectionString' | 'allowPlaintext' | 'isFromEnvironment'>,
  address: Pick<MongoAddress, 'isTls' | 'place'>,
  options: MongoClientOptions,
  refuse: (error: StoreError) => void,
): MongoClient {
  const { isFromEnvironment = false } = settings;
  const lookup = isFromEnvironment ? {} : { lookup: guardedLookup };
  const client = new MongoClient(settings.connectionString.trim(), { ...options, ...lookup });
  const isRefused = (host: string) => !isFromEnvironment && (isSocket(host) || isRefusedHost(hostName(host)));
  // Called before the driver reads the reply, and so before it connects to any member in it.
  client.on('serverHeartbeatSucceeded', ({ reply }) => {
    const host = checkHello(reply, isRefused);
    if (host !== null) refuse(linkLocal(address.place));
  });
  refusePlaintext(client, address, settings, refuse);
  return client;
}

/** Members of a replica set that the first host names must meet the same rule as the hosts of the address. */
function refusePlaintext(
  client: MongoClient,
  { isTls, place }: Pick<MongoAddress, 'isTls' | 'place'>,
  { allowPlaintext }: Pick<MongoSettings, 'allowPlaintext'>,
  refuse: (error: StoreError) => void,
): void {
  if (isTls) return;
  client.on('serverOpening', ({ address: host }) => {
    if (mayBePlaintext(host, allowPlaintext)) return;
    refuse(
      new StoreError(
        'STORE_TLS',
        `MongoDB at ${place} has a member ${host}, and the connection to it would not be encrypted.`,
        'Add tls=true to the connection string, or directConnection=true to speak to the named host alone. On a private network, MONGODB_ALLOW_PLAINTEXT=<host> allows it.',
      ),
    );
  });
}
