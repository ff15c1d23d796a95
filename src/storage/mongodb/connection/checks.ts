import { randomUUID } from 'node:crypto';
import { lookup, resolveSrv } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Document } from 'mongodb';
import { type MooringError, StoreError } from '../../../domain/errors.js';
import type { MongoSettings } from '../../../domain/storage-settings.js';
import { guardedAddress } from '../../../network/link-local.js';
import { wordsOf } from '../../../network/server-text.js';
import { PROJECT_COLLECTIONS } from '../../collections.js';
import type { Check, CheckName, CheckOutcome } from '../../health.js';
import { toStoreError } from '../errors.js';
import { HEADS, indexesOf, inspectIndexes } from '../schema.js';
import { hostName, type MongoAddress, parseAddress } from './address.js';
import { createClient } from './client.js';
import { createMongoConnection, type MongoConnection } from './connection.js';

/** The result of a step; `outcome` is `PASSED` when left out. */
interface Found {
  readonly outcome?: CheckOutcome;
  readonly message: string;
  readonly hint?: string;
}

/**
 * Checks settings step by step, on connections of its own; after a failed step the rest is skipped. What the steps
 * wrote is removed.
 */
export async function checkMongo(settings: MongoSettings): Promise<readonly Check[]> {
  const steps = createSteps(`MongoDB database ${settings.database}`);
  let address: MongoAddress | null = null;
  let connection: MongoConnection | null = null;
  await steps.take('ADDRESS', async () => {
    address = parseAddress(settings);
    connection = createMongoConnection({ settings, appName: 'mooring-check' });
    steps.place = address.place;
    return { message: `The address names ${address.place}.` };
  });
  try {
    await steps.take('DNS', () => findHosts(address!, settings));
    await steps.take('TLS', () => checkTls(address!, settings));
    await steps.take('CONNECT', () => reach(settings, address!));
    await steps.take('AUTHENTICATION', () => authenticate(connection!, address!));
    await steps.take('REPLICA_SET', async () => {
      const { replicaSet } = await connection!.capabilities();
      return {
        message: replicaSet ? `It is the replica set ${wordsOf(replicaSet, 100)}.` : 'It is a sharded cluster.',
      };
    });
    await steps.take('WRITABLE', () => probe(connection!));
    await steps.take('COLLECTIONS', () => findCollections(connection!));
    await steps.take('INDEXES', () => findIndexes(connection!));
  } finally {
    await (connection as MongoConnection | null)?.close();
  }
  return steps.checks;
}

/** Runs steps one after the other, times them, and skips the rest after one that failed. */
function createSteps(initialPlace: string) {
  const checks: Check[] = [];
  const steps = {
    checks,
    place: initialPlace,
    async take(name: CheckName, work: () => Promise<Found>): Promise<void> {
      if (checks.some(({ outcome }) => outcome === 'FAILED')) {
        checks.push({ name, outcome: 'SKIPPED', ms: 0, message: 'An earlier check failed.', hint: null });
        return;
      }
      const start = performance.now();
      const found = await work().catch((error: unknown) => failure(toStoreError(error, steps.place)));
      const { outcome = 'PASSED', message, hint = null } = found;
      checks.push({ name, outcome, ms: performance.now() - start, message, hint });
    },
  };
  return steps;
}

const failure = ({ message, hint }: MooringError): Found => ({ outcome: 'FAILED', message, hint });

async function findHosts({ hosts, isSrv }: MongoAddress, { isFromEnvironment }: MongoSettings): Promise<Found> {
  const names = isSrv
    ? (await resolveSrv(`_mongodb._tcp.${hosts[0]}`)).map(({ name }) => name)
    : hosts.map(hostName).filter((name) => isIP(name) === 0 && !/%2f/i.test(name));
  if (names.length === 0) return { outcome: 'SKIPPED', message: 'The address names hosts by their IP addresses.' };
  const find = (name: string) => (isFromEnvironment ? lookup(name) : guardedAddress(name));
  const found = await Promise.allSettled(names.map(find));
  const lost = names.filter((_, index) => found[index]!.status === 'rejected');
  if (lost.length === names.length) throw (found[0] as PromiseRejectedResult).reason;
  if (lost.length === 0) return { message: `DNS knows ${names.join(', ')}.` };
  return {
    outcome: 'WARNING',
    message: `DNS doesn't know ${lost.join(', ')}.`,
    hint: 'Correct or remove these hosts: without them a failover may find no primary.',
  };
}

/** The handshake is a part of connecting: this step is about what the address asks for. */
async function checkTls({ isTls, hosts }: MongoAddress, { allowPlaintext }: MongoSettings): Promise<Found> {
  if (isTls) return { message: 'The connection is encrypted, and the server must prove who it is.' };
  const named = hosts.filter((host) => allowPlaintext.some((each) => hostName(each) === hostName(host)));
  if (named.length === 0) return { outcome: 'SKIPPED', message: 'The server is on this machine, so TLS isn’t needed.' };
  return {
    outcome: 'WARNING',
    message: `The connection to ${named.join(', ')} is not encrypted, as MONGODB_ALLOW_PLAINTEXT allows.`,
    hint: 'Use it on a private network only; otherwise add tls=true.',
  };
}

/** Finds a server that accepts writes, before anybody signs in. */
async function reach(settings: MongoSettings, address: MongoAddress): Promise<Found> {
  const connectionString = settings.connectionString
    .trim()
    .replace(/^(mongodb(?:\+srv)?:\/\/)[^/?]*@/, '$1')
    .replace(/([?&])auth\w*=[^&]*/gi, '$1');
  const options = {
    appName: 'mooring-check',
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: 5_000,
    maxPoolSize: 1,
  };
  let refusal: StoreError | null = null;
  const client = createClient({ ...settings, connectionString }, address, options, (error) => {
    refusal = error;
    void client.close();
  });
  try {
    await client.connect();
    if (refusal) throw refusal;
    return { message: `${address.place} answers.` };
  } catch (error) {
    throw refusal ?? error;
  } finally {
    await client.close();
  }
}

async function authenticate({ reads, run }: MongoConnection, { hasUser }: MongoAddress): Promise<Found> {
  try {
    await run(() => reads.collection(HEADS).findOne({}, { projection: { _id: 1 } }));
  } catch (error) {
    const isForbidden = error instanceof StoreError && error.code === 'STORE_NOT_AUTHORIZED';
    if (!isForbidden) throw error;
    if (!hasUser)
      return {
        outcome: 'FAILED',
        message: 'The server asks for a user, and the connection string names none.',
        hint: 'Add user and password: mongodb://user:password@host. In Atlas: Database Access.',
      };
  }
  if (hasUser) return { message: 'The server accepted user and password.' };
  return {
    outcome: 'WARNING',
    message: 'The server requires no password.',
    hint: 'Switch authentication on, unless only this machine can reach the server.',
  };
}

/** Writes a document, reads it and removes it with its collection. */
async function probe({ db, reads, run }: MongoConnection): Promise<Found> {
  const name = `probe_${randomUUID().replaceAll('-', '')}`;
  const document: Document = { _id: 'probe', text: 'Mooring checks whether it can write here.' };
  try {
    await run(() => db.collection(name).replaceOne({ _id: document._id }, document, { upsert: true }));
    const found = await run(() => reads.collection(name).findOne({ _id: document._id }));
    if (found?.text !== document.text) return { outcome: 'FAILED', message: 'What was written could not be read.' };
  } finally {
    await run(() => db.collection(name).drop()).catch(() => undefined);
  }
  return { message: 'A document was written, read and removed.' };
}

async function findCollections({ reads, run }: MongoConnection): Promise<Found> {
  const wanted = indexesOf(PROJECT_COLLECTIONS).map(({ collection }) => collection);
  const found = await run(() => reads.listCollections({}, { nameOnly: true }).toArray());
  const there = wanted.filter((name) => found.some((each) => each.name === name));
  if (there.length === wanted.length) return { message: 'All collections exist.' };
  return { message: `${there.length} of ${wanted.length} collections exist; the others are made on first use.` };
}

async function findIndexes({ reads, run }: MongoConnection): Promise<Found> {
  const { present, missing } = await run(() => inspectIndexes(reads, indexesOf(PROJECT_COLLECTIONS)));
  if (missing.length === 0) return { message: 'All indexes exist.' };
  if (present.length === 0) return { message: 'There are none yet; they are made on first use.' };
  return {
    outcome: 'WARNING',
    message: `Missing: ${missing.join(', ')}.`,
    hint: 'They are rebuilt when the first project is opened, or by repairing the storage.',
  };
}
