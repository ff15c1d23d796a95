import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project, StorageMode } from '../../domain/project.js';
import type { Embedder } from '../../embedding/embedder.js';
import { createMiniLmEmbedder } from '../../embedding/minilm/minilm.js';
import type { OpenProject, ProjectStorage } from '../../repositories/storage.js';
import { createProjectSearch } from '../../search/create-search.js';
import type { SearchLogger } from '../../search/logger.js';
import { CATALOG_COLLECTIONS, PROJECT_COLLECTIONS } from '../collections.js';
import { createSqliteStore } from '../sqlite/store.js';
import { createWriter, type Writer } from '../sqlite/writer.js';
import type { Store } from '../store.js';

/** Which parts make which mode: the documents' store, the vectors' index and the embedder. Nobody else asks for a mode. */
export interface StorageModes extends ProjectStorage {
  /** Opens the catalog, and makes it when there is none. @throws StoreError */
  openCatalog(): Promise<Store>;
  /** Lets go of what the stores share, after all of them are closed. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface StorageModesOptions {
  /** The folder that all data is in. */
  readonly dataDirectory: string;
  readonly logger: SearchLogger;
  /** Hears of every statement that a read of a store runs; for tests that count them. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/** The epoch of a store that never moved. */
const FIRST_EPOCH = 1;

/** One way to keep a project. */
interface Mode {
  open(project: Project): Promise<OpenProject>;
  create(project: Project): Promise<void>;
  destroy(project: Project): Promise<void>;
}

export function createStorageModes({ dataDirectory, logger, onStatement }: StorageModesOptions): StorageModes {
  const writer = createWriter();
  const embedder = createMiniLmEmbedder();
  const local = createLocalMode({ folder: join(dataDirectory, 'projects'), writer, embedder, logger, onStatement });
  const modes: { readonly [M in StorageMode]: Mode | null } = { LOCAL: local, MONGODB: null, FILE: null };

  function modeOf({ storageMode }: Project): Mode {
    const mode = modes[storageMode];
    if (!mode) throw new Error(`A project is in the mode ${storageMode}, which this version doesn't have.`);
    return mode;
  }

  return {
    openCatalog: () =>
      createSqliteStore({
        path: join(dataDirectory, 'catalog', 'store.db'),
        collections: CATALOG_COLLECTIONS,
        writer,
        create: { epoch: FIRST_EPOCH },
        onStatement,
      }),
    open: (project) => modeOf(project).open(project),
    create: (project) => modeOf(project).create(project),
    destroy: (project) => modeOf(project).destroy(project),
    unavailable: (mode) =>
      modes[mode]
        ? null
        : {
            why: `this version of Mooring keeps projects as LOCAL only, not as ${mode}.`,
            hint: 'Create the project with storageMode LOCAL, or leave it out.',
          },
    async close() {
      await embedder.close();
      await writer.close();
    },
  };
}

interface LocalModeOptions {
  readonly folder: string;
  readonly writer: Writer;
  readonly embedder: Embedder;
  readonly logger: SearchLogger;
  readonly onStatement: StorageModesOptions['onStatement'];
}

/** `LOCAL`: SQLite, the embedded index beside it, and MiniLM in this process. A folder for each project. */
function createLocalMode({ folder, writer, embedder, logger, onStatement }: LocalModeOptions): Mode {
  const homeOf = ({ id }: Project) => join(folder, id);
  const openStore = (project: Project, create?: { epoch: number }) =>
    createSqliteStore({
      path: join(homeOf(project), 'store.db'),
      collections: PROJECT_COLLECTIONS,
      writer,
      create,
      onStatement,
    });

  return {
    async open(project) {
      const store = await openStore(project);
      const search = createProjectSearch({ store, embedder, path: join(homeOf(project), 'search.db'), logger });
      return { store, search };
    },
    async create(project) {
      const store = await openStore(project, { epoch: project.epoch });
      await store.writeManifest({ ...project });
      await store.close();
    },
    destroy: (project) => rm(homeOf(project), { recursive: true, force: true }),
  };
}
