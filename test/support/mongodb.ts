import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { inject } from 'vitest';
import './mongodb-setup.js';

export { freePort, type MongoServer, type MongoServerOptions, startMongo } from './mongodb-server.js';

const { uri, isKept, unavailable } = inject('mongo');

/** Why there is no MongoDB server for the tests; null when there is one. Tests that need it are skipped by it. */
export const mongoUnavailable: string | null = unavailable;

/** Address of the server that the whole run shares. Use a database of your own. */
export function sharedMongo(): string {
  if (uri === null) throw new Error(`There is no MongoDB server for the tests: ${unavailable}`);
  return uri;
}

/** Removes a database from the shared server. One that goes with the run is spared it: of many rows it takes some servers long, and nobody else is answered meanwhile. */
export async function dropDatabase(name: string): Promise<void> {
  if (!isKept) return;
  const client = new MongoClient(sharedMongo());
  await client.db(name).dropDatabase();
  await client.close();
}

/** Name of a database that nobody uses. */
export function freshDatabase(): string {
  return `mooring_test_${randomBytes(6).toString('hex')}`;
}
