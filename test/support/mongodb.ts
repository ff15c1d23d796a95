import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, inject } from 'vitest';
import { startMongo } from './mongodb-server.js';
import './mongodb-setup.js';

export { freePort, type MongoServer, type MongoServerOptions, startMongo } from './mongodb-server.js';

const { uri: given, unavailable } = inject('mongo');

/** Why there is no MongoDB server for the tests; null when there is one. Tests that need it are skipped by it. */
export const mongoUnavailable: string | null = unavailable;

// One for each file: a server that has held much, or was left in the middle of something, answers the next one slowly.
const own = given === null && unavailable === null ? await startMongo() : null;
afterAll(() => own?.stop());

/** Address of the server that the tests of a file share. Use a database of your own. */
export function sharedMongo(): string {
  const uri = given ?? own?.uri;
  if (uri === undefined) throw new Error(`There is no MongoDB server for the tests: ${unavailable}`);
  return uri;
}

/** Removes a database from a server that is kept. From the file's own it goes with the server. */
export async function dropDatabase(name: string): Promise<void> {
  if (given === null) return;
  const client = new MongoClient(given);
  await client.db(name).dropDatabase();
  await client.close();
}

/** Name of a database that nobody uses. */
export function freshDatabase(): string {
  return `mooring_test_${randomBytes(6).toString('hex')}`;
}
