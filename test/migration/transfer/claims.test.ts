import { expect, it } from 'vitest';
import { MODES } from '../../support/modes.js';
import { readMove, sendCommand, startMove, untilPhase } from '../support/moves.js';
import { makeWorld } from '../support/world.js';

interface Claimed {
  readonly task: { readonly id: string };
  readonly claim: { readonly token: number };
}

it(`carries claims, subtasks and what waits for what: ${[...MODES, 'LOCAL'].join(', ')}`, async () => {
  const world = await makeWorld();
  const app = await world.start();
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const create = async (input: object) =>
    (await app.mutate<{ task: { id: string } }>('createTask', { projectId, ...input }, 'task { id }')).task.id;
  const parent = await create({ title: 'boat', status: 'BLOCKED' });
  const hull = await create({ title: 'hull', parentId: parent });
  await create({ title: 'mast', parentId: parent, dependsOn: [hull] });
  const FIELDS = 'task { id } claim { token }';
  const lost = await app.mutate<Claimed>('claimTask', { projectId, agent: 'ada', leaseSeconds: 1 }, FIELDS);
  const graph = () =>
    app.ask<object>(
      `query ($id: ID!) { project(by: { id: $id }) { readyTasks { totalCount nodes { title } } tasks { nodes {
        handle parentId progress { done total } blockedBy { title } blocks { nodes { title } } claim { agent token } } } }
        taskBoard(projectId: $id) { byStatus { status count } blocked byAgent { agent assigned } } }`,
      { id: projectId },
    );
  // Waits until it has expired.
  const held = await app.mutate<Claimed>('claimTask', { projectId, agent: 'bob', waitSeconds: 60 }, FIELDS);
  const before = await graph();

  for (const mode of [...MODES.filter((each) => each !== 'LOCAL'), 'LOCAL' as const]) {
    const id = await startMove(app, projectId, { mode });
    await untilPhase(app, id, 'MOVED');
    expect(await graph(), mode).toEqual(before);
    const token = (claimed: Claimed) => ({ id: hull, token: claimed.claim.token });
    await expect(app.mutate('renewClaim', token(lost), 'task { id }')).rejects.toMatchObject({ code: 'CLAIM_LOST' });
    await app.mutate('renewClaim', token(held), 'task { id }');
    const { finalization } = await readMove(app, id);
    await sendCommand(app, 'finalize', id, { token: finalization!.token });
    await untilPhase(app, id, 'FINALIZED');
  }
  await app.mutate('completeTask', { id: hull, token: held.claim.token }, 'task { id }');
  const next = await app.mutate<Claimed>('claimTask', { projectId, agent: 'ada' }, 'task { id title } claim { token }');
  expect(next).toMatchObject({ task: { title: 'mast' } });
});

it('lets one who waits for a task find it where the project is by then', async () => {
  const world = await makeWorld();
  const app = await world.start();
  const projectId = await app.createProject({ storageMode: 'LOCAL' });
  const waiting = app.mutate<{ task: { title: string; createdAt: string; updatedAt: string } }>(
    'claimTask',
    { projectId, agent: 'ada', waitSeconds: 60 },
    'task { title createdAt updatedAt }',
  );
  await untilPhase(app, await startMove(app, projectId, { mode: 'FILE' }), 'MOVED');
  await app.mutate('createTask', { projectId, title: 'late' }, 'task { id }');
  const { task } = await waiting;
  expect(task.title).toBe('late');
  // Not only when its time is over.
  expect(Date.parse(task.updatedAt) - Date.parse(task.createdAt)).toBeLessThan(40_000);
});
