import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { afterAll, inject } from 'vitest';
import { borrowMongo } from './lender.js';
import './setup.js';

export { freePort, type MongoServer, type MongoServerOptions, startMongo } from './server.js';

const { uri: given, lender, unavailable } = inject('mongo');

/** Why there is no MongoDB server for the tests; null when there is one. Tests that need it are skipped by it. */
export const mongoUnavailable: string | null = unavailable;

const loan = lender === null ? null : await borrowMongo(lender);
afterAll(() => loan?.giveBack());

/** Address of the server that the tests of a file share. Use a database of your own. */
export function sharedMongo(): string {
  const uri = given ?? loan?.uri;
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
