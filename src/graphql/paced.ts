import type { RecordBase } from '../domain/record.js';
import type { CatalogRepositories } from '../repositories/catalog.js';
import type { Repositories } from '../repositories/project-repositories.js';
import type { Repository } from '../repositories/repository.js';
import type { ProjectSearch } from '../search/search.js';
import type { Store } from '../storage/store.js';
import type { Share } from '../util/turn.js';

/** How many reads one request runs at a time, so that those of others come in between. */
const MOST_READS = 8;

/** Reads of one request: each in its turn, few at a time; the size of their results counts as held by the request. */
export type Read = <T>(work: () => Promise<T>) => Promise<T>;

export function createRead({ turn, hold }: Share): Read {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= MOST_READS) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      const found = await turn(work);
      hold(weigh(found));
      return found;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** About how many bytes a value takes: two for each character of its texts, and some for each of its parts. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = PER_OBJECT;
  if (Array.isArray(value)) for (const item of value) bytes += weigh(item);
  else for (const key in value) bytes += PER_FIELD + weigh((value as Readonly<Record<string, unknown>>)[key]);
  return bytes;
}

const PER_OBJECT = 16;
const PER_FIELD = 8;

/** Ids that are looked up in one piece: however large their records are, it doesn't take long. */
const IDS_AT_ONCE = 32;

async function readIds<T>(
  ids: readonly string[],
  get: (ids: readonly string[]) => Promise<readonly (T | null)[]>,
): Promise<readonly (T | null)[]> {
  if (ids.length <= IDS_AT_ONCE) return get(ids);
  const found: (T | null)[] = [];
  while (found.length < ids.length) found.push(...(await get(ids.slice(found.length, found.length + IDS_AT_ONCE))));
  return found;
}

/** The same repositories, for one request: what it reads through them is paced. */
export function paced(repositories: Repositories, read: Read): Repositories {
  return new PacedRepositories(repositories, read);
}

/**
 * A request uses one or two of them: each is made when it is used. A class, since V8 takes a microsecond for each getter of
 * an object that is written as a literal.
 */
class PacedRepositories implements Repositories {
  constructor(
    private readonly all: Repositories,
    private readonly read: Read,
  ) {}

  get project(): Repositories['project'] {
    return this.all.project;
  }

  get store(): Store {
    const { store } = this.all;
    return { ...store, log: { ...store.log, list: (query) => this.read(() => store.log.list(query)) } };
  }

  get tasks(): Repositories['tasks'] {
    return pacedRepository(this.all.tasks, this.read);
  }

  get memories(): Repositories['memories'] {
    return pacedRepository(this.all.memories, this.read);
  }

  get sessions(): Repositories['sessions'] {
    const { sessions } = this.all;
    return {
      ...pacedRepository(sessions, this.read),
      memoryTotals: (keys) => this.read(() => sessions.memoryTotals(keys)),
    };
  }

  get states(): Repositories['states'] {
    return pacedRepository(this.all.states, this.read);
  }

  get search(): ProjectSearch {
    const { search } = this.all;
    const { read } = this;
    return {
      ...search,
      memories: (query) => read(() => search.memories(query)),
      tasks: (query) => read(() => search.tasks(query)),
      embeddings: (ids) => read(() => search.embeddings(ids)),
      counts: () => read(() => search.counts()),
      status: () => read(() => search.status()),
    };
  }
}

/** The same of the catalog. */
export class PacedCatalog implements CatalogRepositories {
  constructor(
    private readonly all: CatalogRepositories,
    private readonly read: Read,
  ) {}

  get store(): Store {
    return this.all.store;
  }

  get projects(): CatalogRepositories['projects'] {
    const { projects } = this.all;
    return { ...projects, ...pacedRepository(projects, this.read) };
  }
}

/** The same repository, for one request. */
function pacedRepository<T extends RecordBase, F>(repository: Repository<T, F>, read: Read): Repository<T, F> {
  return {
    spec: repository.spec,
    get: (ids) => readIds(ids, (piece) => read(() => repository.get(piece))),
    list: (query) => read(() => repository.list(query)),
    listByParents: (field, parents, query) => read(() => repository.listByParents(field, parents, query)),
    count: (filter, deleted) => read(() => repository.count(filter, deleted)),
  };
}
