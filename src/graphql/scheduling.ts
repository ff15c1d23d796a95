import { type GraphQLSchema, isObjectType } from 'graphql';
import type { RecordBase } from '../domain/record.js';
import type { CatalogRepositories } from '../repositories/catalog.js';
import type { Repositories } from '../repositories/project-repositories.js';
import type { Repository } from '../repositories/repository.js';
import type { ProjectSearch } from '../search/contract.js';
import type { Store } from '../storage/store.js';
import type { Share, Turn } from '../util/turn.js';

/**
 * Makes every resolver that does more than read a property wait for its request's turn, so that a large request doesn't
 * block others. Changes the schema and returns it.
 */
export function scheduleResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, extensions } = field;
      if (!resolve || 'pothosExposedField' in extensions || type.name.startsWith('__')) continue;
      field.resolve = (parent, args, context: { readonly turn: Turn }, info) =>
        context.turn(() => resolve(parent, args, context, info));
    }
  }
  return schema;
}

/** Maximum number of reads that one request runs concurrently. */
const MAX_READS = 8;

/** Runs a read within the limits of its request. @throws what the read throws, and as `Share.hold` */
export type ReadLimiter = <T>(work: () => Promise<T>) => Promise<T>;

/** The limiter of one request: few reads run at a time, each in its turn, and what they read counts as held by the request. */
export function createReadLimiter({ turn, hold }: Share): ReadLimiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= MAX_READS) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      const found = await turn(work);
      hold(estimateBytes(found));
      return found;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** Overheads of an object or array, and of each field, in bytes. */
const PER_OBJECT = 16;
const PER_FIELD = 8;

/** Estimated size of a value in memory, in bytes: two per character of its strings, plus an overhead per object and field. */
function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = PER_OBJECT;
  if (Array.isArray(value)) for (const item of value) bytes += estimateBytes(item);
  else for (const key in value) bytes += PER_FIELD + estimateBytes((value as Readonly<Record<string, unknown>>)[key]);
  return bytes;
}

/** Batch size of a lookup by ids: small enough that a batch is read quickly. */
const ID_BATCH = 32;

/** Reads all of the ids, a page at a time. */
async function getAll<T>(
  ids: readonly string[],
  getFirst: (ids: readonly string[]) => Promise<readonly (T | null)[]>,
): Promise<readonly (T | null)[]> {
  const found: (T | null)[] = [];
  while (found.length < ids.length) found.push(...(await getFirst(ids.slice(found.length, found.length + ID_BATCH))));
  return found;
}

/**
 * A project's repositories for one request: its reads go through the limiter. Each is created when it is used, as a request
 * uses one or two. A class, since V8 takes a microsecond for each getter of an object literal.
 */
export class LimitedRepositories implements Repositories {
  constructor(
    private readonly all: Repositories,
    private readonly read: ReadLimiter,
  ) {}

  get project(): Repositories['project'] {
    return this.all.project;
  }

  get store(): Store {
    const { store } = this.all;
    const { read } = this;
    return {
      ...store,
      log: {
        ...store.log,
        list: (query) => read(() => store.log.list(query)),
        listHeaders: (query) => read(() => store.log.listHeaders(query)),
      },
    };
  }

  get tasks(): Repositories['tasks'] {
    return limitRepository(this.all.tasks, this.read);
  }

  get memories(): Repositories['memories'] {
    return limitRepository(this.all.memories, this.read);
  }

  get sessions(): Repositories['sessions'] {
    const { sessions } = this.all;
    return {
      ...limitRepository(sessions, this.read),
      memoryTotals: (keys) => this.read(() => sessions.memoryTotals(keys)),
    };
  }

  get states(): Repositories['states'] {
    return limitRepository(this.all.states, this.read);
  }

  get search(): ProjectSearch {
    const { search } = this.all;
    const { read } = this;
    return {
      ...search,
      memories: (query) => read(() => search.memories(query)),
      tasks: (query) => read(() => search.tasks(query)),
      graph: (work) => read(() => search.graph(work)),
      links: (work, wait) => read(() => search.links(work, wait)),
      embeddings: (ids) => read(() => search.embeddings(ids)),
      counts: () => read(() => search.counts()),
      status: () => read(() => search.status()),
    };
  }
}

/** The catalog's repositories for one request: its reads go through the limiter. */
export class LimitedCatalog implements CatalogRepositories {
  constructor(
    private readonly all: CatalogRepositories,
    private readonly read: ReadLimiter,
  ) {}

  get store(): Store {
    return this.all.store;
  }

  get projects(): CatalogRepositories['projects'] {
    const { projects } = this.all;
    return { ...projects, ...limitRepository(projects, this.read) };
  }
}

function limitRepository<T extends RecordBase, F>(repository: Repository<T, F>, read: ReadLimiter): Repository<T, F> {
  return {
    spec: repository.spec,
    get: (ids) =>
      ids.length === 1
        ? read(() => repository.get(ids))
        : getAll(ids, (batch) => read(() => repository.getFirst(batch))),
    getFirst: (ids, passes) => read(() => repository.getFirst(ids, passes)),
    list: (query) => read(() => repository.list(query)),
    listByParents: (field, parents, query) => read(() => repository.listByParents(field, parents, query)),
    count: (filter, deleted) => read(() => repository.count(filter, deleted)),
  };
}
