import type { ClientSession, Db, MongoClient } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { MongoSettings } from '../../../domain/storage-settings.js';
import { delay } from '../../../util/async.js';
import { type Backoff, backoff } from '../../../util/backoff.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import { storeClosed } from '../../store-errors.js';
import { isClosedClient, isRepeatable, noTransactions, toStoreError } from '../errors.js';
import { indexesOf } from '../schema.js';
import { parseAddress } from './address.js';
import { createClient, optionsOf } from './client.js';
import { createHeadWatch, type HeadWatch } from './head-watch.js';
import { createIndexBuilder } from './index-builder.js';
import { createPoolCounter, type PoolUse, reopenWhenStuck } from './pool.js';
import { createCausalReadConcern } from './read-concern.js';
import { ATTEMPTS, DEADLINE, hedged, within } from './timeouts.js';

/** A database of a MongoDB server and the connections to it, shared by the stores of all projects there. */
export interface MongoConnection {
  /** `host[,host]/database`, for messages. */
  readonly place: string;
  readonly client: MongoClient;
  /** For writes, which are acknowledged when a majority has them in its journal. */
  readonly db: Db;
  /** For reads: of the primary, and only what a majority has, including all that was `acknowledged`. */
  readonly reads: Db;
  /** A write in this session was acknowledged by a majority, so no read may miss it from now on. */
  acknowledged(session: ClientSession): void;
  /** The heads of projects, as any process advances them. */
  readonly heads: HeadWatch;
  /**
   * Does work that may be repeated: a few times when it fails for a temporary reason, within a deadline in all.
   * @throws StoreError for whatever the driver or the server says
   */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** The server's capabilities; asked once. @throws StoreError, `STORE_UNSUITABLE` for one without transactions */
  capabilities(): Promise<MongoCapabilities>;
  /**
   * Makes the collections and indexes of these specs, once each. Indexes of many documents may be completed later.
   * @throws StoreError
   */
  prepare(specs: readonly AnySpec[]): Promise<void>;
  /** Names, as `collection.index`, of those that the server is still building after `prepare`. */
  readonly unfinished: ReadonlySet<string>;
  /** The error as one of ours, remembered as the last one. */
  fail(error: unknown): Error;
  readonly pool: PoolUse;
  readonly lastError: { readonly message: string; readonly at: string } | null;
  readonly isClosed: boolean;
  /**
   * Another database of the same server, over the same connections: closing one closes all. The same for the same name.
   */
  at(database: string): MongoConnection;
  /** Closes all connections. Stores must be closed first. Calling it again does nothing. */
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
  /** The client's name in the server's log. */
  readonly appName?: string;
  /** How long to look for a usable server, in milliseconds. Default 5,000. */
  readonly serverSelectionTimeout?: number;
  /** Speaks as to a server before 8.0, whatever it supports. */
  readonly isOld?: boolean;
}

/** Version of the wire protocol that MongoDB 8.0 speaks. */
const WIRE_8_0 = 25;

/** Between the tries of what is safe to repeat, in milliseconds. */
const BACKOFF: Backoff = { base: 100, cap: 1_000 };

/** Connects on first use. @throws StoreError when the settings can't be used */
export function createMongoConnection(options: MongoConnectionOptions): MongoConnection {
  const { settings } = options;
  const address = parseAddress(settings);
  const client = createClient(settings, address, optionsOf(options), (error) => {
    refusal = error;
    void client.close().catch(() => undefined);
  });
  const pool = createPoolCounter(client, settings.maxPoolSize);
  const causal = createCausalReadConcern();
  const databases = new Map<string, MongoConnection>();
  let capable: Promise<MongoCapabilities> | null = null;
  let lastError: MongoConnection['lastError'] = null;
  let refusal: StoreError | null = null;
  let closing: Promise<void> | null = null;

  // After a failure the driver says only that it is closed.
  let lastFailure: Error | null = null;
  client.on('serverHeartbeatFailed', ({ failure }) => {
    lastFailure = failure;
  });
  client.on('serverHeartbeatSucceeded', () => {
    lastFailure = null;
  });
  reopenWhenStuck(client, pool, () => closing !== null);

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
        if (replicaSet === null && hello.msg !== 'isdbgrid') throw noTransactions(place);
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
            done = builder.ensure(wanted).catch((error: unknown) => {
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
    const reads = client.db(database, { readConcern: causal.concern });
    const builder = createIndexBuilder({ db, reads, isClosed: () => closing !== null, run });
    // Each stream holds one of the connections.
    const heads = createHeadWatch({ db: reads, canStream: settings.maxPoolSize > 2 + databases.size });
    return {
      place,
      client,
      db,
      reads,
      acknowledged: causal.advance,
      heads,
      run,
      capabilities,
      prepare,
      unfinished: builder.unfinished,
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
