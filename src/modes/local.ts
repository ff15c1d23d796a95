import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestOf, type Project } from '../domain/project.js';
import type { ChromaSettings } from '../domain/storage-settings.js';
import { createProjectSearch } from '../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../storage/collections.js';
import { checkFolder } from '../storage/file/folder-check.js';
import type { Check, StorageHealth } from '../storage/health.js';
import { isTrash, removeFrom } from '../storage/shared/trash.js';
import { repairSqlite, type SqliteInspection } from '../storage/sqlite/inspect.js';
import {
  hasRemains,
  INDEX,
  moveHomeAside,
  OWN,
  removeAsides,
  requireFolder,
  STORE,
} from '../storage/sqlite/projects.js';
import { createSqliteStore } from '../storage/sqlite/store.js';
import type { OpenOptions, OpenProject, StoredProject } from './contract.js';
import { homesIn } from './data-directory.js';
import { describeMiniLm } from './embedders.js';
import { FIRST_EPOCH, forbidden, type Mode, type ModeKind, type ModeParts } from './mode.js';

/** `LOCAL`: SQLite, MiniLM in this process, and the embedded index next to the store, or Chroma where one is configured. */
export const localMode: ModeKind = {
  uses: ['chroma'],
  create: ({ chroma }, parts) => createLocalMode(parts.offline ? null : chroma, parts),
  at: (settings) => settings,
  async test({ chroma }, { dataDirectory, offline }) {
    const checks: Check[] = [await checkFolder(homesIn(dataDirectory))];
    if (chroma) checks.push(...(offline ? [forbidden('CONNECT')] : await checkChroma(chroma)));
    return checks;
  },
};

const checkChroma = async (settings: ChromaSettings) =>
  (await import('../search/chroma/checks.js')).checkChroma(settings);

async function createLocalMode(settings: ChromaSettings | null, parts: ModeParts): Promise<Mode> {
  const { dataDirectory, writer, reader, turns, miniLm, logger, onStatement } = parts;
  const chroma = settings && (await import('./chroma.js')).createChromaVectors(settings, parts);
  const homes = homesIn(dataDirectory);
  const homeOf = (projectId: string) => join(homes, projectId);
  const pathOf = (projectId: string) => join(homeOf(projectId), STORE);
  const openStore = ({ id }: Project, create?: { readonly epoch: number }) =>
    createSqliteStore({
      path: pathOf(id),
      collections: PROJECT_COLLECTIONS,
      writer,
      reader,
      turn: turns.of({ isPart: true }),
      create,
      onStatement,
    });

  async function open(project: Project, { donor }: OpenOptions): Promise<OpenProject> {
    const store = await openStore(project);
    const path = join(homeOf(project.id), INDEX);
    const vectorIndex = chroma?.indexOf(project.id);
    return {
      store,
      search: createProjectSearch({
        store,
        embedder: miniLm.of(),
        path,
        vectorIndex,
        donor,
        logger,
        turn: turns.of({ isPart: true }),
      }),
    };
  }

  async function find(projectId: string): Promise<StoredProject | null> {
    const head = existsSync(pathOf(projectId)) ? await reader.head(pathOf(projectId)) : null;
    if (head) return { projectId, ...head };
    return hasRemains(homeOf(projectId)) ? { projectId, manifest: null, epoch: Number.NEGATIVE_INFINITY } : null;
  }

  /** Ids of the projects that have a store here. */
  async function projectIds(): Promise<readonly string[]> {
    const names = await readdir(homes).catch(() => []);
    return names.filter((name) => !isTrash(name) && existsSync(pathOf(name)));
  }

  async function stored(): Promise<readonly StoredProject[]> {
    const found = await Promise.all(
      (await projectIds()).map((projectId) =>
        find(projectId).catch(() => ({ projectId, manifest: null, epoch: FIRST_EPOCH })),
      ),
    );
    return found.filter((each) => each !== null && each.epoch !== Number.NEGATIVE_INFINITY) as readonly StoredProject[];
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
        found.push(await reader.inspect(pathOf(projectId), PROJECT_COLLECTIONS));
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    for (const index of new Set(found.flatMap(({ indexes }) => indexes.missing))) {
      problems.push(`The index ${index} is missing in a project; \`repairStorage\` recreates it.`);
    }
    return { found, problems };
  }

  return {
    describe: () => ({
      unavailable: null,
      place: homes,
      ...describeMiniLm(miniLm),
      vectorSearch: chroma ? 'CHROMA' : 'EMBEDDED',
    }),
    open,
    async create(project) {
      // Remains of a store that no longer exists don't belong to this one.
      if (!existsSync(pathOf(project.id))) await removeFrom(homeOf(project.id), OWN);
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest(manifestOf(project)).finally(store.close);
    },
    folderOf: ({ id }) => homeOf(id),
    async destroy({ id }, { epoch }) {
      await moveHomeAside(homeOf(id), epoch);
      await chroma?.destroy(id);
      await removeAsides(homeOf(id));
    },
    find: async ({ id }) => {
      requireFolder(homes);
      return find(id);
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

function total(found: readonly SqliteInspection[], name: string): number {
  return found.reduce((sum, { counts }) => sum + (counts.get(name) ?? 0), 0);
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
