import { MongoClient } from 'mongodb';
import type { TestProject } from 'vitest/node';
import { type MongoServer, startMongo } from './mongodb-server.js';

/** What the run's setup tells every test file. */
export interface SharedMongo {
  readonly uri: string | null;
  /** Whether it is there after the run too. */
  readonly isKept: boolean;
  /** Why there is no server; null when there is one. */
  readonly unavailable: string | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    mongo: SharedMongo;
  }
}

/**
 * One server for all test files of a run: the one that `MONGODB_TEST_URI` names, else one of our own. Without any, its
 * tests are skipped and the reason is printed; with `CI=true` that is a failure.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MONGODB_TEST_URI;
  let server: MongoServer | null = null;
  try {
    if (given) await reach(given);
    else server = await startMongo();
    project.provide('mongo', { uri: given ?? server!.uri, isKept: given !== undefined, unavailable: null });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (process.env.CI === 'true') throw new Error(`No MongoDB server for the tests: ${why}`, { cause: error });
    console.warn(`\nTests that need a MongoDB server are skipped: ${why}\n`);
    project.provide('mongo', { uri: null, isKept: false, unavailable: why });
  }
  return async () => server?.stop();
}

async function reach(uri: string): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}
