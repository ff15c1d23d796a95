import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { differences, readHeld, untilNothingRemains, withStore } from '../../support/compare.js';
import { cases } from '../../support/extent.js';
import { canMount, mountDisk } from '../../support/machine/disk.js';
import { startVictim } from '../../support/migration/victim.js';
import { readMove, sendCommand, startMove, until, untilHeld, untilPhase } from '../support/moves.js';
import { createGate, makeWorld } from '../support/world.js';

describe('two servers on one data directory', () => {
  it('run a migration once between them, and both see it moved', async () => {
    const world = await makeWorld();
    const [one, two] = [await world.start(), await world.start()];
    const projectId = await one.createProject({ storageMode: 'LOCAL' });
    const [left, right] = [
      await world.people(one, projectId, { before: 60 }),
      await world.people(two, await two.createProject({ storageMode: 'FILE' }), { before: 60 }),
    ];
    left.start();
    right.start();
    const started = await Promise.allSettled([
      startMove(one, projectId, { mode: 'FILE' }),
      startMove(two, projectId, { mode: 'FILE' }),
    ]);
    const ids = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(ids).toHaveLength(1);
    await untilPhase(two, ids[0]!, 'MOVED');
    await left.more(30);
    await Promise.all([left.stop(), right.stop()]);
    expect((await left.check(two)).join('\n')).toBe('');
    expect((await left.check(one)).join('\n')).toBe('');
    expect((await right.check(one)).join('\n')).toBe('');
  });
});

describe('a disk that is full at the target', () => {
  it.runIf(canMount)('delays the move, harms nothing, and the move continues when space is free', async () => {
    const world = await makeWorld();
    const small = join(world.folder, 'files', 'small');
    const unmount = mountDisk(small, 120);
    onTestFinished(async () => unmount());
    const gate = createGate();
    const app = await world.start(gate);
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(app, projectId, { before: 100 });
    const to = { mode: 'FILE', location: small } as const;
    const held = gate.holdAt('copy');
    const id = await startMove(app, projectId, to);
    const release = await untilHeld(app, id, held);
    const filler = join(small, 'filler');
    await writeFile(filler, Buffer.alloc(130_000_000)).catch(() => undefined);
    work.start();
    release();
    const full = await until(app, id, ({ problem }) => problem !== null);
    expect(full.problem).toMatchObject({ code: 'STORE_FULL' });
    await work.more(20);
    await rm(filler);
    await sendCommand(app, 'resume', id);
    await untilPhase(app, id, 'MOVED');
    await work.stop();
    expect((await work.check(app)).join('\n')).toBe('');
    const source = await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId));
    expect(differences(source, await readHeld(world.liesAt(to, projectId), source.seq))).toEqual([]);
  });
});

describe('a migration that is cancelled after a crash', () => {
  it.each(cases(['flip', 'flipped'], ['target-epoch']))('at the %s leaves nothing behind', async (at) => {
    const world = await makeWorld();
    const victim = await startVictim(world.folder, world.environment);
    onTestFinished(() => victim.kill());
    const projectId = await victim.api.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(victim.api, projectId, { before: 60 });
    await victim.doom({ at });
    const id = await startMove(victim.api, projectId, { mode: 'FILE' });
    await victim.gone;
    const gate = createGate();
    const held = gate.holdAt('fence-down');
    const app = await world.start(gate);
    if (at !== 'flipped') {
      const release = await held;
      await sendCommand(app, 'cancel', id);
      release();
      await untilPhase(app, id, 'CANCELLED');
      await untilNothingRemains(world.liesAt({ mode: 'FILE' }, projectId));
      expect((await readMove(app, id)).problem).toBeNull();
    } else {
      await untilPhase(app, id, 'MOVED');
    }
    work.moveTo(app);
    work.start();
    await work.more(20);
    await work.stop();
    expect((await work.check(app)).join('\n')).toBe('');
    const home = at === 'flipped' ? ({ mode: 'FILE' } as const) : ({ mode: 'LOCAL' } as const);
    expect(await withStore(world.liesAt(home, projectId), (store) => store.epoch())).toBeGreaterThan(0);
  });
});
