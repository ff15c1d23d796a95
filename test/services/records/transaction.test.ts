import { describe, expect, it } from 'vitest';
import { RouteChangedError } from '../../../src/domain/errors.js';
import type { Project } from '../../../src/domain/project.js';
import { projects } from '../../../src/storage/collections.js';
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
