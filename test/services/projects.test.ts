import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AlreadyExistsError,
  ConflictError,
  NotFoundError,
  StorageModeUnavailableError,
} from '../../src/domain/errors.js';
import { parseId } from '../../src/domain/id.js';
import { author, makeProject, rejection, START, startBench } from './support.js';

describe('creating a project', () => {
  it('sets what was given, defaults for the rest, and creates a store of its own', async () => {
    const { services, factory } = await startBench();
    const project = await services.projects.create(author, {
      name: ' Harbour ',
      path: '/work/harbour/',
      githubRepo: 'acme/harbour',
      techStack: ['TypeScript'],
      settings: { theme: 'dark' },
      secrets: null,
    });
    expect(project).toEqual({
      id: expect.stringMatching(/^prj_/),
      version: 1,
      createdAt: new Date(START).toISOString(),
      updatedAt: new Date(START).toISOString(),
      deletedAt: null,
      externalId: null,
      name: 'Harbour',
      description: '',
      path: '/work/harbour',
      pathKey: '/work/harbour',
      githubRepo: 'acme/harbour',
      customInstructions: '',
      techStack: ['TypeScript'],
      mode: 'SIMPLE',
      isActive: true,
      storageMode: 'LOCAL',
      settings: { theme: 'dark' },
      secrets: null,
      capture: null,
      captureToolCharacters: 2_000,
      key: parseId(project.id)!.projectKey,
      epoch: 1,
    });
    const { project: routed, store } = await factory.of(project.id);
    expect(routed).toEqual(project);
    expect(await store.epoch()).toBe(1);
  });

  it('is refused when the path is taken, and leaves no store behind', async () => {
    const bench = await startBench();
    const first = await makeProject(bench, { path: '/work/app' });
    const before = readdirSync(bench.folder);
    const error = await rejection<AlreadyExistsError>(makeProject(bench, { path: '/work/./app/' }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({ existingId: first.id, fields: ['path'] });
    expect(readdirSync(bench.folder)).toEqual(before);
  });

  it('creates one project when several ask for a path at once, and leaves no store of the others', async () => {
    const bench = await startBench();
    const made = await Promise.allSettled([1, 2, 3, 4].map(() => makeProject(bench, { path: '/work/app' })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of made) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(AlreadyExistsError);
    }
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('prj_'))).toHaveLength(1);
  });

  it('again with the same externalId returns the existing one, even when both come at once', async () => {
    const { services, folder } = await startBench();
    const input = { name: 'Harbour', externalId: 'client/1', path: '/work/app' };
    const both = await Promise.all([services.projects.create(author, input), services.projects.create(author, input)]);
    const again = await services.projects.create(author, { name: 'Other', externalId: 'client/1' });
    expect(new Set([...both, again].map(({ id }) => id)).size).toBe(1);
    expect(again.name).toBe('Harbour');
    expect(readdirSync(folder).filter((name) => name.startsWith('prj_'))).toHaveLength(1);
  });

  it('in an unavailable storage mode says why, and creates nothing', async () => {
    const { services, factory, folder } = await startBench();
    const error = await rejection(services.projects.create(author, { name: 'Harbour', storageMode: 'MONGODB' }));
    expect(error).toBeInstanceOf(StorageModeUnavailableError);
    expect(error).toMatchObject({ message: expect.stringContaining('MONGODB comes later'), hint: 'Use LOCAL.' });
    expect(await factory.catalog.projects.count({}, 'INCLUDE')).toBe(0);
    expect(readdirSync(folder)).toEqual(['catalog']);
  });

  it('never assigns a key twice', async () => {
    const keys = ['aaaaaaaa', 'aaaaaaaa', 'bbbbbbbb'];
    const bench = await startBench({ newProjectKey: () => keys.shift()! });
    expect((await makeProject(bench)).key).toBe('aaaaaaaa');
    expect((await makeProject(bench)).key).toBe('bbbbbbbb');
  });
});

describe('changing a project', () => {
  it('changes what is given and nothing else, and the copy in its store follows', async () => {
    const bench = await startBench();
    const { id, version, pathKey: _, ...before } = await makeProject(bench, { path: '/work/app' });
    bench.clock.now += 1_000;
    const after = await bench.services.projects.update(author, { id, version, description: 'Ships', path: null });
    expect(after).toEqual({
      ...before,
      id,
      version: 2,
      updatedAt: new Date(START + 1_000).toISOString(),
      description: 'Ships',
      path: null,
    });
    const { store } = await bench.factory.of(id);
    expect(await store.manifest()).toEqual(after);
  });

  it('sets what is captured, and null undecides it', async () => {
    const { projects } = (await startBench()).services;
    const made = await projects.create(author, { name: 'Harbour', capture: 'ALL', captureToolCharacters: 0 });
    expect(made).toMatchObject({ capture: 'ALL', captureToolCharacters: 0 });
    const more = await projects.update(author, { id: made.id, version: 1, captureToolCharacters: 20_000 });
    expect(more).toMatchObject({ capture: 'ALL', captureToolCharacters: 20_000 });
    const open = await projects.update(author, { id: made.id, version: 2, capture: null });
    expect(open).toMatchObject({ capture: null, captureToolCharacters: 20_000 });
    for (const captureToolCharacters of [-1, 20_001, 1.5]) {
      const error = await rejection(projects.update(author, { id: made.id, version: 3, captureToolCharacters }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'captureToolCharacters' });
    }
  });

  it('is refused with the current record when another write was first', async () => {
    const bench = await startBench();
    const { id, version } = await makeProject(bench);
    const current = await bench.services.projects.update(author, { id, version, name: 'Dock' });
    const error = await rejection<ConflictError>(bench.services.projects.update(author, { id, version, name: 'Pier' }));
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ recordId: id, current, collection: 'projects' });
  });

  it('is refused when the new path is taken', async () => {
    const bench = await startBench();
    const first = await makeProject(bench, { path: '/work/a' });
    const { id, version } = await makeProject(bench, { path: '/work/b' });
    const error = await rejection(bench.services.projects.update(author, { id, version, path: '/work/a' }));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS', existingId: first.id });
  });
});

describe('deleting a project', () => {
  it('is one write that hides all that is in it, and restoring shows exactly that again', async () => {
    const bench = await startBench();
    const { services, catalog, factory } = bench;
    const { id, version } = await makeProject(bench);
    const kept = await services.tasks.create(author, { projectId: id, title: 'Moor' });
    const gone = await services.tasks.create(author, { projectId: id, title: 'Sink' });
    await services.tasks.delete(author, gone);
    const { seq: inStore } = await (await factory.of(id)).store.log.head();
    const { seq: inCatalog } = await catalog.log.head();

    const deleted = await services.projects.delete(author, { id, version });
    expect(deleted.deletedAt).toBe(new Date(START).toISOString());
    expect((await catalog.log.head()).seq).toBe(inCatalog + 1);
    const error = await rejection<NotFoundError>(factory.of(kept.id));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.hint).toContain(id);
    expect(await services.records.find(kept.id)).toBeNull();
    await expect(services.tasks.update(author, { ...kept, title: 'x' })).rejects.toThrow();

    expect((await services.projects.restore(author, { id })).deletedAt).toBeNull();
    const { tasks, store } = await factory.of(id);
    expect((await tasks.get([kept.id, gone.id])).map((task) => task?.deletedAt === null)).toEqual([true, false]);
    expect((await store.log.head()).seq).toBe(inStore);
  });

  it('frees its path; a restore that finds it taken names the project that has it', async () => {
    const bench = await startBench();
    const first = await makeProject(bench, { path: '/work/app' });
    await bench.services.projects.delete(author, first);
    const second = await makeProject(bench, { path: '/work/app', name: 'Second' });
    const error = await rejection(bench.services.projects.restore(author, { id: first.id }));
    expect(error).toMatchObject({ existingId: second.id, message: expect.stringContaining(second.id) });
  });

  it('is recorded in the copy that its store keeps', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    const deleted = await bench.services.projects.delete(author, project);
    expect(await store.manifest()).toEqual(deleted);
    const restored = await bench.services.projects.restore(author, project);
    expect(await store.manifest()).toEqual(restored);
  });
});

describe('purging a project', () => {
  it('removes it and its data, with a token', async () => {
    const bench = await startBench();
    const { services, factory, folder } = bench;
    const project = await makeProject(bench);
    const task = await services.tasks.create(author, { projectId: project.id, title: 'Moor' });
    const { token, consequence } = await services.records.requestPurge(author, project);
    expect(consequence).toContain('1 task, 0 memories, 0 sessions, 0 states');
    expect(await services.projects.purge(author, { ...project, token })).toEqual(project);
    expect(existsSync(join(folder, project.id))).toBe(false);
    expect(await services.records.find(project.id)).toBeNull();
    await expect(factory.of(task.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('works on a deleted one', async () => {
    const bench = await startBench();
    const project = await bench.services.projects.delete(author, await makeProject(bench));
    const { token } = await bench.services.records.requestPurge(author, project);
    await bench.services.projects.purge(author, { ...project, token });
    expect(existsSync(join(bench.folder, project.id))).toBe(false);
  });
});
