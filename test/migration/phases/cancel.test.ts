import { describe, expect, it } from 'vitest';
import { readHeld, untilNothingRemains } from '../../support/compare.js';
import { cases } from '../../support/extent.js';
import { expectSame, heldAt, stopped } from '../support/held.js';
import { sendCommand, startMove, untilPhase } from '../support/moves.js';
import { PAIRS } from '../support/places.js';
import { createGate, makeWorld } from '../support/world.js';

/** Steps at which somebody may change their mind, one in each phase at least. */
const BEFORE_FLIP = cases(['copy', 'verify', 'flip'], ['replay', 'fence', 'fenced', 'target-epoch']);

describe('a migration that is cancelled', () => {
  it.each(BEFORE_FLIP)('at a %s leaves the project as it was, and nothing of it at the target', async (step) => {
    const { world, app, projectId, work, id, release } = await heldAt(step);
    await sendCommand(app, 'cancel', id);
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
    'from %s to %s leaves others at the target alone, and can be started again',
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
      await sendCommand(app, 'cancel', first);
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
