import { join } from 'node:path';
import { type PlacedProject, placeOf } from '../domain/place.js';
import { manifestOf, type Project } from '../domain/project.js';
import type { MongoSettings, VoyageSettings } from '../domain/storage-settings.js';
import type { Embedder } from '../embedding/embedder.js';
import type { SharedEmbedder } from '../embedding/shared-embedder.js';
import { checkVoyage } from '../embedding/voyage/checks.js';
import { createVoyageClient } from '../embedding/voyage/client.js';
import { createVoyageEmbedder } from '../embedding/voyage/voyage.js';
import { createAtlasIndex } from '../search/atlas/atlas-index.js';
import { asVectorFailure } from '../search/atlas/errors.js';
import { atlasHealth, checkVectorSearch, ensureAtlasIndexes } from '../search/atlas/health.js';
import { type AtlasSupport, createAtlasSupport } from '../search/atlas/support.js';
import { createProjectSearch } from '../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../storage/collections.js';
import type { Check } from '../storage/health.js';
import { checkMongo } from '../storage/mongodb/connection/checks.js';
import { createMongoConnection, type MongoConnection } from '../storage/mongodb/connection/connection.js';
import { mongoHealth, repairMongo } from '../storage/mongodb/health.js';
import { destroyProject, findProject, listProjects } from '../storage/mongodb/projects.js';
import { createMongoStore } from '../storage/mongodb/store.js';
import { removeFrom } from '../storage/shared/trash.js';
import type { ModeDescription, OpenOptions, OpenProject } from './contract.js';
import { cacheHomeOf } from './data-directory.js';
import { describeVoyage, faultOf, NO_VOYAGE_KEY } from './embedders.js';
import type { Mode, ModeParts } from './mode.js';

/** A database, and the vector index that its projects share. */
interface Site {
  readonly connection: MongoConnection;
  readonly support: AtlasSupport;
}

const SEARCH_UNKNOWN = "It isn't known whether MongoDB searches vectors now: the embedded index answers.";
/** The name of the search index on this machine. */
const INDEX = 'search.db';

/** `MONGODB` with these settings. Loading this loads the driver. @throws StoreError when they can't be used */
export function createMongoMode(settings: MongoSettings, voyage: VoyageSettings | null, parts: ModeParts): Mode {
  const { dataDirectory, miniLm, logger, turns, onUsage, onStatement } = parts;
  const connection = createMongoConnection({ settings });
  const client = voyage && createVoyageClient(voyage);
  const embedding = describeVoyage(voyage, miniLm);
  const { dimensions } = embedding.embedder;
  const sites = new Map<string, Site>();
  let vectorSearch: ModeDescription['vectorSearch'] = 'EMBEDDED';

  function siteOf(project: PlacedProject): Site {
    return siteAt(placeOf(project).location ?? settings.database);
  }

  function siteAt(database: string): Site {
    let site = sites.get(database);
    if (!site) {
      const at = connection.at(database);
      site = { connection: at, support: createAtlasSupport({ db: at.db, dimensions, logger }) };
      sites.set(database, site);
    }
    return site;
  }

  /** Finds out whether the server searches vectors. */
  async function detectSearch({ support }: Site): Promise<void> {
    vectorSearch = (await support.state()) === 'UNSUPPORTED' ? 'EMBEDDED' : 'ATLAS';
  }

  /** The project's own embedder, so that costs are reported by project. */
  function embedderOf(projectId: string): Embedder {
    return client
      ? createVoyageEmbedder({ client, onUsage: (usage) => onUsage({ projectId, ...usage }) })
      : miniLm.of();
  }

  async function open(project: Project, { donor }: OpenOptions): Promise<OpenProject> {
    const { id } = project;
    const site = siteOf(project);
    const store = await createMongoStore({
      connection: site.connection,
      projectId: id,
      collections: PROJECT_COLLECTIONS,
      onStatement,
    });
    const embedder = embedderOf(id);
    // A search service that is down must not prevent access to the documents.
    await detectSearch(site).catch((error: unknown) => logger.warn({ err: asVectorFailure(error) }, SEARCH_UNKNOWN));
    const { db } = site.connection;
    const index = createAtlasIndex({ db, projectId: id, model: embedder.model, support: site.support });
    const search = createProjectSearch({
      store,
      embedder,
      path: join(cacheHomeOf(dataDirectory, project), INDEX),
      donor,
      logger,
      turn: turns.of({ isPart: true }),
      ...(vectorSearch === 'ATLAS' ? { vectorIndex: index } : { archive: index }),
    });
    const close = () => search.close().finally(embedder.close);
    return { store, search: { ...search, close } };
  }

  const forget = (project: PlacedProject) => removeFrom(cacheHomeOf(dataDirectory, project), [INDEX]);

  async function create(project: Project): Promise<void> {
    const { id, epoch } = project;
    const at = siteOf(project).connection;
    // Data derived from a store that no longer exists doesn't belong to this one.
    if (!(await findProject(at, id))) await forget(project);
    const collections = PROJECT_COLLECTIONS;
    const store = await createMongoStore({ connection: at, projectId: id, collections, create: { epoch } });
    await store.writeManifest(manifestOf(project)).finally(store.close);
  }

  // Known before the first description; opening a project logs a failure.
  detectSearch(siteAt(settings.database)).catch(() => {});
  return {
    describe: () => ({ unavailable: null, place: connection.place, ...embedding, vectorSearch }),
    open,
    create,
    folderOf: () => null,
    async destroy(project, { epoch }) {
      await destroyProject(siteOf(project).connection, project.id, epoch);
      await forget(project);
    },
    find: async (project) => findProject(siteOf(project).connection, project.id),
    stored: () => listProjects(connection),
    async health() {
      const health = await mongoHealth(connection, PROJECT_COLLECTIONS);
      if (!health.isReachable) return { mode: 'MONGODB', ...health };
      const vectors = await atlasHealth(connection.db, dimensions);
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
      ...(await connection.run(() => ensureAtlasIndexes(connection.db, dimensions))),
    ],
    async close() {
      for (const { support } of sites.values()) await support.close();
      await client?.close();
      await connection.close();
    },
  };
}

/** Tests settings of `MONGODB`: the database, its vector search, and the embedder. Loading this loads the driver. */
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
