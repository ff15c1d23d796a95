import { describe, expect, it } from 'vitest';
import type { Memory } from '../../src/domain/memory.js';
import type { NewMemory } from '../../src/services/input/memory.js';
import { author, makeProject, rejection, startBench } from './support.js';

async function startMemories() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { memories, tasks, sessions } = bench.services;
  const save = (content: string, more: Partial<NewMemory> = {}) =>
    memories.save(author, { projectId, content, role: 'USER', ...more });
  const repositories = await bench.factory.of(projectId);
  const reread = async ({ id }: Memory) => (await repositories.memories.get([id]))[0]!;
  const update = async (memory: Memory, change: Partial<Memory>) =>
    memories.update(author, { id: memory.id, version: (await reread(memory)).version, ...change });
  const remove = async (memory: Memory) => memories.delete(author, await reread(memory));
  return { ...bench, projectId, memories, tasks, sessions, save, update, remove, reread, repositories };
}

describe('a reference', () => {
  it('names a live task or memory of the same project', async () => {
    const bench = await startMemories();
    const { save, memories, tasks, projectId, update } = bench;
    const elsewhere = (await makeProject(bench)).id;
    const task = await tasks.create(author, { projectId, title: 'a task' });
    const gone = await memories.delete(author, await save('deleted'));
    const wrong = [
      [(await memories.save(author, { projectId: elsewhere, content: 'x', role: 'USER' })).id, 'another project'],
      [(await tasks.create(author, { projectId: elsewhere, title: 'x' })).id, 'another project'],
      [gone.id, 'which is deleted'],
      [`mem_${'0'.repeat(18)}${projectId.slice(-8)}`, 'which does not exist'],
      [projectId, 'is the id of a project, not of a task or memory'],
    ] as const;
    for (const [id, why] of wrong) {
      const error = await rejection(save('x', { references: [task.id, id] }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'references.1' });
      expect(error.message).toContain(why);
    }
    const memory = await save('x', { references: [task.id, task.id] });
    expect(memory.references).toEqual([task.id]);
    expect(await rejection(update(memory, { references: [task.id, memory.id] }))).toMatchObject({
      field: 'references.1',
      message: expect.stringContaining('the memory itself'),
    });
    const many = Array.from({ length: 101 }, () => task.id);
    expect(await rejection(save('x', { references: many }))).toMatchObject({ field: 'references' });
  });

  it('stays when the record is deleted, and does not block other changes', async () => {
    const { save, update, remove } = await startMemories();
    const fact = await save('a fact');
    const memory = await save('x', { references: [fact.id] });
    await remove(fact);
    const after = await update(memory, { content: 'y', references: [fact.id] });
    expect(after).toMatchObject({ content: 'y', references: [fact.id] });
  });
});

describe('superseding', () => {
  it('never leads back to the memory, not even over a deleted one', async () => {
    const { save, update, remove } = await startMemories();
    const first = await save('first');
    const second = await save('second', { supersedes: first.id });
    const third = await save('third', { supersedes: second.id });
    expect(await rejection(update(first, { supersedes: first.id }))).toMatchObject({ field: 'supersedes' });
    for (const each of [third, second]) {
      const error = await rejection(update(first, { supersedes: third.id }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('supersede itself') });
      if (each === third) await remove(second);
    }
  });

  it('forms no cycle when a memory is reverted', async () => {
    const { save, update, services } = await startMemories();
    const first = await save('first');
    const second = await save('second', { supersedes: first.id });
    await update(second, { supersedes: null });
    await update(first, { supersedes: second.id });
    const reverting = services.records.revert(author, { id: second.id, version: 2, toVersion: 1 });
    expect(await rejection(reverting)).toMatchObject({ field: 'supersedes' });
  });

  it('is done once: another is refused, and neither restored nor reverted', async () => {
    const { save, update, remove, memories, projectId } = await startMemories();
    const old = await save('old');
    const first = await save('first', { supersedes: old.id });
    const refused = { code: 'ALREADY_EXISTS', existingId: first.id, fields: ['supersedes'], existingIsDeleted: false };
    expect(await rejection(save('x', { supersedes: old.id }))).toMatchObject(refused);
    const other = await save('other');
    expect(await rejection(update(other, { supersedes: old.id }))).toMatchObject(refused);
    expect(await update(first, { content: 'first, again' })).toMatchObject({ supersedes: old.id });
    await remove(first);
    const second = await save('second', { supersedes: old.id });
    expect(await rejection(memories.restore(author, first))).toMatchObject({ existingId: second.id });
    const twice = [old, old].map(({ id }) => ({ content: 'x', role: 'USER' as const, supersedes: id }));
    expect(await rejection(memories.saveMany(author, { projectId, memories: twice }))).toMatchObject({
      field: 'memories.1.supersedes',
    });
  });

  it('by a memory that is restored with its session is refused with the session', async () => {
    const { save, sessions, repositories, remove } = await startMemories();
    const old = await save('old');
    await save('first', { supersedes: old.id, sessionId: 'chat' });
    const order = { field: 'startedAt', direction: 'ASC' } as const;
    const { items } = await repositories.sessions.list({ filter: {}, deleted: 'EXCLUDE', order, limit: 1 });
    await sessions.delete(author, items[0]!);
    const second = await save('second', { supersedes: old.id });
    expect(await rejection(sessions.restore(author, items[0]!))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: second.id,
      message: expect.stringContaining('supersedes already'),
    });
    await remove(second);
    expect(await sessions.restore(author, items[0]!)).toMatchObject({ deletedAt: null });
  });
});
