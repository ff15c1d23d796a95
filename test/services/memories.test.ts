import { describe, expect, it } from 'vitest';
import type { Memory } from '../../src/domain/memory.js';
import type { MemoryFilter } from '../../src/repositories/filters.js';
import type { NewMemory } from '../../src/services/input/memory.js';
import type { DeletedMany } from '../../src/services/records/delete-many.js';
import { author, makeProject, rejection, START, startBench } from './support.js';

const at = (ms: number) => new Date(START + ms).toISOString();

async function startMemories(options: Parameters<typeof startBench>[0] = {}) {
  const bench = await startBench(options);
  const { id: projectId } = await makeProject(bench);
  const { memories, sessions } = bench.services;
  const save = (content: string, more: Partial<NewMemory> = {}) =>
    memories.save(author, { projectId, content, role: 'USER', ...more });
  const repositories = await bench.factory.of(projectId);
  const listSessions = async (deleted: 'EXCLUDE' | 'ONLY' = 'EXCLUDE') => {
    const order = { field: 'startedAt', direction: 'ASC' } as const;
    return (await repositories.sessions.list({ filter: {}, deleted, order, limit: 100 })).items;
  };
  const reread = async ({ id }: Memory) => (await repositories.memories.get([id]))[0]!;
  return { ...bench, projectId, memories, sessions, save, repositories, listSessions, reread };
}

describe('saving memories', () => {
  it('keeps the content unchanged', async () => {
    const { save } = await startMemories();
    expect(
      await save('  Two\nlines 🚢 ', {
        metadata: { from: ['chat', 1, null] },
        occurredAt: '2026-02-01T01:00:00+01:00',
      }),
    ).toEqual({
      id: expect.stringMatching(/^mem_/),
      version: 1,
      createdAt: at(0),
      updatedAt: at(0),
      deletedAt: null,
      externalId: null,
      sessionId: null,
      taskId: null,
      role: 'USER',
      toolName: null,
      toolCallId: null,
      kind: 'MESSAGE',
      pinned: false,
      references: [],
      supersedes: null,
      content: '  Two\nlines 🚢 ',
      metadata: { from: ['chat', 1, null] },
      occurredAt: '2026-02-01T00:00:00.000Z',
      deletedWith: null,
    });
  });

  it('uses the time of saving when none is given', async () => {
    const { save } = await startMemories();
    expect((await save('hello')).occurredAt).toBe(at(0));
  });

  it('belongs to a task of the same project, if to any', async () => {
    const bench = await startMemories();
    const { save, services, projectId } = bench;
    const task = await services.tasks.create(author, { projectId, title: 'Moor' });
    expect((await save('about it', { taskId: task.id })).taskId).toBe(task.id);
    const abroad = await services.tasks.create(author, { projectId: (await makeProject(bench)).id, title: 'x' });
    const wrong = [abroad.id, `tsk_${'0'.repeat(18)}${projectId.slice(-8)}`, (await save('no task')).id];
    for (const taskId of wrong) {
      expect(await rejection(save('x', { taskId }))).toMatchObject({ code: 'INVALID_INPUT', field: 'taskId' });
    }
    await services.tasks.delete(author, task);
    expect(await rejection(save('x', { taskId: task.id }))).toMatchObject({
      message: expect.stringContaining('deleted'),
    });
  });

  it('of a batch saves all or none', async () => {
    const { memories, projectId, repositories } = await startMemories();
    const good = { content: 'fine', role: 'ASSISTANT' } as const;
    const error = await rejection(memories.saveMany(author, { projectId, memories: [good, { ...good, content: '' }] }));
    expect(error).toMatchObject({ field: 'memories.1.content' });
    expect(await repositories.memories.count({}, 'INCLUDE')).toBe(0);
    expect(await memories.saveMany(author, { projectId, memories: [good, good] })).toHaveLength(2);
  });

  it('again with the same externalId changes nothing', async () => {
    const { save, repositories } = await startMemories();
    const first = await save('once', { externalId: 'mail-1' });
    const answers = await Promise.all([1, 2, 3].map(() => save('twice', { externalId: 'mail-1' })));
    expect(answers).toEqual([first, first, first]);
    expect(await repositories.memories.count({}, 'INCLUDE')).toBe(1);
  });
});

describe('upserting memories', () => {
  it('on two servers at once ends with one record, which each call has changed', async () => {
    const { folder, memories, projectId, repositories } = await startMemories();
    const other = await startBench({ folder });
    const upsert = (n: number) =>
      (n % 2 === 0 ? memories : other.services.memories).upsert(author, {
        ...{ projectId, externalId: 'rule', content: `by ${n}` },
        role: 'USER',
      });
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => upsert(n)));
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ record }) => record.id)).size).toBe(1);
    expect(answers.map(({ record }) => record.version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await repositories.memories.count({}, 'INCLUDE')).toBe(1);
  });
});

describe('a session', () => {
  it('is created with the first memory of its key, in the same commit', async () => {
    const { save, listSessions, repositories } = await startMemories();
    await save('hello', { sessionId: 'chat 1', occurredAt: '2026-01-05T10:00:00Z' });
    await save('more', { sessionId: 'chat 1' });
    expect(await listSessions()).toEqual([
      expect.objectContaining({ key: 'chat 1', startedAt: '2026-01-05T10:00:00.000Z', version: 2, title: 'hello' }),
    ]);
    const entries = await repositories.store.log.read(0, 10);
    expect(entries.map(({ collection }) => collection)).toEqual(['sessions', 'memories', 'sessions', 'memories']);
    expect(await repositories.sessions.memoryTotals(['chat 1', 'none'])).toEqual([
      { count: 2, lastAt: at(0) },
      { count: 0, lastAt: null },
    ]);
  });

  it('of a batch starts with the earliest of its memories', async () => {
    const { memories, projectId, listSessions } = await startMemories();
    const said = (sessionId: string, day: number) => ({
      content: 'x',
      role: 'USER' as const,
      sessionId,
      occurredAt: `2026-01-0${day}T00:00:00Z`,
    });
    await memories.saveMany(author, { projectId, memories: [said('a', 3), said('b', 2), said('a', 1)] });
    expect((await listSessions()).map(({ key, startedAt }) => [key, startedAt.slice(0, 10)])).toEqual([
      ['a', '2026-01-01'],
      ['b', '2026-01-02'],
    ]);
  });

  it('is created once when its first memories come at once', async () => {
    const { save, listSessions, repositories } = await startMemories();
    await Promise.all([1, 2, 3, 4, 5].map((n) => save(`hello ${n}`, { sessionId: 'chat' })));
    expect(await listSessions()).toHaveLength(1);
    expect(await repositories.memories.count({ sessionId: 'chat' }, 'EXCLUDE')).toBe(5);
  });

  it('is renamed and described, and keeps its key', async () => {
    const { save, sessions, listSessions } = await startMemories();
    await save('hello', { sessionId: 'chat' });
    const [session] = await listSessions();
    const after = await sessions.update(author, { ...session!, title: 'First talk', agent: 'bo', metadata: { a: 1 } });
    expect(after).toMatchObject({ key: 'chat', title: 'First talk', agent: 'bo', metadata: { a: 1 }, version: 2 });
  });

  it('is deleted with its memories in one commit, and restored with exactly those', async () => {
    const { save, sessions, memories, listSessions, reread, repositories, clock } = await startMemories();
    const early = await memories.delete(author, await save('deleted before', { sessionId: 'chat' }));
    const kept = [await save('one', { sessionId: 'chat' }), await save('two', { sessionId: 'chat' })];
    const elsewhere = await save('elsewhere', { sessionId: 'other' });
    const session = (await listSessions()).find(({ key }) => key === 'chat')!;
    clock.now += 1_000;
    const before = (await repositories.store.log.head()).seq;

    const deleted = await sessions.delete(author, session);
    const entries = await repositories.store.log.read(before, 10);
    expect(entries.map(({ collection, operation, at: time }) => [collection, operation, time]).sort()).toEqual([
      ['memories', 'DELETE', at(1_000)],
      ['memories', 'DELETE', at(1_000)],
      ['sessions', 'DELETE', at(1_000)],
    ]);
    for (const memory of kept) {
      expect(await reread(memory)).toMatchObject({ deletedAt: at(1_000), deletedWith: session.id, version: 2 });
    }
    expect((await reread(elsewhere)).deletedAt).toBeNull();

    const restored = await sessions.restore(author, deleted);
    expect(restored).toMatchObject({ deletedAt: null, version: 3 });
    for (const memory of kept) expect(await reread(memory)).toMatchObject({ deletedAt: null, deletedWith: null });
    expect(await reread(early)).toEqual(early);
  });

  it('is deleted with memories that are saved meanwhile, or a new one has them', async () => {
    const { save, sessions, listSessions, repositories } = await startMemories();
    for (let round = 0; round < 5; round++) {
      const sessionId = `chat ${round}`;
      await save('first', { sessionId });
      const session = (await listSessions()).find(({ key }) => key === sessionId)!;
      await Promise.all([
        sessions.delete(author, session),
        ...[1, 2, 3, 4].map((n) => save(`meanwhile ${n}`, { sessionId })),
      ]);
      const live = await repositories.memories.count({ sessionId }, 'EXCLUDE');
      const lives = (await listSessions()).filter(({ key }) => key === sessionId);
      expect(lives).toHaveLength(live > 0 ? 1 : 0);
    }
  });

  it('is replaced by a new one for a memory that is committed only after it was deleted', async () => {
    let hold: (() => Promise<void>) | null = null;
    const { save, sessions, listSessions } = await startMemories({ beforeCommit: async () => hold?.() });
    await save('first', { sessionId: 'chat' });
    const [session] = await listSessions();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => {
      hold = () => {
        hold = null;
        resolve();
        return released;
      };
    });
    const saving = save('late', { sessionId: 'chat' });
    await reached;
    await sessions.delete(author, session!);
    release();
    expect(await saving).toMatchObject({ content: 'late', deletedAt: null });
    const live = await listSessions();
    expect(live).toHaveLength(1);
    expect(live[0]!.id).not.toBe(session!.id);
  });

  it('is not restored while a newer one has its key', async () => {
    const { save, sessions, listSessions } = await startMemories();
    await save('one', { sessionId: 'chat' });
    const [first] = await listSessions();
    await sessions.delete(author, first!);
    await save('two', { sessionId: 'chat' });
    const [second] = await listSessions();
    expect(second!.id).not.toBe(first!.id);
    expect(await rejection(sessions.restore(author, first!))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: second!.id,
      message: expect.stringContaining('A newer session'),
    });
  });
});

describe('restoring a single memory', () => {
  it('whose session is gone creates a live one of that key', async () => {
    const { save, sessions, memories, listSessions } = await startMemories();
    const memory = await save('one', { sessionId: 'chat' });
    const other = await save('two', { sessionId: 'chat' });
    const [session] = await listSessions();
    await sessions.delete(author, session!);
    expect(await memories.restore(author, memory)).toMatchObject({ deletedAt: null, deletedWith: null });
    const [live] = await listSessions();
    expect(live).toMatchObject({ key: 'chat' });
    expect(live!.id).not.toBe(session!.id);
    await memories.restore(author, other);
    expect(await listSessions()).toEqual([live]);
  });
});

describe('changing a memory', () => {
  it('into another conversation creates its session', async () => {
    const { save, memories, listSessions } = await startMemories();
    const memory = await save('one');
    expect(await memories.update(author, { ...memory, content: 'two', sessionId: 'new' })).toMatchObject({
      content: 'two',
      sessionId: 'new',
      version: 2,
    });
    expect((await listSessions()).map(({ key }) => key)).toEqual(['new']);
  });
});

const idsOf = ({ records }: DeletedMany) => records.map(({ id }) => id);

describe('deleting memories by filter', () => {
  it('deletes those that pass, and only counts them in a dry run', async () => {
    const { save, memories, projectId, repositories, reread } = await startMemories();
    const old = await save('old', { role: 'SYSTEM', occurredAt: '2026-01-01T00:00:00Z', metadata: { source: 'a' } });
    const late = await save('late', { role: 'SYSTEM', occurredAt: '2026-02-01T00:00:00Z', metadata: { source: 'a' } });
    await save('user', { occurredAt: '2026-01-01T00:00:00Z' });
    const filter: MemoryFilter = {
      roles: ['SYSTEM'],
      metadata: { source: 'a' },
      occurredAt: { before: '2026-01-15T01:00:00+01:00' },
    };
    expect(idsOf(await memories.deleteMany(author, { projectId, filter, dryRun: true }))).toEqual([old.id]);
    expect(await repositories.memories.count({}, 'EXCLUDE')).toBe(3);
    expect(idsOf(await memories.deleteMany(author, { projectId, filter, dryRun: false }))).toEqual([old.id]);
    expect(await reread(old)).toMatchObject({ deletedAt: at(0), deletedWith: null, version: 2 });
    expect((await reread(late)).deletedAt).toBeNull();
  });

  it('is all or nothing up to 10,000, and refused beyond', async () => {
    const { memories, projectId, repositories } = await startMemories();
    const batch = Array.from({ length: 1_000 }, (_, n) => ({ content: `m${n}`, role: 'USER' as const }));
    for (let round = 0; round < 10; round++) await memories.saveMany(author, { projectId, memories: batch });
    await memories.saveMany(author, { projectId, memories: batch.slice(0, 1) });
    const all = { projectId, filter: {}, dryRun: false };
    expect(await rejection(memories.deleteMany(author, all))).toMatchObject({ code: 'INVALID_INPUT', field: 'filter' });
    expect(await repositories.memories.count({}, 'EXCLUDE')).toBe(10_001);
    await memories.deleteMany(author, { ...all, filter: { metadata: { none: 1 } } });
    const [one] = (
      await repositories.memories.list({
        filter: {},
        deleted: 'EXCLUDE',
        order: { field: 'occurredAt', direction: 'ASC' },
        limit: 1,
      })
    ).items;
    await memories.delete(author, one!);
    expect((await memories.deleteMany(author, all)).records).toHaveLength(10_000);
    expect(await repositories.memories.count({}, 'EXCLUDE')).toBe(0);
  });
});
