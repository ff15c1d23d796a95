import { describe, expect, it } from 'vitest';
import { type ConflictError, RouteChangedError } from '../../../src/domain/errors.js';
import type { Project } from '../../../src/domain/project.js';
import { stampAfter } from '../../../src/domain/record.js';
import { createRouter } from '../../../src/services/records/store-router.js';
import { check, createTransact, put } from '../../../src/services/records/transaction.js';
import { projects, states } from '../../../src/storage/collections.js';
import { author, type Bench, makeProject, rejection, startBench } from '../support.js';

/** The flip at the end of a move: the catalog routes the project by this epoch from now on. */
function flip({ catalog }: Bench, project: Project, epoch: number) {
  const document = { ...project, epoch, version: project.version + 1 };
  const change = { kind: 'put', collection: projects.name, operation: 'UPDATE', document } as const;
  return catalog.commit([change], { epoch: 1, actor: 'mover', requestId: 'r', at: project.updatedAt });
}

describe('a write to a project that is being moved', () => {
  it('waits for the catalog to route it, and is done once', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const { store, memories } = await bench.factory.of(project.id);
    await store.setEpoch(1, 3);
    const saving = bench.services.memories.save(author, { projectId: project.id, content: 'meanwhile', role: 'USER' });
    await flip(bench, project, 3);
    const { id } = await saving;
    expect((await memories.get([id]))[0]).toMatchObject({ content: 'meanwhile' });
    expect((await store.log.head()).seq).toBe(1);
  });

  it('waits as long as the cut-over takes, however often it has to retry', async () => {
    let attempts = 0;
    let resolve = () => {};
    const enough = new Promise<void>((done) => {
      resolve = done;
    });
    const bench = await startBench({
      beforeCommit: async () => {
        if (++attempts === 40) resolve();
      },
    });
    const project = await makeProject(bench);
    const { store, memories } = await bench.factory.of(project.id);
    await store.setEpoch(1, 3);
    const saving = bench.services.memories.save(author, { projectId: project.id, content: 'patient', role: 'USER' });
    await enough;
    await flip(bench, project, 3);
    expect(await memories.get([(await saving).id])).toMatchObject([{ content: 'patient' }]);
  });

  it('is written where the project was when the cut-over is abandoned', async () => {
    const bench = await startBench();
    const project = await makeProject(bench);
    const { store, memories } = await bench.factory.of(project.id);
    await store.setEpoch(1, 2);
    const saving = bench.services.memories.save(author, { projectId: project.id, content: 'stayed', role: 'USER' });
    await flip(bench, project, 4);
    await store.setEpoch(2, 4);
    expect(await memories.get([(await saving).id])).toMatchObject([{ content: 'stayed' }]);
  });

  it('is refused when that takes too long, and nothing is written', async () => {
    const bench = await startBench({ cutOverTimeoutMs: 100 });
    const project = await makeProject(bench);
    const { store } = await bench.factory.of(project.id);
    await store.setEpoch(1, 3);
    const saving = bench.services.memories.save(author, { projectId: project.id, content: 'lost', role: 'USER' });
    const error = await rejection(saving);
    expect(error).toBeInstanceOf(RouteChangedError);
    expect(error.hint).toContain('Repeat the request');
    expect((await store.log.head()).seq).toBe(0);
  });
});

describe('writes of two servers on one folder', () => {
  it('combine like those of one: nothing is lost or created twice', async () => {
    const one = await startBench();
    const two = await startBench({ folder: one.folder });
    const { id: projectId } = await makeProject(one);
    const save = (bench: Bench, n: number) =>
      bench.services.memories.save(author, {
        projectId,
        content: `m${n}`,
        role: 'USER',
        sessionId: 'chat',
        externalId: `m${n}`,
      });
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    const saved = await Promise.all(numbers.flatMap((n) => [save(one, n), save(two, n)]));
    expect(new Set(saved.map(({ id }) => id)).size).toBe(20);
    const { memories, sessions } = await two.factory.of(projectId);
    expect(await memories.count({ sessionId: 'chat' }, 'INCLUDE')).toBe(20);
    expect(await sessions.count({}, 'INCLUDE')).toBe(1);
  });
});

describe('writes of one record at once', () => {
  it('lose one race each, and then take turns', async () => {
    let commits = 0;
    let open = () => {};
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    const bench = await startBench({
      beforeCommit: async ([change]) => {
        if (change?.kind !== 'put' || change.operation !== 'UPDATE') return;
        if (++commits === WRITERS) open();
        if (commits <= WRITERS) await all;
      },
    });
    const { id: projectId } = await makeProject(bench);
    const state = await bench.services.states.save(author, { ownerId: projectId, key: 'count', value: 0 });
    const router = createRouter(bench.factory);
    const transact = createTransact(() => bench.clock.now);
    const raise = () =>
      transact(
        author,
        () => router.toProject(projectId),
        async ({ store }, at) => {
          const [before] = await store.collection(states).get([state.id]);
          const after = { ...before!, ...stampAfter(before!, at), value: Number(before!.value) + 1 };
          return { changes: [put(states, 'UPDATE', after)], result: after };
        },
      );
    const saved = await Promise.all(Array.from({ length: WRITERS }, raise));
    expect(Math.max(...saved.map(({ value }) => value))).toBe(WRITERS);
    expect(commits).toBe(2 * WRITERS - 1);
  });
});

describe('a write that depends on a record that others keep changing', () => {
  it('ends in an error that says so, not that the record was read at another version', async () => {
    const bench = await startBench();
    const { id: projectId } = await makeProject(bench);
    const { states: service } = bench.services;
    const [own, other] = [
      await service.save(author, { ownerId: projectId, key: 'own', value: 0 }),
      await service.save(author, { ownerId: projectId, key: 'other', value: 0 }),
    ];
    const router = createRouter(bench.factory);
    const error = await rejection<ConflictError>(
      createTransact(() => bench.clock.now)(
        author,
        () => router.toProject(projectId),
        async ({ store }, at) => {
          const [before, read] = await store.collection(states).get([own.id, other.id]);
          await service.save(author, {
            ownerId: projectId,
            key: 'other',
            value: read!.version,
            version: read!.version,
          });
          const after = { ...before!, ...stampAfter(before!, at), value: 1 };
          return { changes: [check(states, read!), put(states, 'UPDATE', after)], result: after };
        },
      ),
    );
    expect(error).toMatchObject({ code: 'CONFLICT', recordId: other.id });
    expect(error.message).toContain('which this write depends on');
    expect(error.hint).toContain('Repeat the request as it is');
  });
});

const WRITERS = 50;
