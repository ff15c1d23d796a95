import { describe, expect, it, vi } from 'vitest';
import { NotFoundError } from '../../src/domain/errors.js';
import { LOG_START } from '../../src/domain/log-position.js';
import { type Place, projectAt } from '../../src/domain/place.js';
import type { Project } from '../../src/domain/project.js';
import type { ProjectStorage } from '../../src/modes/contract.js';
import { createRepositoryFactory } from '../../src/repositories/factory.js';
import type { VectorDonor } from '../../src/search/vectors/vector-index.js';
import { tasks } from '../../src/storage/collections.js';
import type { Store } from '../../src/storage/store.js';
import { author, type Bench, makeProject, startBench } from '../services/support.js';

const FILES: Place = { mode: 'FILE', location: null };
const OTHER_FILES: Place = { mode: 'FILE', location: '/home/me/harbour' };

async function startAnywhere(folder?: string): Promise<Bench> {
  const bench = await startBench(folder === undefined ? {} : { folder });
  Object.assign(bench.storage, { unavailable: () => null });
  return bench;
}

/** Flips the project's record in the catalog, as the end of a move does. */
async function route({ catalog }: Bench, project: Project): Promise<Project> {
  const document = { ...project, version: project.version + 1 };
  const change = { kind: 'put', collection: 'projects', operation: 'UPDATE', document } as const;
  await catalog.commit([change], { epoch: 1, ...author, at: project.updatedAt });
  return document;
}

const titles = async (store: Store) => (await store.scan(tasks, null, 10)).map(({ title }) => title);

describe('a project stored at two places', () => {
  it('has a store at each, open side by side', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    const task = await bench.services.tasks.create(author, { projectId: project.id, title: 'Moor' });
    const places = [projectAt(project, FILES), projectAt(project, OTHER_FILES)];
    for (const each of places) {
      expect(await bench.factory.find(each)).toBeNull();
      await bench.factory.create({ ...each, epoch: -7 });
      expect(await bench.factory.find(each)).toMatchObject({ projectId: project.id, epoch: -7 });
    }
    const stores = await Promise.all(places.map(async (each) => (await bench.factory.at(each)).store));
    const documents = [{ collection: 'tasks', document: { ...task, title: 'Sail' } }];
    await stores[0]!.import({ documents, entries: [], removed: [] }, -7);
    const { store } = await bench.factory.of(project.id);
    expect([await titles(store), await titles(stores[0]!), await titles(stores[1]!)]).toEqual([['Moor'], ['Sail'], []]);
    expect((await bench.factory.at(places[0]!)).store).toBe(stores[0]);
    for (const [index, each] of places.entries()) expect(await stores[index]!.manifest()).toEqual(each);
    expect(await store.manifest()).toEqual(project);
  });

  it('is read and written at the new one from the flip on, while reads at the old one continue', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    const target = projectAt(project, FILES);
    await bench.factory.create({ ...target, epoch: -7 });
    const { store: next } = await bench.factory.at(target);
    const { store: old } = await bench.factory.of(project.id);
    const stop = new AbortController();
    const following = old.log.follow(LOG_START, stop.signal)[Symbol.asyncIterator]();
    const first = following.next();

    await old.setEpoch(1, 2);
    await next.setEpoch(-7, 3);
    const moved = await route(bench, { ...target, epoch: 3 });
    expect((await bench.factory.of(project.id)).store).toBe(next);
    expect(await next.manifest()).toEqual(moved);
    await bench.services.tasks.create(author, { projectId: project.id, title: 'Sail' });
    expect([await titles(old), await titles(next)]).toEqual([[], ['Sail']]);

    await bench.factory.closeIdle(0);
    expect(await old.epoch()).toBe(2);
    stop.abort();
    await first;
    await bench.factory.closeIdle(0);
    await expect(old.epoch()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('is removed at one and stays whole at the other', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    await bench.services.tasks.create(author, { projectId: project.id, title: 'Moor' });
    const target = projectAt(project, FILES);
    await bench.factory.create({ ...target, epoch: -7 });
    const { store } = await bench.factory.at(target);
    await bench.factory.destroy(target);
    expect(await bench.factory.find(target)).toBeNull();
    await expect(store.epoch()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await titles((await bench.factory.of(project.id)).store)).toEqual(['Moor']);
  });

  it('is closed at both when another server purged it', async () => {
    const bench = await startAnywhere();
    const other = await startAnywhere(bench.folder);
    const project = await makeProject(bench);
    const target = projectAt(project, FILES);
    await bench.factory.create({ ...target, epoch: -7 });
    const { store: source } = await bench.factory.of(project.id);
    const { store } = await bench.factory.at(target);
    const { token } = await other.services.records.requestPurge(author, project);
    await other.services.projects.purge(author, { ...project, token });
    await expect(bench.factory.of(project.id)).rejects.toBeInstanceOf(NotFoundError);
    for (const each of [source, store]) {
      await expect(each.epoch()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
  });

  it('is reopened when another process removed the open store and created it again', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    const other = await startAnywhere(bench.folder);
    await bench.factory.of(project.id);

    await other.factory.destroy(project);
    await other.factory.create({ ...project, epoch: 5 });
    const back = await route(other, { ...project, epoch: 5 });
    await other.services.tasks.create(author, { projectId: project.id, title: 'Sail' });
    const [{ store }, { store: again }] = await Promise.all([bench.factory.open(back), bench.factory.open(back)]);
    expect(again).toBe(store);
    expect(await titles(store)).toEqual(['Sail']);
  });

  it('stays open while its epoch moves on', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    await store.setEpoch(1, 4);
    const later = await route(bench, { ...project, epoch: 4 });
    expect((await bench.factory.open(later)).store).toBe(store);
    // As when a cut-over is abandoned: the catalog first, the head later.
    const last = await route(bench, { ...later, epoch: 7 });
    expect((await bench.factory.open(last)).store).toBe(store);
  });
});

describe('a donor of vectors', () => {
  it('is lent to a store when it is opened, and to one that is open already', async () => {
    const bench = await startAnywhere();
    const project = await makeProject(bench);
    const open = vi.fn<ProjectStorage['open']>(bench.storage.open);
    const factory = createRepositoryFactory(bench.catalog, { ...bench.storage, open });
    const donor = (model: string): VectorDonor => ({
      model,
      read: async (hashes) => new Map(hashes.map((hash) => [`${model} ${hash}`, []])),
    });
    await factory.of(project.id);
    const lent = open.mock.calls[0]![1]!.donor!;
    expect([lent.model, [...(await lent.read(['a'])).keys()]]).toEqual(['', []]);
    await factory.at(project, { donor: donor('voyage') });
    await factory.at(project);
    expect([lent.model, [...(await lent.read(['a'])).keys()]]).toEqual(['voyage', ['voyage a']]);
    expect(open).toHaveBeenCalledTimes(1);
    await factory.close();
  });
});
