import { NotFoundError, StorageModeUnavailableError, StoreError } from '../domain/errors.js';
import { invalidId, parseId } from '../domain/id.js';
import type { PlacedProject } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import { missingFolders, removeEmpty } from '../files/traces.js';
import type { DestroyOptions, OpenProject, ProjectStorage } from '../modes/contract.js';
import { memories, sessions, states, tasks } from '../storage/collections.js';
import type { Store } from '../storage/store.js';
import { createCatalog } from './catalog.js';
import type { Repositories, RepositoryFactory } from './factory.js';
import { memoryConditions, sessionConditions, stateConditions, taskConditions } from './filters.js';
import { createProjectStores } from './project-stores.js';
import { createRepository } from './repository.js';

/**
 * The repositories of a catalog's projects. Closing it closes every project's store; the catalog stays its owner's.
 * @param platform by whose rules two paths are of one folder. Left out: that of this process.
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
      if (!project) await stores.letGo(parsed.projectKey);
      throw new NotFoundError(id);
    }
    return openFor(id, project);
  }

  async function openFor(id: string, project: Project): Promise<Repositories> {
    if (project.deletedAt) {
      throw new NotFoundError(
        id,
        id === project.id ? `The project ${id} is deleted.` : `The project of ${id} is deleted.`,
        `Restore the project ${project.id} first: that brings back all that is in it.`,
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

  /** Stores that were seen to be projects', not copies that a move was writing. */
  const whole = new WeakSet<OpenProject>();

  /** What an unfinished move left at a place is no project, even if settings have come to say that the project lies there. */
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
    // What may be open there is of something that is gone.
    await stores.letGoAt(project);
    await storage.create(project);
  }

  async function destroy(project: PlacedProject, options?: DestroyOptions): Promise<void> {
    await stores.letGoAt(project);
    await storage.destroy(project, options);
  }

  return {
    catalog,
    of,
    open: (project) => openFor(project.id, project),
    at: stores.get,
    find: storage.find,
    create,
    async createNew(project) {
      const folder = storage.folderOf(project);
      const made = folder === null ? [] : await missingFolders(folder);
      async function undo(): Promise<void> {
        // Something of somebody else was there before.
        if (folder !== null && made.length === 0) return;
        await destroy(project).catch(() => undefined);
        await removeEmpty(made);
      }
      try {
        await create(project);
        return undo;
      } catch (error) {
        await undo();
        throw error;
      }
    },
    destroy,
    async whileClosed(mode, work) {
      await stores.letGoOf(mode);
      try {
        return await work();
      } finally {
        // Whoever opened one meanwhile may hold what is gone by now.
        await stores.letGoOf(mode);
      }
    },
    closeIdle: stores.closeIdle,
    close: stores.close,
  };
}

/** Of an open project. They are the same however its record changes. */
function createRepositories({ store, search }: OpenProject): Omit<Repositories, 'project'> {
  return {
    store,
    tasks: createRepository(store, tasks, taskConditions),
    memories: createRepository(store, memories, memoryConditions),
    sessions: {
      ...createRepository(store, sessions, sessionConditions),
      async memoryTotals(keys) {
        const totals = await store.collection(memories).countByParents('sessionId', keys, 'occurredAt');
        return totals.map(({ count, greatest }) => ({ count, lastAt: greatest }));
      },
    },
    states: createRepository(store, states, stateConditions),
    search,
  };
}

function unfinishedCopy(id: string, epoch: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `What lies of ${id} where the settings say is a copy that a move didn't finish; the project is routed by epoch ${epoch}.`,
    'The project itself lies elsewhere. Look whether the settings of its storage mode (`storageConfig`) were changed, and at `migrations` of the project.',
  );
}
