import { describe, expect, it } from 'vitest';
import { differences, readHeld } from '../support/compare.js';
import { amount, cases } from '../support/extent.js';
import { settled } from '../support/server.js';
import { cursorOf, followProject, gapsIn } from '../support/workload/follow.js';
import { sendCommand, startMove, until, untilPhase } from './support/moves.js';
import { PAIRS, targetOf } from './support/places.js';
import { createGate, makeWorld } from './support/world.js';

/** A live project is moved while four people write everything that can be written, one searches and one follows. */
it('moves a project whose memories say the same few things, with the vectors that it has', async () => {
  const world = await makeWorld();
  const app = await world.start();
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const work = await world.people(app, projectId, { before: 200 });
  await settled(app, projectId);
  const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
  // A few may come after the flip, so it waits for them here.
  await until(app, id, ({ progress: { vectors, canCutOver } }) => canCutOver && vectors.done === vectors.total);
  await sendCommand(app, 'cutOver', id);
  const moved = await untilPhase(app, id, 'MOVED');
  expect(moved.mismatches.nodes).toEqual([]);
  expect(moved.progress.vectors).toEqual({ done: 100, total: 100, failed: 0 });
  expect((await work.check(app)).join('\n')).toBe('');
});

it('compares the vectors of a project of a few memories too', async () => {
  const world = await makeWorld();
  const gate = createGate();
  const app = await world.start(gate);
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const memories = ['one', 'two', 'three'].map((content) => ({ role: 'USER', content }));
  await app.mutate('saveMemories', { projectId, memories }, 'memories { id }');
  await settled(app, projectId);
  const held = gate.holdAt('verify');
  const id = await startMove(app, projectId, { mode: 'FILE' });
  const release = await held;
  await until(app, id, ({ progress: { vectors } }) => vectors.done === 3);
  release();
  const { verification } = await untilPhase(app, id, 'MOVED');
  expect(verification?.collections.find(({ name }) => name === 'vectors')).toMatchObject({ compared: 3 });
});

/** In a quick run, each mode as one of the two. */
const MOVES = cases(
  PAIRS.filter((_, index) => index !== 1),
  PAIRS.slice(1, 2),
);

describe.each(MOVES)('a move from %s to %s', (...pair) => {
  const [from] = pair;

  it('loses, duplicates and restores nothing, changes no id, version, time or entry, and keeps cursors', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const to = targetOf(world, pair);
    const projectId = await app.createProject({ storageMode: from });
    const work = await world.people(app, projectId, { before: amount({ quick: 100, all: 300 }), ownContents: true });
    await settled(app, projectId);
    const cursor = await cursorOf(app, projectId);
    const follower = await followProject(app, projectId, cursor);

    work.start();
    await work.more(50);
    const id = await startMove(app, projectId, to);
    const moved = await untilPhase(app, id, 'MOVED');
    await work.more(50);
    await work.stop();

    expect((await work.check(app)).join('\n')).toBe('');
    expect(work.searches.byWordsAlone).toBe(0);
    expect(moved.verification).toMatchObject({ isComplete: true });
    // A memory that was written just now may have been embedded on both sides; its vector is made the same.
    expect(
      moved.mismatches.nodes.filter(({ isRepaired, collection }) => !isRepaired || collection !== 'vectors'),
    ).toEqual([]);
    expect(moved.progress.vectors).toMatchObject({ failed: 0 });

    const source = await readHeld(world.liesAt({ mode: from }, projectId));
    const target = await readHeld(world.liesAt(to, projectId));
    expect(target.seq).toBeGreaterThan(source.seq);
    expect(differences(source, await readHeld(world.liesAt(to, projectId), source.seq))).toEqual([]);

    await follower.reached(target.seq);
    await follower.stop();
    expect(gapsIn(follower.seen)).toEqual([]);
    const late = await followProject(app, projectId, cursor);
    await late.reached(target.seq);
    await late.stop();
    expect(late.seen).toEqual(follower.seen);
    expect(late.seen.at(-1)).toBe(target.seq);

    const { project } = await app.ask<{ project: { storageMode: string } }>(
      'query ($id: ID!) { project(by: { id: $id }) { storageMode } }',
      { id: projectId },
    );
    expect(project.storageMode).toBe(to.mode);
  });
});
