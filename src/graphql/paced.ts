import type { RecordBase } from '../domain/record.js';
import type { Turn } from '../domain/turn.js';
import type { Repositories, Repository } from '../repositories/factory.js';

/** How many reads one request has under way at a time: what others ask for comes in between. */
const MOST_READS = 8;

/** Reads of one request: each in its turn, and few at a time. */
export type Read = <T>(work: () => Promise<T>) => Promise<T>;

export function createRead(turn: Turn): Read {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= MOST_READS) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await turn(work);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** The same repositories, for one request: what it reads through them is paced. */
export function paced(repositories: Repositories, read: Read): Repositories {
  const { store, tasks, memories, sessions, states, search } = repositories;
  return {
    ...repositories,
    store: { ...store, log: { ...store.log, list: (query) => read(() => store.log.list(query)) } },
    tasks: pacedRepository(tasks, read),
    memories: pacedRepository(memories, read),
    sessions: {
      ...pacedRepository(sessions, read),
      memoryTotals: (keys) => read(() => sessions.memoryTotals(keys)),
    },
    states: pacedRepository(states, read),
    search: {
      ...search,
      memories: (query) => read(() => search.memories(query)),
      tasks: (query) => read(() => search.tasks(query)),
      embeddings: (ids) => read(() => search.embeddings(ids)),
      counts: () => read(() => search.counts()),
      status: () => read(() => search.status()),
    },
  };
}

function pacedRepository<T extends RecordBase, F>(repository: Repository<T, F>, read: Read): Repository<T, F> {
  return {
    spec: repository.spec,
    get: (ids) => read(() => repository.get(ids)),
    list: (query) => read(() => repository.list(query)),
    listByParents: (field, parents, query) => read(() => repository.listByParents(field, parents, query)),
    count: (filter, deleted) => read(() => repository.count(filter, deleted)),
  };
}
