import { describe, expect, it } from 'vitest';
import { author, makeProject, rejection, startBench } from './support.js';

async function startStates() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { states } = bench.services;
  const save = (value: unknown, more: { ownerId?: string; key?: string; version?: number; externalId?: string } = {}) =>
    states.save(author, { ownerId: projectId, key: 'plan', value: value as null, ...more });
  return { ...bench, projectId, states, save };
}

describe('a state', () => {
  it('is kept with a project, a task or a session, any JSON under a name', async () => {
    const { save, services, projectId, factory } = await startStates();
    const task = await services.tasks.create(author, { projectId, title: 'Moor' });
    await services.memories.save(author, { projectId, content: 'x', role: 'USER', sessionId: 'chat' });
    const { sessions, states } = await factory.of(projectId);
    const order = { field: 'startedAt', direction: 'ASC' } as const;
    const [session] = (await sessions.list({ filter: {}, deleted: 'EXCLUDE', order, limit: 1 })).items;
    for (const ownerId of [projectId, task.id, session!.id]) {
      const saved = await save([1, { two: null }], { ownerId });
      expect(saved).toMatchObject({ ownerId, key: 'plan', value: [1, { two: null }], version: 1 });
      const found = await states.list({
        filter: { ownerId, key: 'plan' },
        deleted: 'EXCLUDE',
        order: { field: 'key', direction: 'ASC' },
        limit: 2,
      });
      expect(found.items).toEqual([saved]);
    }
  });

  it('without a version must not exist yet, with one must be at it', async () => {
    const { save, states } = await startStates();
    const first = await save(1);
    expect(await rejection(save(2))).toMatchObject({ code: 'ALREADY_EXISTS', existingId: first.id });
    const second = await save(2, { version: 1 });
    expect(second).toMatchObject({ id: first.id, value: 2, version: 2 });
    expect(await rejection(save(3, { version: 1 }))).toMatchObject({ code: 'CONFLICT', current: second });
    expect(await rejection(save(1, { key: 'other', version: 1 }))).toMatchObject({ code: 'NOT_FOUND' });
    await states.delete(author, second);
    expect((await save(4)).id).not.toBe(first.id);
  });

  it('is created once by concurrent first saves', async () => {
    const { save } = await startStates();
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map((value) => save(value)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(reasons).toEqual(['ALREADY_EXISTS', 'ALREADY_EXISTS', 'ALREADY_EXISTS']);
  });

  it('with the externalId of an existing one returns that', async () => {
    const { save } = await startStates();
    const first = await save(1, { externalId: 'checkpoint 1' });
    expect(await save(2, { externalId: 'checkpoint 1' })).toEqual(first);
  });

  it('is deleted and restored, unless another has its name by then', async () => {
    const { save, states } = await startStates();
    const deleted = await states.delete(author, await save(1));
    expect((await states.restore(author, deleted)).deletedAt).toBeNull();
    const again = await states.delete(author, { id: deleted.id, version: 3 });
    const other = await save(2);
    expect(await rejection(states.restore(author, again))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: other.id,
      message: expect.stringContaining('has a state of that key already'),
    });
  });

  it('needs an owner that is live and of a kind that owns states', async () => {
    const { save, services, projectId } = await startStates();
    const task = await services.tasks.create(author, { projectId, title: 'Moor' });
    const memory = await services.memories.save(author, { projectId, content: 'x', role: 'USER' });
    await services.tasks.delete(author, task);
    expect(await rejection(save(1, { ownerId: task.id }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await rejection(save(1, { ownerId: memory.id }))).toMatchObject({ code: 'INVALID_INPUT', field: 'ownerId' });
  });
});
