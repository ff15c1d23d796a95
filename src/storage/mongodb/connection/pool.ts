import type { MongoClient } from 'mongodb';
import { delay } from '../../../util/async.js';

/** A connection that is out of the pool for longer waits for nothing any more. In milliseconds. */
const STUCK = 11_000;
/** How long to wait before retrying to reopen the connections, in milliseconds. */
const REOPEN_AFTER = 500;

/** The current use of a pool's connections. */
export interface PoolUse {
  readonly inUse: number;
  readonly idle: number;
  readonly max: number;
}

export interface PoolCounter {
  readonly use: PoolUse;
  /** How many connections were checked out longer ago than this, in milliseconds, and not returned. */
  stuck(longerThan: number): number;
}

/** Counts connections by the driver's events. */
export function createPoolCounter(client: MongoClient, max: number): PoolCounter {
  const takenOut = new Map<string, number>();
  let open = 0;
  client.on('connectionCreated', () => {
    open += 1;
  });
  client.on('connectionClosed', ({ address, connectionId }) => {
    open -= 1;
    takenOut.delete(`${address} ${connectionId}`);
  });
  client.on('connectionCheckedOut', ({ address, connectionId }) => {
    takenOut.set(`${address} ${connectionId}`, performance.now());
  });
  client.on('connectionCheckedIn', ({ address, connectionId }) => {
    takenOut.delete(`${address} ${connectionId}`);
  });
  client.on('connectionPoolClosed', ({ address }) => {
    for (const key of takenOut.keys()) if (key.startsWith(`${address} `)) takenOut.delete(key);
  });
  return {
    use: {
      get inUse() {
        return takenOut.size;
      },
      get idle() {
        return Math.max(0, open - takenOut.size);
      },
      max,
    },
    stuck(longerThan) {
      const since = performance.now() - longerThan;
      return [...takenOut.values()].filter((at) => at < since).length;
    },
  };
}

/**
 * The driver waits forever when it writes to a connection that is just being closed, and never returns it to the pool.
 * Before these use the pool up, all connections are reopened; work in progress is retried.
 */
export function reopenWhenStuck(client: MongoClient, pool: PoolCounter, isClosed: () => boolean): void {
  const most = Math.max(1, Math.floor(pool.use.max / 3));
  let reopening: Promise<void> | null = null;
  client.on('connectionCheckOutStarted', () => {
    if (reopening || isClosed() || pool.stuck(STUCK) < most) return;
    reopening = (async () => {
      await client.close().catch(() => undefined);
      for (let isOpen = false; !isOpen && !isClosed(); ) {
        isOpen = await client.connect().then(
          () => true,
          () => delay(REOPEN_AFTER).then(() => false),
        );
      }
      if (isClosed()) await client.close();
      reopening = null;
    })();
  });
}
