import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHeld, remains } from '../../support/compare.js';
import { readMove, sendCommand, startMove, until, untilHeld, untilPhase } from '../support/moves.js';
import { PAIRS, targetOf } from '../support/places.js';
import { createGate, makeWorld } from '../support/world.js';

describe.each(PAIRS)('a project that was moved from %s to %s', (...pair) => {
  const [from] = pair;

  it('keeps its source until it is finalized with the token, and then only that is removed', async () => {
    const world = await makeWorld();
    const gate = createGate();
    const app = await world.start(gate);
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

    await expect(sendCommand(app, 'finalize', id, { token: 'wrong' })).rejects.toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
    });
    expect(await remains(source)).not.toEqual([]);
    expect(finalization?.consequence).toContain(projectId);
    const held = gate.holdAt('clean-up');
    const answer = await app.mutate<{ migration: object }>(
      'finalizeMigration',
      { id, token: finalization!.token },
      'migration { phase isOver progress { phase canRollBack } }',
    );
    const finalizing = { phase: 'FINALIZING', isOver: false };
    expect(answer.migration).toEqual({ ...finalizing, progress: { phase: 'FINALIZING', canRollBack: false } });
    const release = await untilHeld(app, id, held);
    expect(await readMove(app, id)).toMatchObject({
      ...finalizing,
      progress: { canRollBack: false },
      finalization: null,
    });
    expect(await remains(source)).not.toEqual([]);
    release();
    await untilPhase(app, id, 'FINALIZED');
    expect(await remains(source)).toEqual([]);
    expect((await readHeld(beside)).digest).toBe(before.digest);
    expect((await work.check(app)).join('\n')).toBe('');
    expect((await readMove(app, id)).finalization).toBeNull();
    await expect(sendCommand(app, 'rollBack', id)).rejects.toMatchObject({ code: 'MIGRATION_STATE' });
  });
});

describe('a project whose source can’t be reached', () => {
  it('has ended, and is finalized once the source is reachable again and removed', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'FILE' });
    const id = await startMove(app, projectId, { mode: 'LOCAL' });
    const { finalization } = await untilPhase(app, id, 'MOVED');
    const files = join(world.folder, 'files');
    await rename(files, `${files}.away`);
    await sendCommand(app, 'finalize', id, { token: finalization!.token });
    const over = await until(app, id, ({ isOver }) => isOver);
    expect(over).toMatchObject({ phase: 'FINALIZING', problem: { code: expect.stringMatching(/^STORE_/) } });
    await expect(sendCommand(app, 'rollBack', id)).rejects.toMatchObject({
      message: expect.stringContaining('FINALIZING'),
    });
    await app.close();

    await rename(`${files}.away`, files);
    const next = await world.start();
    const removed = () => readMove(next, id);
    await expect.poll(removed).toMatchObject({ phase: 'FINALIZED', problem: null, message: REMOVED });
    expect(existsSync(join(files, projectId))).toBe(false);
  });
});

const REMOVED = 'The source is removed. The migration has ended.';
