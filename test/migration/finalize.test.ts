import { describe, expect, it } from 'vitest';
import { readHeld, remains } from '../support/compare.js';
import { lookAt, startMove, tell, untilPhase } from './support/moves.js';
import { PAIRS, targetOf } from './support/places.js';
import { makeWorld } from './support/world.js';

describe.each(PAIRS)('a project that was moved from %s to %s', (...pair) => {
  const [from] = pair;

  it('keeps its source until it is finalized with the token, and then only that is removed', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const to = targetOf(world, pair);
    const [projectId, bystander] = [
      await app.createProject({ storageMode: from }),
      await app.createProject({ storageMode: from }),
    ];
    const [work] = [await world.people(app, projectId, { before: 60 }), await world.people(app, bystander)];
    const source = world.liesAt({ mode: from }, projectId);
    const beside = world.liesAt({ mode: from }, bystander);
    const before = await readHeld(beside);
    const id = await startMove(app, projectId, to);
    const { finalization } = await untilPhase(app, id, 'MOVED');

    await expect(tell(app, 'finalize', id, { token: 'wrong' })).rejects.toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
    });
    expect(await remains(source)).not.toEqual([]);
    expect(finalization?.consequence).toContain(projectId);
    await tell(app, 'finalize', id, { token: finalization!.token });
    await untilPhase(app, id, 'FINALIZED');

    expect(await remains(source)).toEqual([]);
    expect((await readHeld(beside)).digest).toBe(before.digest);
    expect((await work.check(app)).join('\n')).toBe('');
    expect((await lookAt(app, id)).finalization).toBeNull();
    await expect(tell(app, 'rollBack', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
  });
});
