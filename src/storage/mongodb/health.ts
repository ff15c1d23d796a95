import type { StorageHealth } from '../health.js';
import type { AnySpec } from '../shared/collection-spec.js';
import type { MongoConnection } from './connection/connection.js';
import { ensureIndexes, HEADS, indexesOf, inspectIndexes } from './schema.js';

/** The database's part of a mode's health. */
export type MongoHealth = Omit<StorageHealth, 'mode'>;

/**
 * The health of a database. One that can't be reached is no error: the answer says so. Counts are the server's
 * estimates, which cost nothing however many there are.
 */
export async function mongoHealth(connection: MongoConnection, specs: readonly AnySpec[]): Promise<MongoHealth> {
  const { reads, run } = connection;
  const about = () => ({ place: connection.place, pool: { ...connection.pool }, lastError: connection.lastError });
  try {
    await connection.capabilities();
    const start = performance.now();
    await run(() => reads.collection(HEADS).findOne({}, { projection: { _id: 1 } }));
    const latencyMs = performance.now() - start;
    const wanted = indexesOf(specs);
    const [counts, indexes] = await Promise.all([
      Promise.all(wanted.map(({ collection }) => count(connection, collection))),
      run(() => inspectIndexes(reads, wanted, connection.unfinished)),
    ]);
    const problems = indexes.missing.map((name) => `The index ${name} is missing, so reads are slow.`);
    return { ...about(), ok: true, isReachable: true, latencyMs, collections: counts, indexes, problems };
  } catch (error) {
    const said = connection.fail(error).message;
    const nothing = { collections: [], indexes: { present: [], missing: [] } };
    return { ...about(), ok: false, isReachable: false, latencyMs: null, ...nothing, problems: [said] };
  }
}

/** Makes the missing collections and indexes. @returns their names @throws StoreError */
export async function repairMongo(connection: MongoConnection, specs: readonly AnySpec[]): Promise<readonly string[]> {
  const wanted = indexesOf(specs);
  const { missing } = await connection.run(() => inspectIndexes(connection.reads, wanted));
  await connection.run(() => ensureIndexes(connection.db, wanted));
  return missing;
}

async function count({ reads, run }: MongoConnection, name: string): Promise<{ name: string; count: number }> {
  return { name, count: await run(() => reads.collection(name).estimatedDocumentCount()) };
}
