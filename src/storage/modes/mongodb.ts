import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MooringError } from '../../domain/errors.js';
import type { Project } from '../../domain/project.js';
import type { MongoSettings, StorageSettings, VoyageSettings } from '../../domain/storage-settings.js';
import type { Embedder } from '../../embedding/embedder.js';
import { addressesFor } from '../../embedding/voyage/address.js';
import { checkVoyage } from '../../embedding/voyage/checks.js';
import { createVoyageClient } from '../../embedding/voyage/client.js';
import { voyageModel } from '../../embedding/voyage/models.js';
import { createVoyageEmbedder } from '../../embedding/voyage/voyage.js';
import type { ModeDescription, OpenProject, Unavailable } from '../../repositories/storage.js';
import { createAtlasIndex } from '../../search/atlas/atlas.js';
import { atlasHealth, checkVectorSearch, ensureAtlasIndexes } from '../../search/atlas/health.js';
import { createAtlasSupport } from '../../search/atlas/support.js';
import { createProjectSearch } from '../../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import type { Check } from '../health.js';
import { checkMongo } from '../mongodb/checks.js';
import { createMongoConnection, type MongoConnection } from '../mongodb/connection.js';
import { mongoHealth, repairMongo } from '../mongodb/health.js';
import { createMongoStore } from '../mongodb/store.js';
import { destroyProject, listStored } from '../mongodb/stored.js';
import type { Mode, ModeKind, ModeParts } from './mode.js';
import { forbidden, OFFLINE } from './offline.js';
import { createUnconfiguredMode } from './unconfigured.js';

/**
 * `MONGODB`: a replica set or Atlas; Voyage AI, or MiniLM without a key; `$vectorSearch` where the server has it, else the
 * embedded index over the vectors that are kept there.
 */
export const mongoMode: ModeKind = {
  uses: ['mongo', 'voyage'],
  create(settings, parts) {
    const { mongo, voyage } = settings;
    const describe = (why: Unavailable) =>
      createUnconfiguredMode(why, { embedder: describeEmbedder(voyage, parts), vectorSearch: 'EMBEDDED' });
    if (parts.offline) return describe(OFFLINE);
    if (!mongo) return describe(NOT_CONFIGURED);
    try {
      return createMongoMode(mongo, voyage, parts);
    } catch (error) {
      if (!(error instanceof MooringError)) throw error;
      return describe({ why: error.message, hint: error.hint, isMistake: true });
    }
  },
  test: testMongo,
};

const NOT_CONFIGURED: Unavailable = {
  why: 'it is not configured.',
  hint: 'Set MONGODB_CONNECTION_STRING, or enter its settings with `testStorageConfig` and `saveStorageConfig`.',
};
const SEARCH_UNKNOWN = "It isn't known whether MongoDB searches vectors now: the embedded index answers.";
const NO_VOYAGE_KEY = 'No Voyage AI key is set, so all-MiniLM-L6-v2 embeds on this machine.';

function createMongoMode(settings: MongoSettings, voyage: VoyageSettings | null, parts: ModeParts): Mode {
  const { homeOf, miniLm, logger, onUsage, onStatement } = parts;
  const connection = createMongoConnection({ settings });
  const client = voyage && createVoyageClient(voyage);
  const embedder = describeEmbedder(voyage, parts);
  const { db } = connection;
  const { dimensions } = embedder;
  const support = createAtlasSupport({ db, dimensions, logger });
  let vectorSearch: ModeDescription['vectorSearch'] = 'EMBEDDED';

  /** Whether the server searches vectors. */
  async function lookForSearch(): Promise<void> {
    vectorSearch = (await support.state()) === 'UNSUPPORTED' ? 'EMBEDDED' : 'ATLAS';
  }

  /** A project's own, so that what it costs is told by project. */
  function embedderOf(projectId: string): { readonly embedder: Embedder; close(): Promise<void> } {
    if (!client) return { embedder: miniLm, close: async () => {} };
    const made = createVoyageEmbedder({ client, onUsage: (usage) => onUsage({ projectId, ...usage }) });
    return { embedder: made, close: made.close };
  }

  async function open({ id }: Project): Promise<OpenProject> {
    const store = await createMongoStore({ connection, projectId: id, collections: PROJECT_COLLECTIONS, onStatement });
    const own = embedderOf(id);
    // A search service that is down keeps nobody from the documents.
    await lookForSearch().catch((error: unknown) => logger.warn({ err: error }, SEARCH_UNKNOWN));
    const index = createAtlasIndex({ db, projectId: id, model: own.embedder.model, support });
    const search = createProjectSearch({
      store,
      embedder: own.embedder,
      path: join(homeOf(id), 'search.db'),
      logger,
      ...(vectorSearch === 'ATLAS' ? { vectorIndex: index } : { archive: index }),
    });
    const close = () => search.close().finally(own.close);
    return { store, search: { ...search, close } };
  }

  // So that it is known before somebody asks; who opens a project hears what stands in the way.
  lookForSearch().catch(() => {});
  return {
    describe: () => ({ unavailable: null, place: connection.place, embedder, vectorSearch }),
    open,
    async create({ id, epoch, ...rest }) {
      const create = { epoch };
      const store = await createMongoStore({ connection, projectId: id, collections: PROJECT_COLLECTIONS, create });
      await store.writeManifest({ id, epoch, ...rest });
      await store.close();
    },
    async destroy({ id }) {
      await destroyProject(connection, id);
      await rm(homeOf(id), { recursive: true, force: true });
    },
    stored: () => listStored(connection),
    async health() {
      const health = await mongoHealth(connection, PROJECT_COLLECTIONS);
      if (!health.isReachable) return { mode: 'MONGODB', ...health };
      const vectors = await atlasHealth(db, dimensions);
      const fault = voyage && faultOf(voyage);
      const problems = [...health.problems, ...vectors.problems, ...(fault ? [fault] : [])];
      return {
        mode: 'MONGODB',
        ...health,
        ok: health.ok && vectors.problems.length === 0 && !fault,
        indexes: {
          present: [...health.indexes.present, ...vectors.indexes.present],
          missing: [...health.indexes.missing, ...vectors.indexes.missing],
        },
        problems,
      };
    },
    repair: async () => [
      ...(await repairMongo(connection, PROJECT_COLLECTIONS)),
      ...(await connection.run(() => ensureAtlasIndexes(db, dimensions))),
    ],
    async close() {
      await support.close();
      await client?.close();
      await connection.close();
    },
  };
}

function describeEmbedder(voyage: VoyageSettings | null, { miniLm }: ModeParts): ModeDescription['embedder'] {
  if (!voyage) return { name: miniLm.model.name, dimensions: miniLm.model.dimensions, note: NO_VOYAGE_KEY };
  const { name, dimensions } = voyageModel(voyage.model);
  return { name: `${name}/${dimensions}`, dimensions, note: faultOf(voyage) };
}

/** Why Voyage AI can't be asked with these settings; null when it can be tried. */
function faultOf(voyage: VoyageSettings): string | null {
  try {
    addressesFor(voyage);
    return null;
  } catch (error) {
    if (!(error instanceof MooringError)) throw error;
    return `${error.message} ${error.hint}`;
  }
}

async function testMongo({ mongo, voyage }: StorageSettings, parts: ModeParts): Promise<readonly Check[]> {
  const { dimensions } = describeEmbedder(voyage, parts);
  const check = (name: Check['name'], outcome: Check['outcome'], { why, hint }: Unavailable): Check => ({
    ...{ name, outcome, ms: 0, message: why, hint },
  });
  if (parts.offline) return [forbidden('CONNECT')];
  if (!mongo) return [check('ADDRESS', 'FAILED', NOT_CONFIGURED)];
  const checks = await checkMongo(mongo);
  const works = checks.every(({ outcome }) => outcome !== 'FAILED');
  const skipped = { why: 'Not tried, because an earlier check failed.', hint: '' };
  const vectors = works
    ? await withConnection(mongo, ({ db }) => checkVectorSearch(db, dimensions))
    : { ...check('VECTOR_SEARCH', 'SKIPPED', skipped), hint: null };
  const embedding = voyage
    ? await checkVoyage(voyage)
    : { ...check('EMBEDDING', 'SKIPPED', { why: NO_VOYAGE_KEY, hint: '' }), hint: null };
  return [...checks, vectors, embedding];
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
