import type { ClientSession, Db, MongoClient, MongoClientOptions } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { MongoSettings } from '../../../domain/storage-settings.js';
import { delay } from '../../../util/async.js';
import { type Backoff, backoff } from '../../../util/backoff.js';
import type { AnySpec } from '../../shared/spec.js';
import { storeClosed } from '../../store-errors.js';
import { isClosedClient, isRepeatable, toStoreError, unsuitable } from '../errors.js';
import { indexesOf } from '../schema.js';
import { parseAddress } from './address.js';
import { createClient } from './client.js';
import { createHeadWatch, type HeadWatch } from './head-watch.js';
import { createIndexMaker } from './index-builder.js';
import { createPoolCounter, type PoolCounter, type PoolUse } from './pool.js';
import { createReadPoint } from './read-concern.js';
import { ATTEMPTS, DEADLINE, hedged, within } from './timeouts.js';

/** A database of a MongoDB server and the connections to it, shared by the stores of all projects there. */
export interface MongoConnection {
  /** `host[,host]/database`: what messages may say. */
  readonly place: string;
  readonly client: MongoClient;
  /** For writes, which are acknowledged when a majority has them in its journal. */
  readonly db: Db;
  /** For reads: of the primary, and only what a majority has, among it all that `acknowledged` was told of. */
  readonly reads: Db;
  /** A write in this session was acknowledged by a majority, so no read may miss it from now on. */
  acknowledged(session: ClientSession): void;
  /** The heads of projects, as any process moves them. */
  readonly heads: HeadWatch;
  /**
   * Does work that may be done twice: a few times when it fails for a reason that passes, and within a deadline in all.
   * @throws StoreError for whatever the driver or the server says
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** What the server can do; asked once. @throws StoreError, `STORE_UNSUITABLE` for one that can't do transactions */
  capabilities(): Promise<MongoCapabilities>;
  /**
   * Makes the collections and indexes of these specs, once for each. Those of many documents may be made only later.
   * @throws StoreError
   */
  prepare(specs: readonly AnySpec[]): Promise<void>;
  /** Names, as `collection.index`, of those that `prepare` left to the server, which is still at them. */
  readonly unfinished: ReadonlySet<string>;
  /** The error as one of ours. Remembers it as the last one. */
  fail(error: unknown): Error;
  readonly pool: PoolUse;
  readonly lastError: { readonly message: string; readonly at: string } | null;
  readonly isClosed: boolean;
  /** Another database of the same server, by the same connections: closing one closes all. The same for the same name. */
  at(database: string): MongoConnection;
  /** Closes all connections. Stores must be closed before. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface MongoCapabilities {
  /** Name of the replica set; null behind mongos. */
  readonly replicaSet: string | null;
  /** Whether one message can write to several collections (MongoDB 8.0). */
  readonly hasBulkWrite: boolean;
}

export interface MongoConnectionOptions {
  readonly settings: MongoSettings;
  /** How the server's log calls us. */
  readonly appName?: string;
  /** How long a server that can be used is looked for, in milliseconds. Default 5,000. */
  readonly serverSelectionTimeout?: number;
  /** Speaks as to a server before 8.0, whatever it can. */
  readonly isOld?: boolean;
}

/** Version of the wire protocol that MongoDB 8.0 speaks. */
const WIRE_8_0 = 25;
/** Shorter than the deadline, so that the driver, too, gives up what nobody waits for any more. In milliseconds. */
const SOCKET_TIMEOUT = 9_000;
/**
 * A server that stepped down is found again with the next heartbeat at the latest. That has to be well within the time
 * that a write may take, so the driver's ten seconds are too long. In ms.
 */
const HEARTBEAT = 2_000;
/** A connection that is out of the pool for longer waits for nothing any more. In milliseconds. */
const STUCK = 11_000;
/** How long to wait before connections are made anew again when that failed, in milliseconds. */
const REOPEN_AFTER = 500;
/** Between the tries of what is safe to repeat, in milliseconds. */
const BACKOFF: Backoff = { base: 100, cap: 1_000 };

/** Opens nothing before it is asked something. @throws StoreError when the settings can't be used */
export function createMongoConnection(options: MongoConnectionOptions): MongoConnection {
  const { settings } = options;
  const address = parseAddress(settings);
  const client = createClient(settings, address, clientOptions(options), (error) => {
    refusal = error;
    void client.close().catch(() => undefined);
  });
  const pool = createPoolCounter(client, settings.maxPoolSize);
  const readPoint = createReadPoint();
  const databases = new Map<string, MongoConnection>();
  let capable: Promise<MongoCapabilities> | null = null;
  let lastError: MongoConnection['lastError'] = null;
  let refusal: StoreError | null = null;
  let closing: Promise<void> | null = null;

  // After a failure the driver says no more than that it is closed.
  let lastFailure: Error | null = null;
  client.on('serverHeartbeatFailed', ({ failure }) => {
    lastFailure = failure;
  });
  client.on('serverHeartbeatSucceeded', () => {
    lastFailure = null;
  });
  renewWhenStuck(client, pool, () => closing !== null);

  function at(database: string): MongoConnection {
    const found = databases.get(database) ?? open(database);
    databases.set(database, found);
    return found;
  }

  function open(database: string): MongoConnection {
    const { place } = parseAddress({ ...settings, database });
    const prepared = new Map<string, Promise<void>>();

    function fail(error: unknown): Error {
      if (closing) return storeClosed(place);
      const said = refusal ?? toStoreError(isClosedClient(error) ? (lastFailure ?? error) : error, place);
      if (said instanceof StoreError) lastError = { message: said.message, at: new Date().toISOString() };
      return said;
    }

    async function run<T>(work: () => Promise<T>): Promise<T> {
      const end = performance.now() + DEADLINE;
      for (let attempt = 1; ; attempt += 1) {
        try {
          if (closing) throw storeClosed(place);
          return await within(end - performance.now(), hedged(work));
        } catch (error) {
          if (attempt === ATTEMPTS || !isRepeatable(error) || performance.now() > end || refusal) throw fail(error);
          await delay(backoff(attempt, BACKOFF));
        }
      }
    }

    function capabilities(): Promise<MongoCapabilities> {
      capable ??= run(async () => {
        const hello = await client.db('admin').command({ hello: 1 });
        const replicaSet = typeof hello.setName === 'string' ? hello.setName : null;
        if (replicaSet === null && hello.msg !== 'isdbgrid') throw unsuitable(place);
        return { replicaSet, hasBulkWrite: !options.isOld && Number(hello.maxWireVersion) >= WIRE_8_0 };
      }).catch((error: unknown) => {
        capable = null;
        throw error;
      });
      return capable;
    }

    async function prepare(specs: readonly AnySpec[]): Promise<void> {
      await capabilities();
      await Promise.all(
        indexesOf(specs).map((wanted) => {
          const { collection } = wanted;
          let done = prepared.get(collection);
          if (!done) {
            done = maker.ensure(wanted).catch((error: unknown) => {
              prepared.delete(collection);
              throw fail(error);
            });
            prepared.set(collection, done);
          }
          return done;
        }),
      );
    }

    const db = client.db(database);
    const reads = client.db(database, { readConcern: readPoint.concern });
    const maker = createIndexMaker({ db, reads, isClosed: () => closing !== null, run });
    // Each stream holds one of the connections.
    const heads = createHeadWatch({ db: reads, canStream: settings.maxPoolSize > 2 + databases.size });
    return {
      place,
      client,
      db,
      reads,
      acknowledged: readPoint.advance,
      heads,
      run,
      capabilities,
      prepare,
      unfinished: maker.unfinished,
      fail,
      pool: pool.use,
      get lastError() {
        return lastError;
      },
      get isClosed() {
        return closing !== null;
      },
      at,
      close,
    };
  }

  function close(): Promise<void> {
    closing ??= (async () => {
      for (const { heads } of databases.values()) await heads.close();
      await client.close();
    })();
    return closing;
  }

  return at(settings.database);
}

function clientOptions({ settings, appName, serverSelectionTimeout }: MongoConnectionOptions): MongoClientOptions {
  return {
    appName: appName ?? 'mooring',
    maxPoolSize: settings.maxPoolSize,
    minPoolSize: Math.min(1, settings.maxPoolSize),
    maxIdleTimeMS: 30_000,
    maxConnecting: Math.min(4, settings.maxPoolSize),
    serverSelectionTimeoutMS: serverSelectionTimeout ?? 5_000,
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
 * The driver waits for ever when it writes to a connection that is just being closed, and never gives it back to the pool.
 * Before these use the pool up, all connections are made anew; what is under way is tried again.
 */
function renewWhenStuck(client: MongoClient, pool: PoolCounter, isClosed: () => boolean): void {
  const most = Math.max(1, Math.floor(pool.use.max / 3));
  let renewing: Promise<void> | null = null;
  client.on('connectionCheckOutStarted', () => {
    if (renewing || isClosed() || pool.stuck(STUCK) < most) return;
    renewing = (async () => {
      await client.close().catch(() => undefined);
      for (let isOpen = false; !isOpen && !isClosed(); ) {
        isOpen = await client.connect().then(
          () => true,
          () => delay(REOPEN_AFTER).then(() => false),
        );
      }
      if (isClosed()) await client.close();
      renewing = null;
    })();
  });
}
