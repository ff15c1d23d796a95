import type { MongoClient } from 'mongodb';

/** Connections of a pool now. */
export interface PoolUse {
  readonly inUse: number;
  readonly idle: number;
  readonly max: number;
}

/** Counts connections by what the driver tells of them. */
export function createPoolCounter(client: MongoClient, max: number): PoolUse {
  let open = 0;
  let inUse = 0;
  client.on('connectionCreated', () => {
    open += 1;
  });
  client.on('connectionClosed', () => {
    open -= 1;
  });
  client.on('connectionCheckedOut', () => {
    inUse += 1;
  });
  client.on('connectionCheckedIn', () => {
    inUse -= 1;
  });
  return {
    get inUse() {
      return inUse;
    },
    get idle() {
      return Math.max(0, open - inUse);
    },
    max,
  };
}
