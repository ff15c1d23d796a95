import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { InvalidInputError, NotFoundError, StoreError } from '../../src/domain/errors.js';
import { LOG_START } from '../../src/domain/log-position.js';
import type { ProjectStorage } from '../../src/modes/contract.js';
import { createRepositoryFactory } from '../../src/repositories/factory.js';
import type { MemoryFilter, ProjectFilter, TaskFilter } from '../../src/repositories/filters.js';
import { tasks } from '../../src/storage/collections.js';
import { author, makeProject, rejection, startBench } from '../services/support.js';
import { restoringInto } from '../support/restored.js';
import { sqliteFactory } from '../support/sqlite.js';

describe('routing from an id to its repositories', () => {
  it('is the same for a project and everything in it', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    await makeProject(bench);
    const task = await bench.services.tasks.create(author, { projectId: project.id, title: 'Moor' });
    for (const id of [project.id, task.id]) {
      const repositories = await bench.factory.of(id);
      expect(repositories.project).toEqual(project);
      expect(await repositories.tasks.get([task.id])).toEqual([task]);
    }
    expect((await bench.factory.open(project)).project).toEqual(project);
  });

  it('fails for no id, no project, or another project', async () => {
    const bench = await startBench();
    const { id, key } = await makeProject(bench);
    await expect(bench.factory.of('prj_1')).rejects.toBeInstanceOf(InvalidInputError);
    await expect(bench.factory.of(`${id.slice(0, -8)}zzzzzzzz`)).rejects.toBeInstanceOf(NotFoundError);
    await expect(bench.factory.of(`prj_${'0'.repeat(18)}${key}`)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('fails for a deleted project, saying how to restore it', async () => {
    const bench = await startBench();
    const project = await bench.services.projects.delete(author, await makeProject(bench));
    expect(await rejection(bench.factory.of(project.id))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('is deleted'),
      hint: expect.stringContaining(`Restore the project ${project.id}`),
    });
    await expect(bench.factory.open(project)).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('a project store', () => {
  it('is opened once for concurrent callers, and again after it failed', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    let failures = 1;
    const open = vi.fn<ProjectStorage['open']>(async (asked) => {
      if (failures-- > 0) throw new StoreError('STORE_UNAVAILABLE', 'away', 'wait');
      return bench.storage.open(asked);
    });
    const factory = createRepositoryFactory(bench.catalog, { ...bench.storage, open });
    await expect(factory.of(project.id)).rejects.toBeInstanceOf(StoreError);
    await Promise.all([factory.of(project.id), factory.of(project.id), factory.of(project.id)]);
    await factory.of(project.id);
    expect(open).toHaveBeenCalledTimes(2);
    await factory.close();
    await factory.close();
    await expect(factory.of(project.id)).rejects.toThrow();
  });

  it('is closed when it is idle, but not while it is followed, and reopens on demand', async () => {
    const bench = await startBench();
    const [used, followed] = [await makeProject(bench), await makeProject(bench)];
    const open = vi.fn(bench.storage.open);
    const factory = createRepositoryFactory(bench.catalog, { ...bench.storage, open });
    await factory.of(used.id);
    const stop = new AbortController();
    const entries = (await factory.of(followed.id)).store.log.follow(LOG_START, stop.signal)[Symbol.asyncIterator]();
    const next = entries.next();
    await factory.closeIdle(60_000);
    await Promise.all([factory.of(used.id), factory.of(followed.id)]);
    expect(open).toHaveBeenCalledTimes(2);

    await factory.closeIdle(0);
    const again = await Promise.all([factory.of(used.id), factory.of(followed.id)]);
    expect(open.mock.calls.map(([{ id }]) => id)).toEqual([used.id, followed.id, used.id]);
    expect(await again[0].store.collection(tasks).count()).toBe(0);

    stop.abort();
    await next;
    await factory.closeIdle(0);
    await factory.of(followed.id);
    expect(open).toHaveBeenCalledTimes(4);
    await factory.close();
  });

  it('has the project’s record as its manifest when the catalog was restored, though versions repeat', async () => {
    const bench = await startBench();
    let project = await makeProject(bench);
    const rename = async (name: string) => {
      bench.clock.passDays(1);
      const { id } = project;
      const [current] = await bench.factory.catalog.projects.get([id]);
      project = await bench.services.projects.update(author, { id, version: current!.version, name });
      return (await bench.factory.of(id)).store;
    };
    const restore = await restoringInto(sqliteFactory()).copy(join(bench.folder, 'catalog', 'store.db'));
    for (const name of ['Pier', 'Quay', 'Dock']) await rename(name);
    await restore();
    const store = await rename('Haven');
    expect(project).toMatchObject({ name: 'Haven', version: 2 });
    expect(await store.manifest()).toEqual(project);
  });

  it('has the copy of its project brought up to date when it is opened', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    expect(await store.manifest()).toEqual(project);
    await store.writeManifest({ ...project, version: 0, name: 'old' });
    const write = vi.fn();
    const open: ProjectStorage['open'] = async (asked) => {
      const opened = await bench.storage.open(asked);
      const writeManifest: typeof opened.store.writeManifest = async (manifest) => {
        write();
        await opened.store.writeManifest(manifest);
      };
      return { ...opened, store: { ...opened.store, writeManifest } };
    };
    for (const times of [1, 1]) {
      const factory = createRepositoryFactory(bench.catalog, { ...bench.storage, open });
      const opened = await factory.of(project.id);
      expect(await opened.store.manifest()).toEqual(project);
      expect(write).toHaveBeenCalledTimes(times);
      await factory.close();
    }
  });

  it('is closed when its project was purged by another server', async () => {
    const bench = await startBench();
    const other = await startBench({ folder: bench.folder });
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    const { token } = await other.services.records.requestPurge(author, project);
    await other.services.projects.purge(author, { ...project, token });
    await expect(bench.factory.of(project.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(store.manifest()).rejects.toBeInstanceOf(StoreError);
  });

  it('is closed before and after work on its mode, even when opened during it', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    let between = store;
    await bench.factory.whileClosed('FILE', async () => expect(await store.epoch()).toBe(1));
    await bench.factory.whileClosed('LOCAL', async () => {
      await expect(store.epoch()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      between = (await bench.factory.of(project.id)).store;
    });
    await expect(between.epoch()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await (await bench.factory.of(project.id)).store.epoch()).toBe(1);
  });
});

describe('lists of records', () => {
  it('filter projects by text, activity and modes', async () => {
    const bench = await startBench();
    const { projects } = bench.services;
    const make = async (
      name: string,
      more: { description?: string; path?: string; isActive?: boolean; mode?: 'DEVELOPMENT' },
    ) => projects.create(author, { name, ...more });
    await make('Alpha', { description: 'ships' });
    await make('Beta', { path: '/srv/SHIPS', isActive: false });
    await make('Gamma', { mode: 'DEVELOPMENT' });
    const names = async (filter: ProjectFilter) => {
      const order = { field: 'name', direction: 'ASC' } as const;
      const { items } = await bench.factory.catalog.projects.list({ filter, deleted: 'EXCLUDE', order, limit: 10 });
      expect(await bench.factory.catalog.projects.count(filter, 'EXCLUDE')).toBe(items.length);
      return items.map(({ name }) => name);
    };
    expect(await names({ text: 'ships' })).toEqual(['Alpha', 'Beta']);
    expect(await names({ text: '' })).toHaveLength(3);
    expect(await names({ isActive: false })).toEqual(['Beta']);
    expect(await names({ mode: 'DEVELOPMENT', isActive: true })).toEqual(['Gamma']);
    expect(await names({ storageMode: 'FILE' })).toEqual([]);
    expect((await bench.factory.catalog.projects.findByPath('/srv/./SHIPS/'))?.name).toBe('Beta');
    expect(await bench.factory.catalog.projects.findByPath('srv')).toBeNull();
  });

  it('filter tasks and memories by every field of their filters', async () => {
    const bench = await startBench();
    const { id: projectId } = await makeProject(bench);
    const { tasks, memories } = bench.services;
    const first = await tasks.create(author, { projectId, title: 'Moor', description: 'Rope', assignedAgent: 'bo' });
    bench.clock.now += 1_000;
    await tasks.create(author, { projectId, title: 'Sail', status: 'DONE', priority: 'HIGH', type: 'BUG' });
    await memories.save(author, { projectId, content: 'a', role: 'USER', sessionId: 's', taskId: first.id });
    await memories.save(author, {
      projectId,
      content: 'b',
      role: 'SYSTEM',
      occurredAt: '2026-01-01T00:00:00Z',
      metadata: { lang: 'ts', 'with.dot': { deep: [1] } },
    });
    const repositories = await bench.factory.of(projectId);
    const titles = async (filter: TaskFilter) => {
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      return (await repositories.tasks.list({ filter, deleted: 'EXCLUDE', order, limit: 10 })).items.map(
        (task) => task.title,
      );
    };
    expect(await titles({ text: 'rope' })).toEqual(['Moor']);
    expect(await titles({ statuses: ['DONE', 'TESTING'] })).toEqual(['Sail']);
    expect(await titles({ priorities: ['MEDIUM'] })).toEqual(['Moor']);
    expect(await titles({ types: ['BUG'], priorities: ['HIGH'] })).toEqual(['Sail']);
    expect(await titles({ assignedAgent: 'bo' })).toEqual(['Moor']);
    expect(await titles({ assignedAgent: null })).toEqual(['Sail']);
    expect(await titles({ statuses: [] })).toEqual([]);
    expect(await titles({ createdAt: { before: '2026-03-01T12:00:01.000Z' } })).toEqual(['Moor']);
    expect(await titles({ createdAt: { after: '2026-03-01T12:00:01.000Z' } })).toEqual(['Sail']);

    const contents = async (filter: MemoryFilter) => {
      const order = { field: 'occurredAt', direction: 'ASC' } as const;
      const { items } = await repositories.memories.list({ filter, deleted: 'EXCLUDE', order, limit: 10 });
      return items.map(({ content }) => content).join('');
    };
    expect(await contents({})).toBe('ba');
    expect(await contents({ sessionId: 's' })).toBe('a');
    expect(await contents({ sessionId: null })).toBe('b');
    expect(await contents({ taskId: first.id, roles: ['USER'] })).toBe('a');
    expect(await contents({ occurredAt: { after: '2026-01-01T00:00:00.000Z', before: '2026-01-02' } })).toBe('b');
    expect(await contents({ metadata: { lang: 'ts' } })).toBe('b');
    expect(await contents({ metadata: { 'with.dot': { deep: [1] } } })).toBe('b');
    expect(await contents({ metadata: { lang: 'js' } })).toBe('');
    const pages = await repositories.memories.listByParents('taskId', [first.id, 'none'], {
      filter: { roles: ['USER'] },
      deleted: 'EXCLUDE',
      order: { field: 'occurredAt', direction: 'ASC' },
      limit: 1,
    });
    expect(pages.map(({ items }) => items.length)).toEqual([1, 0]);
  });
});
