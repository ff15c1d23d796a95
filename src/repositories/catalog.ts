import type { Project } from '../domain/project.js';
import { projects } from '../storage/collections.js';
import type { Condition, FieldValue, Store } from '../storage/store.js';
import { normalizePath, pathKey } from '../util/path.js';
import type { CatalogRepositories } from './factory.js';
import { projectConditions } from './filters.js';
import { createRepository } from './repository.js';

/** Records of projects that are read at a time. */
const PAGE = 200;

/** The catalog over its store. @param platform by whose rules two paths are of one folder */
export function createCatalog(store: Store, platform: typeof process.platform): CatalogRepositories {
  const collection = store.collection(projects);

  async function findBy(field: 'key' | 'path' | 'pathKey', value: FieldValue, deleted: 'EXCLUDE' | 'INCLUDE') {
    const order = { field, direction: 'ASC' } as const;
    const { items } = await collection.list({ where: [{ field, is: value }], deleted, order, limit: 1 });
    return items[0] ?? null;
  }

  /** Which project has a key never changes, so it is looked up once; the project itself is read each time. */
  const idOf = new Map<string, string>();
  async function findByKey(key: string): Promise<Project | null> {
    const id = idOf.get(key);
    const [known] = id === undefined ? [] : await collection.get([id]);
    if (known) return known;
    const found = await findBy('key', key, 'INCLUDE');
    if (found) idOf.set(key, found.id);
    return found;
  }

  /** Those with a path that were stored before paths had keys, and not written since. */
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
