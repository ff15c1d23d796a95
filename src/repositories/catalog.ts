import type { Project } from '../domain/project.js';
import { projects } from '../storage/collections.js';
import type { Condition, FieldValue, Store } from '../storage/store.js';
import { normalizePath, pathKey } from '../util/path.js';
import { type ProjectFilter, projectConditions } from './filters.js';
import { createRepository, type Repository } from './repository.js';

/** The catalog: the records of all projects. */
export interface CatalogRepositories {
  readonly store: Store;
  readonly projects: Repository<Project, ProjectFilter> & {
    /** The live project whose working directory is this folder, however its path is spelled; of several, the one with this spelling. */
    findByPath(path: string): Promise<Project | null>;
    /** All of them: there may be several that date from before paths had keys. */
    listByPath(path: string): Promise<readonly Project[]>;
    /** The key that all spellings of a path share on this server's platform; null when the path isn't absolute. */
    pathKey(path: string): string | null;
    /** The project that the key in an id names, deleted ones included. */
    findByKey(key: string): Promise<Project | null>;
  };
}

/** Projects read at a time. */
const PAGE = 200;

/** The catalog over its store. @param platform whose rules decide whether two paths name one folder */
export function createCatalog(store: Store, platform: typeof process.platform): CatalogRepositories {
  const collection = store.collection(projects);

  async function findBy(field: 'key' | 'path' | 'pathKey', value: FieldValue, deleted: 'EXCLUDE' | 'INCLUDE') {
    const order = { field, direction: 'ASC' } as const;
    const { items } = await collection.list({ where: [{ field, is: value }], deleted, order, limit: 1 });
    return items[0] ?? null;
  }

  /** A key's project never changes, so its id is looked up once; the record itself is read each time. */
  const idOf = new Map<string, string>();
  async function findByKey(key: string): Promise<Project | null> {
    const id = idOf.get(key);
    const [known] = id === undefined ? [] : await collection.get([id]);
    if (known) return known;
    const found = await findBy('key', key, 'INCLUDE');
    if (found) idOf.set(key, found.id);
    return found;
  }

  /** Projects with a path but no path key: last written before paths had keys. */
  async function* unkeyed(): AsyncGenerator<Project> {
    const where: Condition[] = [
      { field: 'pathKey', is: null },
      { field: 'path', gte: '' },
    ];
    const order = { field: 'pathKey', direction: 'ASC' } as const;
    for (let last: Project | undefined; ; ) {
      const after = last ? { value: null, id: last.id } : null;
      const { items, hasMore } = await collection.list({ where, order, after, limit: PAGE });
      yield* items;
      last = items.at(-1);
      if (!hasMore || !last) return;
    }
  }

  async function listByPath(path: string): Promise<readonly Project[]> {
    const key = pathKey(path, platform);
    if (key === null) return [];
    const same = [
      await findBy('path', normalizePath(path, platform), 'EXCLUDE'),
      await findBy('pathKey', key, 'EXCLUDE'),
    ];
    for await (const project of unkeyed()) {
      if (project.path !== null && pathKey(project.path, platform) === key) same.push(project);
    }
    return [...new Map(same.flatMap((project) => (project ? [[project.id, project]] : []))).values()];
  }

  return {
    store,
    projects: {
      ...createRepository(store, projects, projectConditions),
      findByPath: async (path) => (await listByPath(path))[0] ?? null,
      listByPath,
      pathKey: (path) => pathKey(path, platform),
      findByKey,
    },
  };
}
