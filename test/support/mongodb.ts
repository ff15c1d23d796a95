import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import './mongodb-setup.js';

export { freePort, type MongoServer, type MongoServerOptions, startMongo } from './mongodb-server.js';

const { uri, unavailable } = inject('mongo');

/** Why there is no MongoDB server for the tests; null when there is one. Tests that need it are skipped by it. */
export const mongoUnavailable: string | null = unavailable;

/** Address of the server that the whole run shares. Use a database of your own. */
export function sharedMongo(): string {
  if (uri === null) throw new Error(`There is no MongoDB server for the tests: ${unavailable}`);
  return uri;
}

/** Name of a database that nobody uses. */
export function freshDatabase(): string {
  return `mooring_test_${randomBytes(6).toString('hex')}`;
}
