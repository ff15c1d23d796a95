import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { JsonObject } from '../../domain/json.js';
import type { Project } from '../../domain/project.js';
import type { FileSettings } from '../../domain/storage-settings.js';
import type { StoredProject } from '../../repositories/storage.js';
import { createProjectSearch } from '../../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import { createFileStore } from '../file/store.js';
import { createFileWriter } from '../file/writer.js';
import type { StorageHealth } from '../health.js';
import { checkFolder } from './folder.js';
import { FIRST_EPOCH, type Mode, type ModeKind, type ModeParts } from './mode.js';

/** `FILE`: plain JSON files, one a record; MiniLM in this process, and the embedded index. */
export const fileMode: ModeKind = {
  uses: ['file'],
  create: ({ file }, parts) => createFileMode(file, parts),
  test: async ({ file: { path } }) => [await checkFolder(path)],
};

function createFileMode({ path: root }: FileSettings, parts: ModeParts): Mode {
  const { homeOf, miniLm, logger, onStatement } = parts;
  const writer = createFileWriter();

  /** The project's folder: in the place that it chose when it was made, or in the mode's. */
  const folderOf = ({ id, settings }: Project): string => {
    const own = settings.fileStorePath;
    return join(typeof own === 'string' && isAbsolute(own) ? own : root, id);
  };
  const openStore = (project: Project, create?: { readonly epoch: number }) =>
    createFileStore({
      folder: folderOf(project),
      cache: join(homeOf(project.id), 'files.db'),
      collections: PROJECT_COLLECTIONS,
      writer,
      projectId: project.id,
      create,
      onStatement,
    });

  return {
    describe: () => ({
      unavailable: null,
      place: root,
      embedder: { name: miniLm.model.name, dimensions: miniLm.model.dimensions, note: null },
      vectorSearch: 'EMBEDDED',
    }),
    async open(project) {
      const store = await openStore(project);
      const search = createProjectSearch({
        store,
        embedder: miniLm,
        path: join(homeOf(project.id), 'search.db'),
        logger,
      });
      return { store, search };
    },
    async create(project) {
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest({ ...project });
      await store.close();
    },
    async destroy(project) {
      await rm(folderOf(project), { recursive: true, force: true });
      await rm(homeOf(project.id), { recursive: true, force: true });
    },
    stored: async () => [],
    health: async () => {
      throw new Error('not yet');
    },
    repair: async () => [],
    close: () => writer.close(),
  };
}
