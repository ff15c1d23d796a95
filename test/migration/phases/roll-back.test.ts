import { describe, expect, it } from 'vitest';
import { differences, readHeld, remains, untilNothingRemains } from '../../support/compare.js';
import { cases } from '../../support/extent.js';
import { settled } from '../../support/server.js';
import { cursorOf, followProject, gapsIn } from '../../support/workload/follow.js';
import { readMove, sendCommand, startMove, untilPhase } from '../support/moves.js';
import { PAIRS, targetOf } from '../support/places.js';
import { createGate, makeWorld } from '../support/world.js';

const MOVES = cases(PAIRS.slice(0, 1), PAIRS.slice(1));

describe.each(MOVES)('a project that was moved from %s to %s', (...pair) => {
  const [from] = pair;

  it('is brought back with everything that was written since, while people keep writing', async () => {
    const world = await makeWorld();
    const gate = createGate();
    const app = await world.start(gate);
    const to = targetOf(world, pair);
    const projectId = await app.createProject({ storageMode: from });
    const work = await world.people(app, projectId, { before: 60 });
    await settled(app, projectId);
    const follower = await followProject(app, projectId, await cursorOf(app, projectId));
    const id = await startMove(app, projectId, to);
    await untilPhase(app, id, 'MOVED');
    work.start();
    await work.more(40);
    const there = await readHeld(world.liesAt(to, projectId));

    const held = gate.holdAt('clean-up');
    await sendCommand(app, 'rollBack', id);
    await untilPhase(app, id, 'ROLLED_BACK');
    await work.more(30);
    await work.stop();
    const release = await held;
    release();

    expect((await work.check(app)).join('\n')).toBe('');
    expect(work.searches.byWordsAlone).toBe(0);
    const home = world.liesAt({ mode: from }, projectId);
    expect(differences(there, await readHeld(home, there.seq))).toEqual([]);
    const { seq } = await readHeld(home);
    await follower.reached(seq);
    await follower.stop();
    expect(gapsIn(follower.seen)).toEqual([]);
    await untilNothingRemains(world.liesAt(to, projectId));
  });
});

describe('a source that is kept', () => {
  it('is compared again on demand, with what was written since', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(app, projectId, { before: 120, restMs: 5 });
    const id = await startMove(app, projectId, { mode: 'FILE' });
    await untilPhase(app, id, 'MOVED');
    work.start();
    await work.more(100);
    await work.stop();
    await sendCommand(app, 'verify', id);
    await expect.poll(async () => (await readMove(app, id)).verification?.seq).toBeGreaterThan(200);
    await expect.poll(async () => (await readMove(app, id)).verification?.isComplete).toBe(true);
    const { verification, mismatches } = await readMove(app, id);
    expect(mismatches.nodes).toEqual([]);
    const compared = Object.fromEntries(verification!.collections.map((each) => [each.name, each.compared]));
    expect(compared).toMatchObject({ tasks: expect.any(Number), memories: expect.any(Number) });
  });
});

describe('what a project has left', () => {
  it.each(['rollBack', 'finalize'] as const)(
    'is kept for a while after %s, as a request may still read there, and then removed',
    async (command) => {
      const world = await makeWorld();
      const gate = createGate();
      const app = await world.start({ ...gate, graceMs: 3_600_000 });
      const projectId = await app.createProject({ storageMode: 'LOCAL' });
      await app.mutate('createTask', { projectId, title: 'Paint' }, 'task { id }');
      const id = await startMove(app, projectId, { mode: 'FILE' });
      const { finalization } = await untilPhase(app, id, 'MOVED');
      await sendCommand(app, command, id, command === 'finalize' ? { token: finalization!.token } : {});
      const left = world.liesAt({ mode: command === 'finalize' ? 'LOCAL' : 'FILE' }, projectId);
      await expect.poll(() => gate.steps).toContain('grace');
      await app.close();
      expect(gate.steps.at(-1)).toBe('grace');
      expect(await remains(left)).not.toEqual([]);
      await world.start();
      await untilNothingRemains(left);
    },
  );
});
