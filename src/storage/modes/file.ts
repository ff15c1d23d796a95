import { rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Project } from '../../domain/project.js';
import type { FileSettings } from '../../domain/storage-settings.js';
import type { OpenProject } from '../../repositories/storage.js';
import { createProjectSearch } from '../../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import { checkFiles, destroyFiles, fileHealth, listStored } from '../file/places.js';
import { createFileStore } from '../file/store.js';
import { createFileWriter } from '../file/writer.js';
import type { StorageHealth } from '../health.js';
import type { Store } from '../store.js';
import type { Mode, ModeKind, ModeParts } from './mode.js';

/** `FILE`: plain JSON files, one a record; MiniLM in this process, and the embedded index. */
export const fileMode: ModeKind = {
  uses: ['file'],
  create: ({ file }, parts) => createFileMode(file, parts),
  test: ({ file }) => checkFiles(file),
};

const NAMES = PROJECT_COLLECTIONS.map(({ name }) => name);

function createFileMode(settings: FileSettings, parts: ModeParts): Mode {
  const { homeOf, miniLm, logger, onStatement } = parts;
  const writer = createFileWriter();
  /** The stores that are open, by project. */
  const opened = new Map<string, Store>();

  /** The project's folder: in the place that it chose when it was made, or in the mode's. */
  function folderOf({ id, settings: { fileStorePath: own } }: Project): string {
    return join(typeof own === 'string' && isAbsolute(own) ? own : settings.path, id);
  }

  const cacheOf = ({ id }: Project): string => join(homeOf(id), 'files.db');
  const openStore = (project: Project, create?: { readonly epoch: number }) =>
    createFileStore({
      folder: folderOf(project),
      cache: cacheOf(project),
      collections: PROJECT_COLLECTIONS,
      writer,
      projectId: project.id,
      create,
      onStatement,
    });

  async function open(project: Project): Promise<OpenProject> {
    const store = await openStore(project);
    const path = join(homeOf(project.id), 'search.db');
    const search = createProjectSearch({ store, embedder: miniLm, path, logger });
    opened.set(project.id, store);
    async function close(): Promise<void> {
      if (opened.get(project.id) === store) opened.delete(project.id);
      await store.close();
    }
    return { store: { ...store, close }, search };
  }

  /** What is the matter with files of projects that are worked with, by name. */
  async function problemsInFiles(): Promise<readonly string[]> {
    const healths = await Promise.all([...opened.values()].map((store) => store.health()));
    return healths.flatMap(({ problems }) => problems);
  }

  async function health(): Promise<StorageHealth> {
    const [folder, problems] = await Promise.all([fileHealth(settings, NAMES, null), problemsInFiles()]);
    return { ...folder, ok: folder.ok && problems.length === 0, problems: [...folder.problems, ...problems] };
  }

  return {
    describe: () => ({
      unavailable: null,
      place: settings.path,
      embedder: { name: miniLm.model.name, dimensions: miniLm.model.dimensions, note: null },
      vectorSearch: 'EMBEDDED',
    }),
    open,
    async create(project) {
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest({ ...project });
      await store.close();
    },
    async destroy(project) {
      await destroyFiles(folderOf(project), cacheOf(project));
      await rm(homeOf(project.id), { recursive: true, force: true });
    },
    stored: () => listStored(settings.path),
    health,
    // There is nothing to make again: a store mends its index and its cache by itself when it is opened.
    repair: async () => [],
    close: () => writer.close(),
  };
}
