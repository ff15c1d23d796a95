import type { MongoSettings, VoyageSettings } from '../domain/storage-settings.js';
import type { SharedEmbedder } from '../embedding/shared-embedder.js';
import { checkVoyage } from '../embedding/voyage/checks.js';
import { checkVectorSearch } from '../search/atlas/health.js';
import type { Check } from '../storage/health.js';
import { checkMongo } from '../storage/mongodb/connection/checks.js';
import { createMongoConnection, type MongoConnection } from '../storage/mongodb/connection/connection.js';
import { describeVoyage, NO_VOYAGE_KEY } from './embedders.js';

/** Tries out settings of `MONGODB`: the database, its search of vectors, and the embedder. Loading this loads the driver. */
export async function testMongo(
  mongo: MongoSettings,
  voyage: VoyageSettings | null,
  miniLm: SharedEmbedder,
): Promise<readonly Check[]> {
  const { dimensions } = describeVoyage(voyage, miniLm).embedder;
  const checks = await checkMongo(mongo);
  const works = checks.every(({ outcome }) => outcome !== 'FAILED');
  const vectors = works
    ? await withConnection(mongo, ({ db }) => checkVectorSearch(db, dimensions))
    : skipped('VECTOR_SEARCH', 'Not tried, because an earlier check failed.');
  const embedding = voyage ? await checkVoyage(voyage) : skipped('EMBEDDING', NO_VOYAGE_KEY);
  return [...checks, vectors, embedding];
}

function skipped(name: Check['name'], message: string): Check {
  return { name, outcome: 'SKIPPED', ms: 0, message, hint: null };
}

async function withConnection<T>(
  settings: MongoSettings,
  use: (connection: MongoConnection) => Promise<T>,
): Promise<T> {
  const connection = createMongoConnection({ settings });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
