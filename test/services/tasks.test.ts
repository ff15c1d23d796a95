import { describe, expect, it } from 'vitest';
import { ConflictError, type InvalidInputError, NotFoundError } from '../../src/domain/errors.js';
import { author, makeProject, rejection, START, startBench } from './support.js';

const at = (ms: number) => new Date(START + ms).toISOString();

async function startTasks() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { tasks } = bench.services;
  const make = (title: string, more: { dependsOn?: string[]; externalId?: string } = {}) =>
    tasks.create(author, { projectId, title, ...more });
  return { ...bench, projectId, tasks, make };
}

describe('creating tasks', () => {
  it('sets what was given and defaults for the rest, with an id of its project', async () => {
    const { make, projectId } = await startTasks();
    const task = await make(' Moor the ship ');
    expect(task).toEqual({
      id: expect.stringMatching(/^tsk_/),
      version: 1,
      createdAt: at(0),
      updatedAt: at(0),
      deletedAt: null,
      externalId: null,
      title: 'Moor the ship',
      description: '',
      type: 'FEATURE',
      priority: 'MEDIUM',
      status: 'BACKLOG',
      analysis: null,
      stageResults: [],
      testingUrls: [],
      gitBranch: null,
      worktreePath: null,
      assignedAgent: null,
      estimatedHours: null,
      completedAt: null,
      result: null,
      dependsOn: [],
      parentId: null,
      claim: null,
      claimToken: 0,
      lastRelease: null,
    });
    expect(task.id.slice(-8)).toBe(projectId.slice(-8));
  });

  it('creates all of a batch in order, in one commit', async () => {
    const { tasks, projectId, factory } = await startTasks();
    const made = await tasks.createMany(author, { projectId, tasks: [{ title: 'a' }, { title: 'b' }, { title: 'c' }] });
    expect(made.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
    expect(made.map(({ id }) => id)).toEqual(made.map(({ id }) => id).sort());
    expect((await (await factory.of(projectId)).store.log.head()).seq).toBe(3);
  });

  it('creates none of a batch when one is wrong, and says which', async () => {
    const { tasks, projectId, factory } = await startTasks();
    const error = await rejection<InvalidInputError>(
      tasks.createMany(author, {
        projectId,
        tasks: [{ title: 'a' }, { title: 'b', dependsOn: [`tsk_${'0'.repeat(18)}${projectId.slice(-8)}`] }],
      }),
    );
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'tasks.1.dependsOn.0' });
    expect(await (await factory.of(projectId)).tasks.count({}, 'INCLUDE')).toBe(0);
  });

  it('takes 1 to 1,000 at a time', async () => {
    const { tasks, projectId } = await startTasks();
    const many = Array.from({ length: 1_001 }, (_, index) => ({ title: `t${index}` }));
    expect(await tasks.createMany(author, { projectId, tasks: many.slice(1) })).toHaveLength(1_000);
    expect(await rejection(tasks.createMany(author, { projectId, tasks: many }))).toMatchObject({ field: 'tasks' });
    expect(await rejection(tasks.createMany(author, { projectId, tasks: [] }))).toMatchObject({ field: 'tasks' });
  });

  it('again with the same externalId returns the existing one in its place, and creates the others', async () => {
    const { tasks, projectId, factory, make } = await startTasks();
    const known = await make('known', { externalId: 'one' });
    const made = await tasks.createMany(author, {
      projectId,
      tasks: [
        { title: 'a' },
        { title: 'ignored', externalId: 'one' },
        { title: 'b', externalId: 'two' },
        { title: 'b', externalId: 'two' },
      ],
    });
    expect(made.map(({ title }) => title)).toEqual(['a', 'known', 'b', 'b']);
    expect(made[1]).toEqual(known);
    expect(made[3]).toEqual(made[2]);
    expect(await (await factory.of(projectId)).tasks.count({}, 'INCLUDE')).toBe(3);
  });

  it('many times at once with the same externalIds creates each once', async () => {
    const { tasks, projectId, factory } = await startTasks();
    const batch = ['a', 'b', 'c'].map((externalId) => ({ title: externalId, externalId }));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        tasks.createMany(author, { projectId, tasks: batch.slice(index % 3).concat(batch.slice(0, index % 3)) }),
      ),
    );
    expect(answers.every((made) => made.length === 3)).toBe(true);
    expect(new Set(answers.flat().map(({ id }) => id)).size).toBe(3);
    expect(await (await factory.of(projectId)).tasks.count({}, 'INCLUDE')).toBe(3);
  });
});

describe('changing a task', () => {
  it('changes what is given and leaves the rest', async () => {
    const { tasks, make, clock } = await startTasks();
    const task = await make('Moor');
    clock.now += 5;
    const after = await tasks.update(author, { id: task.id, version: 1, priority: 'HIGH', gitBranch: 'moor' });
    expect(after).toEqual({ ...task, version: 2, updatedAt: at(5), priority: 'HIGH', gitBranch: 'moor' });
  });

  it('writes nothing when nothing changes, but wants the right version all the same', async () => {
    const { tasks, make } = await startTasks();
    const task = await make('Moor');
    expect(await tasks.update(author, { id: task.id, version: 1, title: 'Moor', dependsOn: [] })).toEqual(task);
    await expect(tasks.update(author, { id: task.id, version: 2, title: 'Moor' })).rejects.toBeInstanceOf(
      ConflictError,
    );
  });

  it('loses no update: of two with one version, one gets the current record', async () => {
    const { tasks, make } = await startTasks();
    const { id } = await make('Moor');
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((title) => tasks.update(author, { id, version: 1, title })),
    );
    const winner = outcomes.find((outcome) => outcome.status === 'fulfilled')!.value;
    const losers = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(losers).toHaveLength(2);
    for (const loser of losers) expect(loser).toMatchObject({ code: 'CONFLICT', current: winner, collection: 'tasks' });
  });

  it('records when it was completed, for as long as it is done', async () => {
    const { tasks, make, clock } = await startTasks();
    const { id } = await make('Moor');
    clock.now += 10;
    const done = await tasks.update(author, { id, version: 1, status: 'DONE' });
    expect(done.completedAt).toBe(at(10));
    clock.now += 10;
    expect((await tasks.update(author, { id, version: 2, priority: 'LOW' })).completedAt).toBe(at(10));
    expect((await tasks.update(author, { id, version: 3, status: 'TESTING' })).completedAt).toBeNull();
  });

  it('created as done sets the time of completion', async () => {
    const { tasks, projectId } = await startTasks();
    expect((await tasks.create(author, { projectId, title: 'Moor', status: 'DONE' })).completedAt).toBe(at(0));
  });

  it('sets the time of the write on stage results without one', async () => {
    const { tasks, projectId } = await startTasks();
    const { stageResults } = await tasks.create(author, {
      projectId,
      title: 'Moor',
      stageResults: [
        { stage: 'build', status: 'ok', output: { lines: 3 } },
        { stage: 'test', status: 'failed', output: null, at: '2026-01-01T02:00:00+02:00' },
      ],
    });
    expect(stageResults).toEqual([
      { stage: 'build', status: 'ok', output: { lines: 3 }, at: at(0) },
      { stage: 'test', status: 'failed', output: null, at: '2026-01-01T00:00:00.000Z' },
    ]);
  });

  it('is refused when it is deleted', async () => {
    const { tasks, make } = await startTasks();
    const deleted = await tasks.delete(author, await make('Moor'));
    const error = await rejection(tasks.update(author, { ...deleted, title: 'x' }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.hint).toContain('Restore');
  });
});

describe('what a task depends on', () => {
  it('must be live tasks of the same project', async () => {
    const bench = await startTasks();
    const { make, tasks } = bench;
    const other = await makeProject(bench);
    const foreign = await tasks.create(author, { projectId: other.id, title: 'abroad' });
    const deleted = await tasks.delete(author, await make('gone'));
    expect(await rejection(make('a', { dependsOn: [foreign.id] }))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'dependsOn.0',
      message: expect.stringContaining('another project'),
    });
    expect(await rejection(make('a', { dependsOn: [deleted.id] }))).toMatchObject({
      message: expect.stringContaining('deleted'),
    });
  });

  it('may have been deleted since without blocking other changes', async () => {
    const { make, tasks } = await startTasks();
    const first = await make('first');
    const { id } = await make('second', { dependsOn: [first.id] });
    await tasks.delete(author, first);
    const third = await make('third');
    const after = await tasks.update(author, { id, version: 1, dependsOn: [first.id, third.id] });
    expect(after.dependsOn).toEqual([first.id, third.id]);
  });

  it('never leads back to it, not even over a deleted task', async () => {
    const { make, tasks } = await startTasks();
    const a = await make('a');
    const b = await make('b', { dependsOn: [a.id] });
    const c = await make('c', { dependsOn: [b.id] });
    expect(await rejection(tasks.update(author, { ...a, dependsOn: [a.id] }))).toMatchObject({ field: 'dependsOn' });
    expect(await rejection(tasks.update(author, { ...a, dependsOn: [c.id] }))).toMatchObject({ field: 'dependsOn' });
    await tasks.delete(author, b);
    expect(await rejection(tasks.update(author, { ...a, dependsOn: [c.id] }))).toMatchObject({ field: 'dependsOn' });
  });

  it('forms no cycle when two writes close it from both sides at once', async () => {
    const { make, tasks, factory, projectId } = await startTasks();
    for (let round = 0; round < 10; round++) {
      const a = await make(`a${round}`);
      const b = await make(`b${round}`);
      const outcomes = await Promise.allSettled([
        tasks.update(author, { ...a, dependsOn: [b.id] }),
        tasks.update(author, { ...b, dependsOn: [a.id] }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.field] : []));
      expect(reasons).toEqual(['dependsOn']);
      const found = await (await factory.of(projectId)).tasks.get([a.id, b.id]);
      expect(found.flatMap((task) => task?.dependsOn)).toHaveLength(1);
    }
  });
});

describe('deleting and restoring a task', () => {
  it('hides it and shows it again', async () => {
    const { make, tasks, factory, projectId, clock } = await startTasks();
    const task = await make('Moor');
    clock.now += 5;
    expect(await tasks.delete(author, task)).toEqual({ ...task, version: 2, updatedAt: at(5), deletedAt: at(5) });
    const { tasks: repository } = await factory.of(projectId);
    expect(await repository.count({}, 'EXCLUDE')).toBe(0);
    expect(await repository.count({}, 'ONLY')).toBe(1);
    const restored = await tasks.restore(author, { id: task.id });
    expect(restored).toEqual({ ...task, version: 3, updatedAt: at(5) });
    expect(await tasks.restore(author, { id: task.id })).toEqual(restored);
  });

  it('restores it once for concurrent requests', async () => {
    const { make, tasks } = await startTasks();
    const { id } = await tasks.delete(author, await make('Moor'));
    const answers = await Promise.all([1, 2, 3].map(() => tasks.restore(author, { id })));
    expect(answers.map(({ version }) => version)).toEqual([3, 3, 3]);
  });

  it('is refused with a stale version', async () => {
    const { make, tasks } = await startTasks();
    const task = await make('Moor');
    const current = await tasks.update(author, { ...task, title: 'Anchor' });
    expect(await rejection(tasks.delete(author, task))).toMatchObject({ code: 'CONFLICT', current });
  });
});
