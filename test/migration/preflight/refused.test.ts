import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHeld } from '../../support/compare.js';
import { heldAt, stopped } from '../support/held.js';
import { type Place, sendCommand, startMove, until, untilPhase } from '../support/moves.js';
import { makeWorld } from '../support/world.js';

describe('a senseless migration', () => {
  it('is refused while another is active, and its commands once it has ended', async () => {
    const { app, projectId, id, work, release } = await heldAt('copy');
    await expect(startMove(app, projectId, { mode: 'LOCAL' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(startMove(app, projectId, { mode: 'FILE' })).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await expect(sendCommand(app, 'rollBack', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    release();
    await untilPhase(app, id, 'MOVED');
    await expect(sendCommand(app, 'cancel', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await expect(sendCommand(app, 'pause', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
    await work.stop();
  });

  it('to the place where the project already is, by another name, leaves it alone', async () => {
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
