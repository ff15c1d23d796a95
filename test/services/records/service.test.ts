import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/domain/session.js';
import type { Task } from '../../../src/domain/task.js';
import { author, makeProject, rejection, START, startBench } from '../support.js';

const at = (ms: number) => new Date(START + ms).toISOString();

async function startRecords() {
  const bench = await startBench();
  const project = await makeProject(bench, { path: '/work/app' });
  const { tasks, records } = bench.services;
  const task = await tasks.create(author, { projectId: project.id, title: 'one' });
  return { ...bench, project, tasks, records, task };
}

describe('finding a record by its id alone', () => {
  it('works for every kind, deleted ones included', async () => {
    const { records, services, project, task } = await startRecords();
    const memory = await services.memories.save(author, { projectId: project.id, content: 'x', role: 'USER' });
    const state = await services.states.save(author, { ownerId: task.id, key: 'plan', value: 1 });
    const deleted = await services.tasks.delete(author, task);
    expect(await Promise.all([project, memory, state, task].map(({ id }) => records.find(id)))).toEqual([
      project,
      memory,
      state,
      deleted,
    ]);
  });

  it('is null for one that doesn’t exist, and refused for what is not an id', async () => {
    const { records, task, project } = await startRecords();
    const unknown = task.id.replace(/^(tsk_).{18}/, `$1${'0'.repeat(18)}`);
    expect(await records.find(unknown)).toBeNull();
    expect(await records.find(`${task.id.slice(0, -8)}zzzzzzzz`)).toBeNull();
    expect(await records.find(`prj_${'0'.repeat(18)}${project.key}`)).toBeNull();
    expect(await rejection(records.find('task 1'))).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the history of a record', () => {
  it('shows who changed it, when, how, and what it was', async () => {
    const { tasks, task, factory, clock } = await startRecords();
    clock.now += 1;
    await tasks.update({ actor: 'ann', requestId: 'r2' }, { ...task, title: 'two' });
    clock.now += 1;
    await tasks.delete({ actor: 'bob', requestId: 'r3' }, { id: task.id, version: 2 });
    const { store } = await factory.of(task.id);
    const { items } = await store.log.list({ recordId: task.id, direction: 'ASC', limit: 10 });
    expect(
      items.map(({ entry, after }) => [
        entry.actor,
        entry.requestId,
        entry.at,
        entry.operation,
        entry.version,
        after?.title,
      ]),
    ).toEqual([
      ['tester', 'request-1', at(0), 'CREATE', 1, 'one'],
      ['ann', 'r2', at(1), 'UPDATE', 2, 'two'],
      ['bob', 'r3', at(2), 'DELETE', 3, 'two'],
    ]);
  });
});

describe('reverting a record', () => {
  it('writes the old content as a new version, and loses nothing in between', async () => {
    const { tasks, records, task, clock, factory } = await startRecords();
    clock.now += 1;
    await tasks.update(author, { ...task, title: 'two', status: 'DONE' });
    clock.now += 1;
    await tasks.update(author, { id: task.id, version: 2, title: 'three', status: 'TESTING' });
    clock.now += 1;
    const reverted = await records.revert(author, { id: task.id, version: 3, toVersion: 1 });
    expect(reverted).toEqual({ ...task, version: 4, updatedAt: at(3) });
    const done = (await records.revert(author, { id: task.id, version: 4, toVersion: 2 })) as Task;
    expect(done).toMatchObject({ title: 'two', status: 'DONE', completedAt: at(1), version: 5 });
    const [entry] = await (await factory.of(task.id)).store.log.read(4, 1);
    expect(entry).toMatchObject({ operation: 'REVERT', version: 5 });
    expect(await records.revert(author, { id: task.id, version: 5, toVersion: 3 })).toMatchObject({ title: 'three' });
  });

  it('undoes a deletion, and deletes again from now', async () => {
    const { tasks, records, task, clock } = await startRecords();
    await tasks.delete(author, task);
    expect(await records.revert(author, { id: task.id, version: 2, toVersion: 1 })).toMatchObject({ deletedAt: null });
    clock.passDays(50);
    const again = await records.revert(author, { id: task.id, version: 3, toVersion: 2 });
    expect(again.deletedAt).toBe(new Date(clock.now).toISOString());
  });

  it('to the version that it has writes nothing', async () => {
    const { records, task } = await startRecords();
    expect(await records.revert(author, { id: task.id, version: 1, toVersion: 1 })).toEqual(task);
  });

  it('needs the version that was read, and an existing one to revert to', async () => {
    const { records, tasks, task } = await startRecords();
    const current = await tasks.update(author, { ...task, title: 'two' });
    expect(await rejection(records.revert(author, { id: task.id, version: 1, toVersion: 1 }))).toMatchObject({
      code: 'CONFLICT',
      current,
    });
    const future = { id: task.id, version: 2, toVersion: 9 };
    expect(await rejection(records.revert(author, future))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'toVersion',
    });
  });

  it('reports when the log no longer has what it was', async () => {
    const { records, tasks, task, factory, clock } = await startRecords();
    await tasks.update(author, { ...task, title: 'two' });
    clock.passDays(1);
    await (await factory.of(task.id)).store.trimLog(new Date(clock.now).toISOString());
    expect(await rejection(records.revert(author, { id: task.id, version: 2, toVersion: 1 }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'toVersion',
      message: expect.stringContaining('no longer kept'),
    });
  });

  it('keeps the rules: a project gets no path that is taken, and stays where it lives', async () => {
    const bench = await startRecords();
    const { services, records, project } = bench;
    await services.projects.update(author, { ...project, path: '/work/new', name: 'New' });
    const taker = await makeProject(bench, { path: '/work/app' });
    const back = { id: project.id, version: 2, toVersion: 1 };
    expect(await rejection(records.revert(author, back))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: taker.id,
    });
    await services.projects.update(author, { ...taker, path: null });
    expect(await records.revert(author, back)).toMatchObject({
      name: project.name,
      path: '/work/app',
      epoch: 1,
      version: 3,
    });
  });

  it('restores the old values, even where they name a task that is gone', async () => {
    const { tasks, records, project, task } = await startRecords();
    const other = await tasks.create(author, { projectId: project.id, title: 'other', dependsOn: [task.id] });
    await tasks.update(author, { ...other, dependsOn: [] });
    await tasks.delete(author, task);
    const reverted = await records.revert(author, { id: other.id, version: 2, toVersion: 1 });
    expect(reverted).toMatchObject({ dependsOn: [task.id] });
  });

  it('leaves a project that was moved where it lives now', async () => {
    const { records, project, catalog } = await startRecords();
    const moved = { ...project, storageMode: 'FILE', epoch: 3, version: 2 } as const;
    const change = { kind: 'put', collection: 'projects', operation: 'UPDATE', document: moved } as const;
    await catalog.commit([change], { epoch: 1, actor: 'mover', requestId: 'r', at: project.updatedAt });
    const renaming = { ...change, document: { ...moved, name: 'Moved', version: 3 } };
    await catalog.commit([renaming], { epoch: 1, actor: 'tester', requestId: 'r', at: project.updatedAt });
    const reverted = await records.revert(author, { id: project.id, version: 3, toVersion: 1 });
    expect(reverted).toMatchObject({ name: project.name, epoch: 3, storageMode: 'FILE' });
  });

  it('keeps the rules: a task that would wait for itself stays as it is', async () => {
    const { tasks, records, project, task } = await startRecords();
    const other = await tasks.create(author, { projectId: project.id, title: 'other', dependsOn: [task.id] });
    await tasks.update(author, { ...other, dependsOn: [] });
    await tasks.update(author, { ...task, dependsOn: [other.id] });
    const error = await rejection(records.revert(author, { id: other.id, version: 2, toVersion: 1 }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'dependsOn' });
  });

  it('of a deleted session brings its memories with it', async () => {
    const { services, records, project, factory } = await startRecords();
    await services.memories.save(author, { projectId: project.id, content: 'x', role: 'USER', sessionId: 'chat' });
    const { sessions, memories } = await factory.of(project.id);
    const order = { field: 'startedAt', direction: 'ASC' } as const;
    const [session] = (await sessions.list({ filter: {}, deleted: 'EXCLUDE', order, limit: 1 })).items;
    await services.sessions.delete(author, session!);
    const reverted = (await records.revert(author, { id: session!.id, version: 2, toVersion: 1 })) as Session;
    expect(reverted).toMatchObject({ key: 'chat', deletedAt: null, version: 3 });
    expect(await memories.count({ sessionId: 'chat' }, 'EXCLUDE')).toBe(1);
  });
});

describe('repairing a search index', () => {
  it('is what the project search does', async () => {
    const { records, project } = await startRecords();
    expect(await records.repairIndex({ projectId: project.id })).toEqual({ added: 1, removed: 2, retried: 3 });
  });
});
