import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { author, makeProject, rejection, startBench } from '../support.js';

describe('the retention', () => {
  it('purges older deleted records of every kind, and nothing else', async () => {
    const bench = await startBench();
    const { services, factory, clock, catchUps } = bench;
    const { id: projectId } = await makeProject(bench);
    const { tasks, memories, sessions, states, records } = services;
    const live = await tasks.create(author, { projectId, title: 'live' });
    const old = await tasks.create(author, { projectId, title: 'old' });
    await states.save(author, { ownerId: old.id, key: 'plan', value: 1 });
    await states.delete(author, await states.save(author, { ownerId: projectId, key: 'plan', value: 1 }));
    const memory = await memories.save(author, { projectId, content: 'x', role: 'USER', sessionId: 'chat' });
    const repositories = await factory.of(projectId);
    const order = { field: 'startedAt', direction: 'ASC' } as const;
    const [session] = (await repositories.sessions.list({ filter: {}, deleted: 'EXCLUDE', order, limit: 1 })).items;
    await sessions.delete(author, session!);
    await tasks.delete(author, old);
    clock.passDays(29);
    const recent = await tasks.delete(author, await tasks.create(author, { projectId, title: 'recent' }));
    expect(await records.applyRetention()).toEqual({ purged: 0, trimmed: 0 });
    clock.passDays(1.5);
    expect((await records.applyRetention()).purged).toBe(5);
    expect(await repositories.tasks.get([live.id, old.id, recent.id])).toEqual([live, null, recent]);
    expect(await repositories.memories.get([memory.id])).toEqual([null]);
    expect(await repositories.sessions.count({}, 'INCLUDE')).toBe(0);
    expect(await repositories.states.count({}, 'INCLUDE')).toBe(0);
    expect(catchUps.get(projectId)).toBe(1);
    const { items } = await repositories.store.log.list({ recordId: old.id, direction: 'DESC', limit: 1 });
    expect(items[0]!.entry).toMatchObject({ actor: 'retention', operation: 'PURGE' });
  });

  it('purges more than a batch', async () => {
    const bench = await startBench();
    const { services, factory, clock } = bench;
    const { id: projectId } = await makeProject(bench);
    const batch = Array.from({ length: 700 }, (_, n) => ({ content: `m${n}`, role: 'USER' as const }));
    await services.memories.saveMany(author, { projectId, memories: batch });
    await services.memories.deleteMany(author, { projectId, filter: {}, dryRun: false });
    clock.passDays(31);
    expect((await services.records.applyRetention()).purged).toBe(700);
    expect(await (await factory.of(projectId)).memories.count({}, 'INCLUDE')).toBe(0);
  });

  it('purges projects with their data, and leaves what is in a deleted one alone until then', async () => {
    const bench = await startBench();
    const { services, clock, folder } = bench;
    const project = await makeProject(bench);
    const inside = await services.tasks.create(author, { projectId: project.id, title: 'deleted before' });
    await services.tasks.delete(author, inside);
    clock.passDays(20);
    await services.projects.delete(author, project);
    clock.passDays(20);
    expect((await services.records.applyRetention()).purged).toBe(0);
    await services.projects.restore(author, project);
    expect(await services.records.find(inside.id)).not.toBeNull();
    await services.projects.delete(author, { id: project.id, version: 3 });
    clock.passDays(31);
    expect((await services.records.applyRetention()).purged).toBe(1);
    expect(existsSync(join(folder, project.id))).toBe(false);
  });

  it('erases older log images of projects and of the catalog', async () => {
    const bench = await startBench();
    const { services, factory, catalog, clock } = bench;
    const project = await makeProject(bench);
    const task = await services.tasks.create(author, { projectId: project.id, title: 'one' });
    await services.tasks.update(author, { ...task, title: 'two' });
    await services.projects.update(author, { ...project, name: 'two' });
    clock.passDays(91);
    await services.tasks.update(author, { id: task.id, version: 2, title: 'three' });
    expect(await services.records.applyRetention()).toEqual({ purged: 0, trimmed: 2 });
    const { store } = await factory.of(project.id);
    expect((await store.log.head()).floor).toBe(2);
    expect((await catalog.log.head()).floor).toBe(2);
    expect(await store.log.image(task.id, 2)).toMatchObject({ title: 'two' });
    expect(await store.log.image(task.id, 1)).toBeNull();
  });

  it('of 0 days keeps for ever', async () => {
    const bench = await startBench({ retention: { deletedDays: 0, logDays: 0 } });
    const { services, clock } = bench;
    const project = await makeProject(bench);
    const task = await services.tasks.create(author, { projectId: project.id, title: 'one' });
    await services.tasks.delete(author, task);
    clock.passDays(10_000);
    expect(await services.records.applyRetention()).toEqual({ purged: 0, trimmed: 0 });
    expect(await services.records.find(task.id)).not.toBeNull();
  });

  it('continues with the other projects when one fails, and reports it at the end', async () => {
    const bench = await startBench();
    const { services, factory, clock, storage } = bench;
    const broken = await makeProject(bench);
    const sound = await makeProject(bench);
    const task = await services.tasks.create(author, { projectId: sound.id, title: 'one' });
    await services.tasks.delete(author, task);
    clock.passDays(31);
    await factory.close();
    await storage.destroy(broken);
    const other = await startBench({ folder: bench.folder, now: () => clock.now });
    const error = (await rejection(other.services.records.applyRetention())) as unknown as AggregateError;
    expect(error.errors).toEqual([expect.objectContaining({ code: 'STORE_UNAVAILABLE' })]);
    expect(await other.services.records.find(task.id)).toBeNull();
  });
});
