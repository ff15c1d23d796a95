import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LOG_START } from '../../src/domain/log-position.js';
import type { Project } from '../../src/domain/project.js';
import type { ProjectStorage } from '../../src/modes/contract.js';
import { createProjectStores, type ProjectStores } from '../../src/repositories/project-stores.js';
import { tasks } from '../../src/storage/collections.js';
import { makeProject, startBench } from '../services/support.js';

/** Two projects may be open at once. */
const MOST = 2;

describe('of more projects than may be open', () => {
  let projects: readonly [Project, Project, Project, Project];
  let stores: ProjectStores;
  let closed: string[];
  /** The projects whose indexes have work to do. */
  let indexing: Set<string>;
  /** What a count of tasks waits for. */
  let counting: Promise<void>;
  const open = vi.fn<ProjectStorage['open']>();

  beforeEach(async () => {
    const bench = await startBench();
    projects = [
      await makeProject(bench, { name: 'one' }),
      await makeProject(bench, { name: 'two' }),
      await makeProject(bench, { name: 'three' }),
      await makeProject(bench, { name: 'four' }),
    ];
    await bench.factory.closeIdle(0);
    closed = [];
    indexing = new Set();
    counting = Promise.resolve();
    open.mockReset().mockImplementation(async (project) => {
      const { store, search } = await bench.storage.open(project);
      const close = async () => {
        closed.push(project.name);
        await store.close();
      };
      const settled = (signal?: AbortSignal) =>
        indexing.has(project.name)
          ? new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
          : Promise.resolve();
      const collection: typeof store.collection = (spec) => {
        const all = store.collection(spec);
        return { ...all, count: (...args) => counting.then(() => all.count(...args)) };
      };
      return { store: { ...store, collection, close }, search: { ...search, settled } };
    });
    stores = createProjectStores({ ...bench.storage, open }, MOST);
  });
  afterEach(() => stores.close());

  const openNames = () => open.mock.calls.map(([{ name }]) => name).filter((name) => !closed.includes(name));

  it('the least recently used one is closed, and reopens on demand', async () => {
    const [one, two, three] = projects;
    const first = await stores.get(one);
    await stores.get(two);
    await first.store.collection(tasks).count();
    await stores.get(three);
    expect(closed).toEqual(['two']);
    expect(await (await stores.get(two)).store.collection(tasks).count()).toBe(0);
    expect(closed).toEqual(['two', 'one']);
  });

  it('no more are open, however many are requested at once', async () => {
    await Promise.all(projects.map((project) => stores.get(project)));
    expect(closed).toHaveLength(2);
    expect(openNames()).toHaveLength(MOST);
  });

  it('one that is followed, indexing or answering a call is never closed', async () => {
    const [one, two, three, four] = projects;
    const stop = new AbortController();
    const next = (await stores.get(one)).store.log.follow(LOG_START, stop.signal)[Symbol.asyncIterator]().next();
    indexing.add('two');
    await stores.get(two);
    await stores.get(three);
    let answer = () => {};
    counting = new Promise((resolve) => {
      answer = resolve;
    });
    const count = (await stores.get(three)).store.collection(tasks).count();
    await stores.get(four);
    expect(closed).toEqual([]);
    answer();
    expect(await count).toBe(0);
    stop.abort();
    await next;
  });
});
