import { MongoClient } from 'mongodb';
import type { TestProject } from 'vitest/node';
import { findMongo } from './install.js';
import { createMongoLender, type MongoLender } from './lender.js';

/** What the run's setup provides to every test file. */
export interface GivenMongo {
  /** Address of a server that outlives the run; null when servers are lent. */
  readonly uri: string | null;
  /** Port of the lender of servers; null when a server exists already, or none can be started. */
  readonly lender: number | null;
  /** Why there is no server; null when there can be one. */
  readonly unavailable: string | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    mongo: GivenMongo;
  }
}

/**
 * Finds the server of the tests: the one that `MONGODB_TEST_URI` names, else a program of which as many are started as
 * files use one at a time. Without any, its tests are skipped and the reason is printed; with `CI=true` that is a failure.
 */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.MONGODB_TEST_URI;
  let lender: MongoLender | undefined;
  try {
    if (given) await reach(given);
    else {
      await findMongo();
      lender = await createMongoLender();
    }
    project.provide('mongo', { uri: given ?? null, lender: lender?.port ?? null, unavailable: null });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (process.env.CI === 'true') throw new Error(`No MongoDB server for the tests: ${why}`, { cause: error });
    console.warn(`\nTests that need a MongoDB server are skipped: ${why}\n`);
    project.provide('mongo', { uri: null, lender: null, unavailable: why });
  }
  return lender?.close;
}

async function reach(uri: string): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}
