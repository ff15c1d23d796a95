import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { differences, readHeld, remains, untilNothingRemains } from '../support/compare.js';
import { cases } from '../support/extent.js';
import type { Workload } from '../support/workload.js';
import { lookAt, type Place, startMove, tell, until, untilPhase } from './support/moves.js';
import { PAIRS } from './support/places.js';
import { createGate, makeWorld, type World } from './support/world.js';

/** Steps at which somebody may change their mind, one in each phase at least. */
const BEFORE_FLIP = cases(['copy', 'verify', 'fenced', 'flip'], ['replay', 'fence', 'target-epoch']);

/** A project with people at work, held at a step of its move. */
async function heldAt(step: string, from: Place = { mode: 'LOCAL' }, to: Place = { mode: 'FILE' }) {
  const world = await makeWorld();
  const gate = createGate();
  const app = await world.start(gate);
  const projectId = await app.createProject({ storageMode: from.mode });
  const work = await world.people(app, projectId, { before: 60 });
  work.start();
  const held = gate.holdAt(step);
  const id = await startMove(app, projectId, to);
  return { world, gate, app, projectId, work, id, release: await held };
}

/** Both places hold the same, as of the entry at which it was flipped. */
async function expectSame(world: World, projectId: string, from: Place, to: Place): Promise<void> {
  const source = await readHeld(world.liesAt(from, projectId));
  expect(differences(source, await readHeld(world.liesAt(to, projectId), source.seq))).toEqual([]);
}

async function stopped(work: Workload): Promise<void> {
  await work.more(20);
  await work.stop();
}

describe('a migration that is told to pause', () => {
  it.each(['copy', 'replay', 'verify'])('at a %s stops there, and goes on when it is told to', async (step) => {
    const { world, gate, app, projectId, work, id, release } = await heldAt(step);
    await tell(app, 'pause', id);
    release();
    // Whatever was under way ends; then nothing is done any more while people go on.
    const { phase, isPaused } = await until(app, id, ({ message }) => message.startsWith('It is paused'));
    expect(isPaused).toBe(true);
    const steps = gate.steps.length;
    await work.more(30);
    expect(gate.steps).toHaveLength(steps);
    expect((await lookAt(app, id)).phase).toBe(phase);

    await tell(app, 'resume', id);
    await untilPhase(app, id, 'MOVED');
    await stopped(work);
    expect((await work.check(app)).join('\n')).toBe('');
    await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
  });

  it('stays paused when the server is started again', async () => {
    const { world, app, projectId, work, id, release } = await heldAt('copy');
    await tell(app, 'pause', id);
    release();
    await stopped(work);
    await app.close();
    const again = await world.start();
    expect(await lookAt(again, id)).toMatchObject({ isPaused: true });
    await tell(again, 'resume', id);
    await untilPhase(again, id, 'MOVED');
    expect((await work.check(again)).join('\n')).toBe('');
    await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
  });
});

describe('a migration that is cancelled', () => {
  it.each(BEFORE_FLIP)('at a %s leaves the project as it was, and nothing of it at the target', async (step) => {
    const { world, app, projectId, work, id, release } = await heldAt(step);
    await tell(app, 'cancel', id);
    release();
    await untilPhase(app, id, 'CANCELLED');
    await stopped(work);
    expect((await work.check(app)).join('\n')).toBe('');
    await untilNothingRemains(world.liesAt({ mode: 'FILE' }, projectId));
    const { project } = await app.ask<{ project: { storageMode: string; migration: unknown } }>(
      'query ($id: ID!) { project(by: { id: $id }) { storageMode migration { id } } }',
      { id: projectId },
    );
    expect(project).toEqual({ storageMode: 'LOCAL', migration: null });
  });

  it.each(PAIRS.filter(([from, to]) => from !== to))(
    'from %s to %s leaves others at the target alone, and can be begun anew',
    async (from, to) => {
      const world = await makeWorld();
      const gate = createGate();
      const app = await world.start(gate);
      const beside = await app.createProject({ storageMode: to });
      await world.people(app, beside, { before: 60 });
      const before = await readHeld(world.liesAt({ mode: to }, beside));
      const projectId = await app.createProject({ storageMode: from });
      const work = await world.people(app, projectId, { before: 60 });
      const held = gate.holdAt('verify');
      const first = await startMove(app, projectId, { mode: to });
      const release = await held;
      await tell(app, 'cancel', first);
      release();
      await untilPhase(app, first, 'CANCELLED');
      await untilNothingRemains(world.liesAt({ mode: to }, projectId));
      expect((await readHeld(world.liesAt({ mode: to }, beside))).digest).toBe(before.digest);

      await untilPhase(app, await startMove(app, projectId, { mode: to }), 'MOVED');
      expect((await work.check(app)).join('\n')).toBe('');
      await expectSame(world, projectId, { mode: from }, { mode: to });
    },
  );
});

describe('a migration that cuts over when it is told to', () => {
  it('follows what is written until then', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(app, projectId, { before: 60 });
    work.start();
    const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
    const { phase } = await until(app, id, ({ progress }) => progress.canCutOver);
    expect(phase).toBe('CATCHING_UP');
    await work.more(60);
    expect(await lookAt(app, id)).toMatchObject({ phase: 'CATCHING_UP', progress: { canRollBack: false } });
    await tell(app, 'cutOver', id);
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.progress).toMatchObject({ canCutOver: false, canRollBack: true, fenceMs: expect.any(Number) });
    await stopped(work);
    expect((await work.check(app)).join('\n')).toBe('');
    await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
  });
});

describe('a dry run', () => {
  it.each(PAIRS.filter(([from, to]) => from !== to))(
    'from %s to %s looks at everything and leaves nothing',
    async (from, to) => {
      const world = await makeWorld();
      const app = await world.start();
      const projectId = await app.createProject({ storageMode: from });
      const work = await world.people(app, projectId, { before: 60 });
      const before = await readHeld(world.liesAt({ mode: from }, projectId));
      const id = await startMove(app, projectId, { mode: to }, { dryRun: true });
      await until(app, id, ({ isOver }) => isOver);
      const { migration } = await app.ask<{
        migration: {
          phase: string;
          preflight: { checks: { outcome: string }[]; estimate: { collections: { name: string; records: number }[] } };
        };
      }>(
        'query ($id: ID!) { migration(id: $id) { phase preflight { checks { name outcome message hint } estimate { collections { name records } } } } }',
        { id },
      );
      expect(migration.phase).toBe('PLANNED');
      expect(migration.preflight.checks.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
      expect(migration.preflight.estimate.collections).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: 'tasks', records: 30 })]),
      );
      expect(await remains(world.liesAt({ mode: to }, projectId))).toEqual([]);
      const after = await readHeld(world.liesAt({ mode: from }, projectId));
      expect({ digest: after.digest, epoch: after.epoch }).toEqual({ digest: before.digest, epoch: before.epoch });
      expect((await work.check(app)).join('\n')).toBe('');
    },
  );
});

describe('a migration that makes no sense', () => {
  it('is refused while another is under way, and when it is over', async () => {
    const { app, projectId, id, work, release } = await heldAt('copy');
    await expect(startMove(app, projectId, { mode: 'LOCAL' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(startMove(app, projectId, { mode: 'FILE' })).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await expect(tell(app, 'rollBack', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    release();
    await untilPhase(app, id, 'MOVED');
    await expect(tell(app, 'cancel', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await expect(tell(app, 'pause', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await work.stop();
  });

  it('onto the place where the project lies, by another name, leaves it alone', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'FILE' });
    const work = await world.people(app, projectId, { before: 60 });
    const before = await readHeld(world.liesAt({ mode: 'FILE' }, projectId));
    const itself: Place = { mode: 'FILE', location: join(world.folder, 'files') };
    const refused = await startMove(app, projectId, itself).then(
      async (id) => (await until(app, id, ({ isOver }) => isOver)).phase,
      (error: { code: string }) => error.code,
    );
    expect(refused).toMatch(/^(FAILED|INVALID_INPUT)$/);
    expect((await readHeld(world.liesAt({ mode: 'FILE' }, projectId))).digest).toBe(before.digest);
    work.start();
    await stopped(work);
    expect((await work.check(app)).join('\n')).toBe('');
  });
});
