import { NotFoundError, StorageModeUnavailableError, StoreError } from '../domain/errors.js';
import { invalidId, parseId } from '../domain/id.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project, StorageMode } from '../domain/project.js';
import { missingFolders, removeEmpty } from '../files/without-traces.js';
import type { DestroyOptions, OpenOptions, OpenProject, ProjectStorage, StoredProject } from '../modes/contract.js';
import type { Store } from '../storage/store.js';
import { type CatalogRepositories, createCatalog } from './catalog.js';
import { createRepositories, type Repositories } from './project-repositories.js';
import { createProjectStores } from './project-stores.js';

/** Resolves an id to the repositories of the store that holds its record. */
export interface RepositoryFactory {
  readonly catalog: CatalogRepositories;
  /**
   * The repositories of the project that an id belongs to: a project's own id or that of any record in it.
   * @throws InvalidInputError when it isn't an id
   * @throws NotFoundError when there is no such project, or it is deleted
   * @throws StoreError when its store can't be opened
   */
  of(id: string): Promise<Repositories>;
  /** The same for a project whose record was just read, without reading it again. @throws like `of` */
  open(project: Project): Promise<Repositories>;
  /**
   * Opens the store at the place that this record names, wherever the project is routed: a move works on two. It stays open
   * next to the other, and requests routed there later share it. @throws StoreError
   */
  at(project: Project, options?: OpenOptions): Promise<OpenProject>;
  /** What is stored at the place that this record names; null when nothing of the project is. @throws StoreError */
  find(project: PlacedProject): Promise<StoredProject | null>;
  /** Creates the store of a project, at the place and under the epoch that its record names. @throws StorageModeUnavailableError */
  create(project: Project): Promise<void>;
  /**
   * The same for a project that was never stored anywhere. On failure, and when the returned function is called, the store
   * and the folders created for it are removed; nothing else is.
   */
  createNew(project: Project): Promise<() => Promise<void>>;
  /**
   * Closes the store at the place that this record names, and removes its data there.
   * @throws RouteChangedError when the store's epoch isn't the requested one: nothing is removed then
   * @throws StoreError
   */
  destroy(project: PlacedProject, options?: DestroyOptions): Promise<void>;
  /**
   * Runs work on where a mode's projects are stored, such as reconfiguring it: their stores are closed before it, and open
   * again on demand afterwards.
   */
  whileClosed<T>(mode: StorageMode, work: () => Promise<T>): Promise<T>;
  /** Closes the stores of projects that were idle for this many milliseconds and have no followers. */
  closeIdle(idleMs: number): Promise<void>;
  /** Closes every open store. */
  close(): Promise<void>;
}

/**
 * The repositories of a catalog's projects. Closing it closes every project's store; the catalog's own store stays open.
 * @param platform whose rules decide whether two paths name one folder. Left out: that of this process.
 */
export function createRepositoryFactory(
  catalogStore: Store,
  storage: ProjectStorage,
  platform: typeof process.platform = process.platform,
): RepositoryFactory {
  const catalog = createCatalog(catalogStore, platform);
  const stores = createProjectStores(storage);

  async function of(id: string): Promise<Repositories> {
    const parsed = parseId(id);
    if (!parsed) throw invalidId(id);
    const project = await catalog.projects.findByKey(parsed.projectKey);
    if (!project || (parsed.kind === 'project' && project.id !== id)) {
      if (!project) await stores.closeProject(parsed.projectKey);
      throw new NotFoundError(id);
    }
    return openFor(id, project);
  }

  async function openFor(id: string, project: Project): Promise<Repositories> {
    if (project.deletedAt) {
      throw new NotFoundError(
        id,
        id === project.id ? `The project ${id} is deleted.` : `The project of ${id} is deleted.`,
        `Restore the project ${project.id} first: that restores everything in it.`,
      );
    }
    const opened = await stores.get(project);
    await requireWhole(project, opened);
    return { project, ...repositoriesOf(opened) };
  }

  const made = new WeakMap<OpenProject, Omit<Repositories, 'project'>>();

  function repositoriesOf(opened: OpenProject): Omit<Repositories, 'project'> {
    const repositories = made.get(opened) ?? createRepositories(opened);
    made.set(opened, repositories);
    return repositories;
  }

  /** Stores known to hold a project, not the unfinished copy of a move. */
  const whole = new WeakSet<OpenProject>();

  /** An unfinished copy is no project, even if changed settings now name its place as the project's. */
  async function requireWhole({ id, epoch }: Project, opened: OpenProject): Promise<void> {
    if (whole.has(opened)) return;
    const found = await opened.store.epoch();
    if (found < 0) throw unfinishedCopy(id, epoch);
    whole.add(opened);
  }

  async function create(project: Project): Promise<void> {
    const unavailable = storage.unavailable(project.storageMode);
    if (unavailable) {
      throw new StorageModeUnavailableError(
        `The storage mode ${project.storageMode} isn't available: ${unavailable.why}`,
        unavailable.hint,
      );
    }
    // A store still open there belongs to a project that no longer exists.
    await stores.closeAt(project);
    await storage.create(project);
  }

  async function destroy(project: PlacedProject, options?: DestroyOptions): Promise<void> {
    await stores.closeAt(project);
    await storage.destroy(project, options);
  }

  async function createNew(project: Project): Promise<() => Promise<void>> {
    const folder = storage.folderOf(project);
    const missing = folder === null ? [] : await missingFolders(folder);
    async function undo(): Promise<void> {
      // The folder existed before: its contents aren't ours.
      if (folder !== null && missing.length === 0) return;
      await destroy(project).catch(() => undefined);
      await removeEmpty(missing);
    }
    try {
      await create(project);
      return undo;
    } catch (error) {
      await undo();
      throw error;
    }
  }

  return {
    catalog,
    of,
    open: (project) => openFor(project.id, project),
    at: stores.get,
    find: storage.find,
    create,
    createNew,
    destroy,
    async whileClosed(mode, work) {
      await stores.closeMode(mode);
      try {
        return await work();
      } finally {
        // A store opened meanwhile may hold what no longer exists.
        await stores.closeMode(mode);
      }
    },
    closeIdle: stores.closeIdle,
    close: stores.close,
  };
}

function unfinishedCopy(id: string, epoch: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `The place that the settings name for ${id} holds the unfinished copy of a move; the project is routed by epoch ${epoch}.`,
    'The project itself is stored elsewhere. Check whether the settings of its storage mode (`storageConfig`) were changed, and the `migrations` of the project.',
  );
}
