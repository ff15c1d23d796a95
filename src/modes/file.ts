import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../domain/errors.js';
import { type PlacedProject, placeOf } from '../domain/place.js';
import { manifestOf, type Project } from '../domain/project.js';
import type { FileSettings } from '../domain/storage-settings.js';
import { createProjectSearch } from '../search/create-search.js';
import { PROJECT_COLLECTIONS } from '../storage/collections.js';
import { noSuchFolder } from '../storage/file/errors.js';
import { fileHealth } from '../storage/file/health.js';
import { createFolderInspector } from '../storage/file/inspector.js';
import { checkFiles } from '../storage/file/projects.js';
import { createFileStore } from '../storage/file/store.js';
import { createFileWriter } from '../storage/file/writer.js';
import type { StorageHealth } from '../storage/health.js';
import { removeFrom } from '../storage/shared/trash.js';
import type { Store } from '../storage/store.js';
import type { OpenOptions, OpenProject } from './contract.js';
import { cacheHomeOf, takenFolder } from './data-directory.js';
import { describeMiniLm } from './embedders.js';
import { type Mode, type ModeKind, type ModeParts, refused } from './mode.js';

/** `FILE`: plain JSON files, one a record; MiniLM in this process, and the embedded index. */
export const fileMode: ModeKind = {
  uses: ['file'],
  create: async ({ file }, parts) => createFileMode(file, parts),
  at: (settings, path) => ({ ...settings, file: { ...settings.file, path } }),
  async test({ file }, { dataDirectory }) {
    const taken = await takenFolder(dataDirectory, file.path);
    return taken ? [refused('ADDRESS', taken)] : checkFiles(file);
  },
};

const NAMES = PROJECT_COLLECTIONS.map(({ name }) => name);
/** The names of the files that this machine derives from a project. */
const CACHE = 'files.db';
const INDEX = 'search.db';

function createFileMode(settings: FileSettings, parts: ModeParts): Mode {
  const { dataDirectory, reader, turns, miniLm, logger, secrets, onStatement } = parts;
  const writer = createFileWriter();
  const inspector = createFolderInspector();
  const opened = new Set<Store>();

  /** The project's folder: in the project's own place, or in the mode's. */
  const folderOf = (project: PlacedProject): string => join(placeOf(project).location ?? settings.path, project.id);
  const cacheOf = (project: PlacedProject): string => join(cacheHomeOf(dataDirectory, project), CACHE);

  const openStore = (project: PlacedProject, create?: { readonly epoch: number }) =>
    createFileStore({
      folder: folderOf(project),
      cache: cacheOf(project),
      collections: PROJECT_COLLECTIONS,
      writer,
      projectId: project.id,
      secrets,
      create,
      reader,
      turn: turns.of({ isPart: true }),
      onStatement,
    });

  const rootOf = (project: PlacedProject): string => dirname(folderOf(project));

  /** Links may have been added since the place was configured. @throws StoreError also when the place doesn't respond */
  async function requireFree(project: PlacedProject): Promise<void> {
    await inspector.exists(rootOf(project), rootOf(project));
    const taken = await takenFolder(dataDirectory, rootOf(project));
    if (taken) throw new StoreError('STORE_UNSUITABLE', taken.why, taken.hint);
  }

  async function open(project: Project, { donor }: OpenOptions): Promise<OpenProject> {
    await requireFree(project);
    const store = await openStore(project);
    const path = join(cacheHomeOf(dataDirectory, project), INDEX);
    const search = createProjectSearch({
      store,
      embedder: miniLm.of(),
      path,
      donor,
      logger,
      turn: turns.of({ isPart: true }),
    });
    opened.add(store);
    async function close(): Promise<void> {
      opened.delete(store);
      await store.close();
    }
    return { store: { ...store, close }, search };
  }

  const forget = (project: PlacedProject) => removeFrom(cacheHomeOf(dataDirectory, project), [CACHE, INDEX]);

  /** Problems with files of open projects, by name. */
  async function problemsInFiles(): Promise<readonly string[]> {
    const healths = await Promise.all([...opened].map((store) => store.health()));
    return healths.flatMap(({ problems }) => problems);
  }

  async function health(): Promise<StorageHealth> {
    const [folder, problems] = await Promise.all([fileHealth(settings, NAMES, inspector), problemsInFiles()]);
    return { ...folder, ok: folder.ok && problems.length === 0, problems: [...folder.problems, ...problems] };
  }

  return {
    describe: () => ({
      unavailable: null,
      place: settings.path,
      ...describeMiniLm(miniLm),
      vectorSearch: 'EMBEDDED',
    }),
    open,
    async create(project) {
      await requireFree(project);
      // Data derived from a store that no longer exists doesn't belong to this one.
      if (!(await inspector.exists(rootOf(project), folderOf(project)))) await forget(project);
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest(manifestOf(project)).finally(store.close);
    },
    folderOf,
    async destroy(project, { epoch }) {
      await requireFree(project);
      await writer.destroy({ folder: folderOf(project), cache: cacheOf(project), epoch });
      await forget(project);
    },
    async find(project) {
      const root = rootOf(project);
      // Derived data on this machine shows that the missing folder isn't mounted, rather than never created.
      if (!(await inspector.exists(root, root)) && existsSync(cacheHomeOf(dataDirectory, project)))
        throw noSuchFolder(root);
      return inspector.find(root, folderOf(project));
    },
    stored: () => inspector.list(settings.path, NAMES),
    health,
    // Nothing to recreate: a store repairs its index and its cache when it is opened.
    repair: async () => [],
    close: () => Promise.all([writer.close(), inspector.close()]).then(() => undefined),
  };
}
