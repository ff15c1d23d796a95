import { describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { RecordBase } from '../../../src/domain/record.js';
import { createConcurrentSaves } from '../../../src/services/records/concurrent-saves.js';
import { createRuleSet } from '../../../src/services/records/rules/rule-set.js';
import { createRouter } from '../../../src/services/records/store-router.js';
import { createTransact } from '../../../src/services/records/transaction.js';
import { createUndoRequest } from '../../../src/services/records/undo/undo-request.js';
import { sessions } from '../../../src/storage/collections.js';
import { author, makeProject, rejection, startBench } from '../support.js';

const by = (requestId: string, actor = 'agent') => ({ actor, requestId });

async function start() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { services, factory, clock } = bench;
  const { records } = services;
  return {
    ...bench,
    ...services,
    projectId,
    undo: (requestId: string, as = by(`undo of ${requestId}`)) => {
      clock.now += 5_000;
      return records.revertRequest(as, { projectId, requestId });
    },
    read: async (...ids: readonly string[]) => {
      const found = await Promise.all(ids.map((id) => records.find(id)));
      return found.map((record) => record as RecordBase & Record<string, unknown>);
    },
    task: (title: string, more: object = {}, as = author) => services.tasks.create(as, { projectId, title, ...more }),
    say: (content: string, sessionId: string | null, as = author) => {
      clock.now += 5_000;
      return services.memories.save(as, { projectId, content, role: 'USER', sessionId });
    },
    sessionsOf: async () => {
      const order = { field: 'startedAt', direction: 'ASC' } as const;
      const { store } = await factory.of(projectId);
      return (await store.collection(sessions).list({ deleted: 'INCLUDE', order, limit: 10 })).items;
    },
  };
}

describe('undoing a request', () => {
  it('deletes what it created, restores what it deleted and resets what it updated, in one commit', async () => {
    const { undo, task, tasks, states, memories, read, factory, projectId, say } = await start();
    const [kept, gone] = [await task('kept', { priority: 'LOW' }), await task('gone')];
    const note = await say('a note', null);
    const plan = await states.save(author, { ownerId: kept.id, key: 'plan', value: 1 });
    const agent = by('r1');
    const added = await task('added', {}, agent);
    await tasks.update(agent, { id: kept.id, version: 1, title: 'changed', priority: 'HIGH' });
    await tasks.update(agent, { id: kept.id, version: 2, title: 'changed again' });
    await tasks.delete(agent, { id: gone.id, version: 1 });
    await memories.update(agent, { id: note.id, version: 1, content: 'another note' });
    await states.save(agent, { ownerId: kept.id, key: 'plan', value: 2, version: 1 });

    const { store } = await factory.of(projectId);
    const { seq } = await store.log.head();
    const { ids } = await undo('r1');
    expect([...ids].sort()).toEqual([kept.id, gone.id, note.id, plan.id, added.id].sort());
    expect(await read(kept.id, gone.id, note.id, plan.id, added.id)).toMatchObject([
      { title: 'kept', priority: 'LOW', version: 4, deletedAt: null },
      { title: 'gone', deletedAt: null },
      { content: 'a note', version: 3 },
      { value: 1, version: 3 },
      { title: 'added', deletedAt: expect.any(String), version: 2 },
    ]);
    const entries = await store.log.read(seq, 10);
    expect(new Set(entries.map(({ at, requestId }) => `${at} ${requestId}`)).size).toBe(1);
    expect(entries.map(({ operation }) => operation).sort()).toEqual([
      'DELETE',
      'REVERT',
      'REVERT',
      'REVERT',
      'REVERT',
    ]);
  });

  it('is itself undone, and says when there is nothing left to undo', async () => {
    const { undo, task, tasks, read } = await start();
    const old = await task('old');
    const added = await task('added', { status: 'DONE' }, by('r1'));
    await tasks.update(by('r1'), { id: old.id, version: 1, title: 'new', status: 'DONE' });
    const after = await read(old.id, added.id);
    expect((await undo('r1')).ids).toHaveLength(2);
    expect((await undo('r1')).ids).toEqual([]);
    expect((await undo('undo of r1')).ids).toHaveLength(2);
    const again = await read(old.id, added.id);
    expect(again).toEqual(
      after.map((record, index) => ({ ...record, version: again[index]!.version, updatedAt: again[index]!.updatedAt })),
    );
  });

  it('is refused when others have changed a record since, or in between, and says who did what', async () => {
    const { undo, task, tasks, read } = await start();
    const [a, b, c] = [await task('a'), await task('b'), await task('c')];
    await tasks.update(by('r1'), { id: a.id, version: 1, title: 'a1' });
    await tasks.update(by('r1'), { id: b.id, version: 1, title: 'b1' });
    await tasks.update(by('r1'), { id: c.id, version: 1, title: 'c1' });
    await tasks.update(by('r2', 'ann'), { id: b.id, version: 2, title: 'b2' });
    await tasks.update(by('r2', 'ann'), { id: c.id, version: 2, title: 'c2' });
    await tasks.update(by('r1'), { id: c.id, version: 3, title: 'c3' });
    expect(await rejection(undo('r1'))).toMatchObject({
      code: 'CHANGED_SINCE',
      message: expect.stringContaining(`${b.id}, ${c.id}.`),
      hint: expect.stringContaining('revertRecord'),
      changes: [
        { recordId: b.id, actor: 'ann', requestId: 'r2', version: 3 },
        { recordId: c.id, requestId: 'r1', version: 4 },
      ],
    });
    expect(await read(a.id, b.id, c.id)).toMatchObject([{ title: 'a1' }, { title: 'b2' }, { title: 'c3' }]);
  });

  it('works again once the later request is undone', async () => {
    const { undo, task, tasks, read } = await start();
    const { id } = await task('one');
    await tasks.update(by('r1'), { id, version: 1, title: 'two' });
    await tasks.update(by('r2'), { id, version: 2, title: 'three' });
    expect(await rejection(undo('r1'))).toMatchObject({ code: 'CHANGED_SINCE' });
    await undo('r2');
    expect(await read(id)).toMatchObject([{ title: 'two', version: 4 }]);
    await undo('r1');
    expect(await read(id)).toMatchObject([{ title: 'one', version: 5 }]);
  });

  it('ends a claim that the request made', async () => {
    const { undo, task, claims, projectId, read, clock } = await start();
    const { id } = await task('to do', { assignedAgent: 'ada' });
    await claims.claim(author, { projectId, id, agent: 'ada', leaseSeconds: 60, waitSeconds: 0 });
    clock.now += 1;
    const { claimToken } = await claims.claim(by('r1'), {
      projectId,
      id,
      agent: 'ada',
      leaseSeconds: 600,
      waitSeconds: 0,
    });
    expect((await undo('r1')).ids).toEqual([id]);
    expect(await read(id)).toMatchObject([{ status: 'IN_PROGRESS', claim: null, claimToken }]);
    expect((await undo('r1')).ids).toEqual([]);
  });
});

describe('undoing what a request saved in sessions', () => {
  it('deletes a session that began with it, and an undo of the undo brings both back', async () => {
    const { undo, say, read, sessionsOf } = await start();
    const hello = await say('hello', 'chat', by('r1'));
    const [session] = await sessionsOf();
    await undo('r1');
    expect(await read(hello.id, session!.id)).toMatchObject([
      { deletedAt: expect.any(String), deletedWith: session!.id },
      { deletedAt: expect.any(String) },
    ]);
    await undo('undo of r1');
    expect(await read(hello.id, session!.id)).toMatchObject([
      { deletedAt: null, deletedWith: null, sessionId: 'chat', content: 'hello' },
      { deletedAt: null, key: 'chat', title: 'hello' },
    ]);
    expect(await sessionsOf()).toHaveLength(1);
  });

  it('keeps the session when others have saved in it since, and their memories', async () => {
    const { undo, say, read, sessionsOf } = await start();
    const first = await say('hello', 'chat', by('r1'));
    const second = await say('and more', 'chat', by('r2'));
    const third = await say('the end', 'chat', by('r3'));
    expect((await undo('r2')).ids).toEqual([second.id]);
    expect((await undo('r1')).ids).toEqual([first.id]);
    const [session] = await sessionsOf();
    expect(await read(third.id, session!.id)).toMatchObject([{ deletedAt: null }, { deletedAt: null, title: 'hello' }]);
  });

  it('restores a deleted session with exactly its memories', async () => {
    const { undo, say, memories, sessions: service, read, sessionsOf } = await start();
    const early = await say('early', 'chat');
    const late = await say('late', 'chat');
    await memories.delete(author, early);
    const [session] = await sessionsOf();
    await service.delete(by('r1'), session!);
    await undo('r1');
    expect(await read(early.id, late.id, session!.id)).toMatchObject([
      { deletedAt: expect.any(String) },
      { deletedAt: null, version: 3 },
      { deletedAt: null },
    ]);
  });

  it('never deletes memories of others with a session that a request created or restored', async () => {
    const { undo, say, sessions: service, projectId, read } = await start();
    const session = await service.create(by('r1'), { projectId, key: 'chat' });
    const other = await say('mine', 'chat');
    expect(await rejection(undo('r1'))).toMatchObject({ code: 'CHANGED_SINCE' });
    const [current] = await read(session.id);
    await service.delete(author, current!);
    await service.restore(by('r2'), session);
    const later = await say('mine, too', 'chat');
    expect(await rejection(undo('r2'))).toMatchObject({ code: 'CHANGED_SINCE' });
    expect(await read(other.id, later.id)).toMatchObject([{ deletedAt: null }, { deletedAt: null }]);
  });

  it('puts a memory back whose content the request changed before it deleted the session', async () => {
    const { undo, say, memories, sessions: service, read, sessionsOf } = await start();
    const memory = await say('before', 'chat');
    await memories.update(by('r1'), { id: memory.id, version: 1, content: 'after' });
    const [session] = await sessionsOf();
    await service.delete(by('r1'), session!);
    await undo('r1');
    expect(await read(memory.id)).toMatchObject([
      { content: 'before', deletedAt: null, deletedWith: null, version: 4 },
    ]);
  });

  it.each(['deleted', 'renamed'])(
    'restores a memory that the request deleted before its session was %s',
    async (how) => {
      const { undo, say, memories, sessions: service, read, sessionsOf } = await start();
      const [alone, other] = [await say('alone', 'chat'), await say('other', 'chat')];
      await memories.delete(by('r1'), alone);
      const [session] = await sessionsOf();
      if (how === 'deleted') await service.delete(by('r1'), session!);
      else await service.update(by('r1'), { ...session!, title: 'Another title' });
      await undo('r1');
      expect(await read(alone.id, other.id)).toMatchObject([{ deletedAt: null }, { deletedAt: null }]);
      expect(await sessionsOf()).toMatchObject([{ id: session!.id, title: 'alone', deletedAt: null }]);
    },
  );

  it('happens once, however many ask for it at the same time', async () => {
    const { undo, task, read } = await start();
    const { id } = await task('one', {}, by('r1'));
    const all = await Promise.all(['a', 'b', 'c'].map((each) => undo('r1', by(each))));
    expect(all.map(({ ids }) => ids.length).sort()).toEqual([0, 0, 1]);
    expect(await read(id)).toMatchObject([{ version: 2, deletedAt: expect.any(String) }]);
  });
});

describe('a request that can’t be undone', () => {
  it('is an unknown one, or wrote only the project itself', async () => {
    const { undo, projects, projectId } = await start();
    await projects.update(by('r1'), { id: projectId, version: 1, name: 'Another' });
    for (const requestId of ['r1', 'unknown'])
      expect(await rejection(undo(requestId))).toMatchObject({ code: 'NOT_FOUND', recordId: requestId });
  });

  it('purged a record, or is so old that the log no longer has what was there', async () => {
    const { undo, task, tasks, records, factory, projectId, clock } = await start();
    const [one, two] = [await task('one'), await task('two')];
    const { token } = await records.requestPurge(author, { id: one.id });
    await tasks.purge(by('r1'), { ...one, token });
    expect(await rejection(undo('r1'))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(`purged ${one.id}`),
    });
    await tasks.update(by('r2'), { id: two.id, version: 1, title: 'three' });
    clock.passDays(1);
    await (await factory.of(projectId)).store.trimLog(new Date(clock.now).toISOString());
    expect(await rejection(undo('r2'))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'requestId',
      message: expect.stringContaining('no longer has'),
    });
  });

  it('changed a record that was purged since; one that it created needs no undo', async () => {
    const { undo, task, tasks, records } = await start();
    const [old, added] = [await task('old'), await task('added', {}, by('r1'))];
    const changed = await tasks.update(by('r2'), { id: old.id, version: 1, title: 'new' });
    for (const each of [added, changed]) {
      const { token } = await records.requestPurge(author, { id: each.id });
      await tasks.purge(author, { ...each, token });
    }
    expect((await undo('r1')).ids).toEqual([]);
    // Its images are gone as well.
    expect(await rejection(undo('r2'))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('made more changes than one call undoes', async () => {
    const { factory, clock, tasks, projectId } = await start();
    const router = createRouter(factory);
    const newId = createIdGenerator();
    const rules = createRuleSet(newId, factory.catalog, createConcurrentSaves());
    const undo = createUndoRequest(
      router,
      createTransact(() => clock.now),
      rules,
      3,
    );
    const titles = ['a', 'b', 'c', 'd'].map((title) => ({ title }));
    await tasks.createMany(by('r3'), { projectId, tasks: titles.slice(1) });
    await tasks.createMany(by('r4'), { projectId, tasks: titles });
    expect(await rejection(undo(author, { projectId, requestId: 'r4' }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('more than 3 changes'),
    });
    expect((await undo(author, { projectId, requestId: 'r3' })).ids).toHaveLength(3);
  });
});
