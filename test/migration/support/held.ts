import { expect } from 'vitest';
import { differences, readHeld } from '../../support/compare.js';
import type { Workload } from '../../support/workload/workload.js';
import { type Place, startMove } from './moves.js';
import { createGate, makeWorld, type World } from './world.js';

/** A project with people at work, held at a step of its move from LOCAL to FILE. */
export async function heldAt(step: string) {
  const world = await makeWorld();
  const gate = createGate();
  const app = await world.start(gate);
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const work = await world.people(app, projectId, { before: 60 });
  work.start();
  const held = gate.holdAt(step);
  const id = await startMove(app, projectId, { mode: 'FILE' });
  return { world, gate, app, projectId, work, id, release: await held };
}

/** Both places hold the same, as of the entry at which it was flipped. */
export async function expectSame(world: World, projectId: string, from: Place, to: Place): Promise<void> {
  const source = await readHeld(world.liesAt(from, projectId));
  expect(differences(source, await readHeld(world.liesAt(to, projectId), source.seq))).toEqual([]);
}

export async function stopped(work: Workload): Promise<void> {
  await work.more(20);
  await work.stop();
}
