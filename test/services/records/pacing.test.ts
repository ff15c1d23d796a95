import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Migration } from '../../../src/domain/migration.js';
import type { Project } from '../../../src/domain/project.js';
import { createWriters, pacingOf } from '../../../src/migration/pacing/writers.js';
import { planMigration } from '../../../src/migration/preflight/plan.js';
import { NO_PROGRESS } from '../../../src/migration/runner/progress.js';
import { GoneError } from '../../../src/util/turn.js';
import { author, type Bench, makeProject, startBench } from '../support.js';

const AT = '2026-03-01T12:00:00.000Z';

/** The record of a project's move that makes each record's write wait this long, in ms. */
function moving(project: Project, pacing: number, own: Partial<Migration> = {}): Migration {
  const options = { dryRun: false, autoCutOver: true, batchSize: 100, onReject: 'STOP' } as const;
  const to = { mode: 'FILE', location: null } as const;
  const planned = planMigration({ project, to, options, id: 'mig_1', at: AT, lastToken: 0 });
  const runner = { ...planned.runner, holder: 'somebody', until: AT };
  return { ...planned, runner, phase: 'CATCHING_UP', progress: { ...NO_PROGRESS, pacing }, ...own };
}

/** Services over writers that are paced by hand: their clock is moved by hand, so that a wait ends only on purpose. */
async function startPaced(mostMs = 500) {
  const clock = { now: 0 };
  const writers = createWriters(mostMs, () => clock.now);
  const bench = await startBench({ writers });
  const project = await makeProject(bench);
  return { bench, writers, project, clock };
}

const save = ({ services }: Bench, projectId: string, by: object = {}) =>
  services.memories.save({ ...author, ...by }, { projectId, content: 'meanwhile', role: 'USER' });

/** Begins a write that has to wait: resolves when it does. `isDone` says whether it has ended, once no more work is ready. */
async function begun(begin: (by: { releaseWhile: (wait: () => Promise<void>) => Promise<void> }) => Promise<unknown>) {
  let ended = false;
  const end = () => {
    ended = true;
  };
  let result: Promise<unknown> = Promise.resolve();
  await new Promise<void>((waits) => {
    const releaseWhile = async (wait: () => Promise<void>) => {
      waits();
      await wait();
    };
    result = begin({ releaseWhile });
    result.then(end, end);
  });
  const isDone = async () => {
    for (let rounds = 0; rounds < 20 && !ended; rounds += 1) await setImmediate();
    return ended;
  };
  return { result: () => result, isDone };
}

/** A save that waits because its project is paced. */
function heldUp({ bench, writers, project }: Awaited<ReturnType<typeof startPaced>>, by: object = {}) {
  writers.observe(moving(project, 500));
  return begun((waiting) => save(bench, project.id, { ...waiting, ...by }));
}

describe('a write to a project whose move can’t keep up', () => {
  it('waits as long as the move requires, and is written then', async () => {
    const paced = await startPaced();
    const saving = await heldUp(paced);
    const { store } = await paced.bench.factory.of(paced.project.id);
    paced.clock.now = 499;
    expect(await saving.isDone()).toBe(false);
    expect((await store.log.head()).seq).toBe(0);
    paced.clock.now = 500;
    await saving.result();
    expect((await store.log.head()).seq).toBe(1);
  });

  it('of many records waits for each, and none waits longer than the server lets it', async () => {
    const { writers, project, clock } = await startPaced();
    writers.observe(moving(project, 10));
    const pause = (records: number) => begun((waiting) => writers.pause(project.id, records, waiting));
    const [one, twenty, thousand] = [await pause(1), await pause(20), await pause(1_000)];
    clock.now = 10;
    await one.result();
    clock.now = 199;
    expect(await twenty.isDone()).toBe(false);
    clock.now = 200;
    await twenty.result();
    clock.now = 499;
    expect(await thousand.isDone()).toBe(false);
    clock.now = 500;
    await thousand.result();
  });

  it('holds up no read, no write to another project, and none to the project’s own record', async () => {
    const paced = await startPaced();
    const { bench, project, clock } = paced;
    const other = await makeProject(bench, { name: 'Lighthouse' });
    const before = await save(bench, project.id);
    const saving = await heldUp(paced);
    expect((await save(bench, other.id)).content).toBe('meanwhile');
    const { memories } = await bench.factory.of(project.id);
    expect(await memories.get([before.id])).toMatchObject([{ content: 'meanwhile' }]);
    const { id, version } = project;
    expect((await bench.services.projects.update(author, { id, version, name: 'Pier' })).name).toBe('Pier');
    expect(await saving.isDone()).toBe(false);
    clock.now = 500;
    await saving.result();
  });

  it.each<[string, Partial<Migration>]>([
    ['is paused', { isPaused: true }],
    ['is being cancelled', { requestedAction: 'CANCEL' }],
    ['has moved', { phase: 'MOVED' }],
    ['has failed', { phase: 'FAILED', endedAt: AT }],
    ['is cut over', { phase: 'CUTTING_OVER' }],
    ['is run by nobody', { runner: { token: 1, firstToken: 1, holder: null, until: null } }],
    ['has caught up', { progress: NO_PROGRESS }],
  ])('continues at once when the move %s', async (_, change) => {
    const paced = await startPaced();
    const saving = await heldUp(paced);
    const ended = moving(paced.project, 500, change);
    expect(pacingOf(ended)).toBe(0);
    paced.writers.observe(ended);
    expect(await saving.result()).toMatchObject({ content: 'meanwhile' });
  });

  it('continues when its wait hasn’t been renewed for as long as a lease', async () => {
    const paced = await startPaced(60_000);
    paced.writers.observe(moving(paced.project, 60_000));
    const saving = await begun((waiting) => save(paced.bench, paced.project.id, waiting));
    paced.clock.now = 14_999;
    expect(await saving.isDone()).toBe(false);
    paced.clock.now = 15_000;
    await saving.result();
  });

  it('isn’t done when its client has gone meanwhile', async () => {
    const paced = await startPaced();
    let isGone = false;
    const saving = await heldUp(paced, { isGone: () => isGone });
    isGone = true;
    await expect(saving.result()).rejects.toThrow(GoneError);
    expect((await (await paced.bench.factory.of(paced.project.id)).store.log.head()).seq).toBe(0);
  });

  it('is dated at the end of its wait', async () => {
    const paced = await startPaced();
    const { bench, clock } = paced;
    const saving = await heldUp(paced);
    bench.clock.now += 1_000;
    clock.now = 500;
    expect(await saving.result()).toMatchObject({ createdAt: new Date(bench.clock.now).toISOString() });
  });

  it('doesn’t wait where the server’s setting is 0, nor for a move of an earlier version', async () => {
    const { bench, writers, project } = await startPaced(0);
    writers.observe(moving(project, 500));
    expect((await save(bench, project.id)).content).toBe('meanwhile');
    const { pacing: _, ...progress } = NO_PROGRESS;
    expect(pacingOf(moving(project, 0, { progress }))).toBe(0);
  });
});
