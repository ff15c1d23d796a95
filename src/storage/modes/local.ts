import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../domain/errors.js';
import type { Project } from '../../domain/project.js';
import type { ChromaSettings } from '../../domain/storage-settings.js';
import type { OpenProject, StoredProject } from '../../repositories/storage.js';
import { checkChroma } from '../../search/chroma/checks.js';
import { createChromaConnection } from '../../search/chroma/connection.js';
import { createChromaIndex, destroyChroma } from '../../search/chroma/index.js';
import { createProjectSearch } from '../../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import type { Check, StorageHealth } from '../health.js';
import { inspectSqlite, readHead, repairSqlite, type SqliteInspection } from '../sqlite/inspect.js';
import { createSqliteStore } from '../sqlite/store.js';
import { checkFolder } from './folder.js';
import { FIRST_EPOCH, type Mode, type ModeKind, type ModeParts } from './mode.js';
import { forbidden } from './offline.js';

/** `LOCAL`: SQLite, MiniLM in this process, and the embedded index beside the store, or Chroma where one is configured. */
export const localMode: ModeKind = {
  uses: ['chroma'],
  create: ({ chroma }, parts) => createLocalMode(parts.offline ? null : chroma, parts),
  async test({ chroma }, { homes, offline }) {
    const checks: Check[] = [await checkFolder(homes)];
    if (chroma) checks.push(...(offline ? [forbidden('CONNECT')] : await checkChroma(chroma)));
    return checks;
  },
};

function createLocalMode(settings: ChromaSettings | null, parts: ModeParts): Mode {
  const { homes, homeOf, writer, miniLm, logger, onStatement } = parts;
  const chroma = settings && createChromaConnection(settings);
  const pathOf = (projectId: string) => join(homeOf(projectId), 'store.db');
  const openStore = ({ id }: Project, create?: { readonly epoch: number }) =>
    createSqliteStore({ path: pathOf(id), collections: PROJECT_COLLECTIONS, writer, create, onStatement });

  async function open(project: Project): Promise<OpenProject> {
    const store = await openStore(project);
    const { model } = miniLm;
    const vectorIndex = chroma && createChromaIndex({ connection: chroma, projectId: project.id, model, logger });
    const search = createProjectSearch({
      store,
      embedder: miniLm,
      path: join(homeOf(project.id), 'search.db'),
      logger,
      ...(vectorIndex ? { vectorIndex } : {}),
    });
    return { store, search };
  }

  /** Ids of the projects that have a store here. */
  async function projectIds(): Promise<readonly string[]> {
    const names = await readdir(homes).catch(() => []);
    return names.filter((name) => existsSync(pathOf(name)));
  }

  async function stored(): Promise<readonly StoredProject[]> {
    return (await projectIds()).map((projectId) => {
      try {
        return { projectId, ...readHead(pathOf(projectId)) };
      } catch {
        return { projectId, manifest: null, epoch: FIRST_EPOCH };
      }
    });
  }

  async function health(): Promise<StorageHealth> {
    const start = performance.now();
    const folder = await checkFolder(homes);
    const isReachable = folder.outcome === 'PASSED';
    const latencyMs = isReachable ? performance.now() - start : null;
    const { found, problems } = await inspectAll();
    if (!isReachable) problems.push(folder.message);
    const remote = await chroma?.health();
    problems.push(...(remote?.problems ?? []));
    return {
      mode: 'LOCAL',
      ok: problems.length === 0,
      isReachable,
      latencyMs,
      place: homes,
      collections: PROJECT_COLLECTIONS.map(({ name }) => ({ name, count: total(found, name) })),
      indexes: {
        present: distinct(found.flatMap(({ indexes }) => indexes.present)),
        missing: distinct(found.flatMap(({ indexes }) => indexes.missing)),
      },
      pool: null,
      lastError: remote?.lastError ?? null,
      problems,
    };
  }

  async function inspectAll(): Promise<{ readonly found: readonly SqliteInspection[]; readonly problems: string[] }> {
    const found: SqliteInspection[] = [];
    const problems: string[] = [];
    for (const projectId of await projectIds()) {
      try {
        found.push(inspectSqlite(pathOf(projectId), PROJECT_COLLECTIONS));
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    for (const index of new Set(found.flatMap(({ indexes }) => indexes.missing))) {
      problems.push(`The index ${index} is missing in a project; \`repairStorage\` makes it again.`);
    }
    return { found, problems };
  }

  return {
    describe: () => ({
      unavailable: null,
      place: homes,
      embedder: { name: miniLm.model.name, dimensions: miniLm.model.dimensions, note: null },
      vectorSearch: chroma ? 'CHROMA' : 'EMBEDDED',
    }),
    open,
    async create(project) {
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest({ ...project });
      await store.close();
    },
    async destroy({ id }) {
      if (!existsSync(homeOf(id))) throw noSuchHome(homeOf(id));
      if (chroma) await destroyChroma(chroma, id).catch((error: unknown) => logger.warn({ err: error }, LEFT_BEHIND));
      await rm(homeOf(id), { recursive: true, force: true });
    },
    stored,
    health,
    repair: async () =>
      (await projectIds()).flatMap((id) =>
        repairSqlite(pathOf(id), PROJECT_COLLECTIONS).map((name) => `${id}: ${name}`),
      ),
    close: async () => chroma?.close(),
  };
}

function noSuchHome(path: string): StoreError {
  return new StoreError('STORE_UNAVAILABLE', `The folder ${path} isn't there.`, 'Put it back where it was.');
}

const LEFT_BEHIND = "The vectors of a purged project couldn't be removed from Chroma.";

function total(found: readonly SqliteInspection[], name: string): number {
  return found.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0);
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
