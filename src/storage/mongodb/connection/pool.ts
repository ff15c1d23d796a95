import type { MongoClient } from 'mongodb';

/** Connections of a pool now. */
export interface PoolUse {
  readonly inUse: number;
  readonly idle: number;
  readonly max: number;
}

export interface PoolCounter {
  readonly use: PoolUse;
  /** How many connections were taken out longer ago than this, in milliseconds, and not given back. */
  stuck(longerThan: number): number;
}

/** Counts connections by what the driver tells of them. */
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
