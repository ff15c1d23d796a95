import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { cases } from '../../support/extent.js';
import { expectSame, heldAt, stopped } from '../support/held.js';
import { readMove, sendCommand, startMove, until, untilPhase } from '../support/moves.js';
import { makeWorld } from '../support/world.js';

describe('a migration that is paused', () => {
  it.each(cases(['copy'], ['replay', 'verify']))(
    'at a %s stops there, and continues when it is resumed',
    async (step) => {
      const { world, gate, app, projectId, work, id, release } = await heldAt(step);
      await sendCommand(app, 'pause', id);
      release();
      // What is running ends; then nothing more is done while people keep writing.
      const { phase, isPaused } = await until(app, id, ({ message }) => message.startsWith('Paused'));
      expect(isPaused).toBe(true);
      const steps = gate.steps.length;
      await work.more(30);
      expect(gate.steps).toHaveLength(steps);
      expect((await readMove(app, id)).phase).toBe(phase);

      await sendCommand(app, 'resume', id);
      await untilPhase(app, id, 'MOVED');
      await stopped(work);
      expect((await work.check(app)).join('\n')).toBe('');
      await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
    },
  );

  it('stays paused when the server is started again', async () => {
    const { world, app, projectId, work, id, release } = await heldAt('copy');
    await sendCommand(app, 'pause', id);
    release();
    await stopped(work);
    await app.close();
    const again = await world.start();
    expect(await readMove(again, id)).toMatchObject({ isPaused: true });
    await sendCommand(again, 'resume', id);
    await untilPhase(again, id, 'MOVED');
    expect((await work.check(again)).join('\n')).toBe('');
    await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
  });

  it.each([
    ['a server that was killed meanwhile', "json_set(doc, '$.isPausing', json('true'), '$.message', 'Pausing.')"],
    ['an earlier version', "json_remove(json_set(doc, '$.message', 'It is told to pause.'), '$.isPausing')"],
  ])(
    'says that it is paused once it is taken over, when %s left it between the command and its effect',
    async (_, left) => {
      const world = await makeWorld();
      const app = await world.start();
      const projectId = await app.createProject();
      const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
      await until(app, id, ({ progress }) => progress.canCutOver);
      await sendCommand(app, 'pause', id);
      await until(app, id, ({ message }) => message.startsWith('Paused'));
      await app.close();
      const catalog = new Database(join(world.folder, 'catalog', 'store.db'));
      catalog.prepare(`update migrations set doc = ${left}`).run();
      catalog.close();

      const again = await world.start();
      await until(again, id, ({ isPaused, message }) => isPaused && message.startsWith('Paused'), 20_000);
      await sendCommand(again, 'cutOver', id);
      expect(await readMove(again, id)).toMatchObject({ isPaused: true, phase: 'CATCHING_UP' });
      await sendCommand(again, 'resume', id);
      await untilPhase(again, id, 'MOVED');
    },
  );
});

describe('a migration that cuts over on command', () => {
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
    expect(await readMove(app, id)).toMatchObject({ phase: 'CATCHING_UP', progress: { canRollBack: false } });
    await sendCommand(app, 'cutOver', id);
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.progress).toMatchObject({ canCutOver: false, canRollBack: true, fenceMs: expect.any(Number) });
    await stopped(work);
    expect((await work.check(app)).join('\n')).toBe('');
    await expectSame(world, projectId, { mode: 'LOCAL' }, { mode: 'FILE' });
  });
});
