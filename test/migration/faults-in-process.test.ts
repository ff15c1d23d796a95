import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { settled } from '../modes/support.js';
import { differences, readHeld, untilNothingRemains, withStore } from '../support/compare.js';
import { canMount, mountDisk } from '../support/disk.js';
import { cases } from '../support/extent.js';
import { startVictim } from '../support/migration-victim.js';
import { mongoUnavailable, startMongo } from '../support/mongodb.js';
import { type FaultProxy, startProxy } from '../support/proxy.js';
import { rateLimited, startVoyage } from '../support/voyage.js';
import { lookAt, startMove, tell, until, untilHeld, untilPhase } from './support/moves.js';
import { atEnd, createGate, makeWorld } from './support/world.js';

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

describe.skipIf(mongoUnavailable)('a database that goes down', () => {
  async function behindProxy(from: 'LOCAL' | 'MONGODB') {
    // One of its own: connections that are cut in the middle of something are too much for some servers.
    const { uri, port, stop } = await startMongo();
    atEnd(stop);
    const proxy: FaultProxy = await startProxy({ port });
    atEnd(() => proxy.close());
    const gate = createGate();
    const world = await makeWorld({ uri, via: uri.replace(String(port), String(proxy.port)) });
    const app = await world.start(gate);
    const projectId = await app.createProject({ storageMode: from });
    const unheard = ['STORE_UNAVAILABLE', 'STORE_TIMEOUT'];
    const work = await world.people(app, projectId, { before: 80, ...(from === 'MONGODB' ? { unheard } : {}) });
    return { world, proxy, gate, app, projectId, work };
  }

  it.each(cases(['copy', 'fenced'], ['replay', 'verify', 'target-epoch']))(
    'as the target at a %s holds up the move, says so, and nobody else; then it goes on',
    async (at) => {
      const { world, proxy, gate, app, projectId, work } = await behindProxy('LOCAL');
      work.start();
      const held = gate.holdAt(at);
      const id = await startMove(app, projectId, { mode: 'MONGODB' });
      const release = await untilHeld(app, id, held);
      await proxy.set({ kind: 'refuse' });
      release();
      await until(app, id, ({ problem, message }) => problem !== null || /again/.test(message));
      await work.more(20);
      await proxy.set({ kind: 'none' });
      await untilPhase(app, id, 'MOVED');
      await work.more(10);
      await work.stop();
      expect((await work.check(app)).join('\n')).toBe('');
      const source = await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId));
      const target = await readHeld(world.liesAt({ mode: 'MONGODB' }, projectId), source.seq);
      expect(differences(source, target)).toEqual([]);
    },
  );

  it.each(cases(['replay'], ['copy', 'verify']))(
    'as the source at a %s holds up the move until it is back',
    async (at) => {
      const { proxy, gate, app, projectId, work } = await behindProxy('MONGODB');
      const held = gate.holdAt(at);
      const id = await startMove(app, projectId, { mode: 'LOCAL' });
      const release = await untilHeld(app, id, held);
      await proxy.set({ kind: 'refuse' });
      release();
      await until(app, id, ({ problem }) => problem !== null);
      await proxy.set({ kind: 'none' });
      await untilPhase(app, id, 'MOVED');
      expect((await work.check(app)).join('\n')).toBe('');
    },
  );
});

describe('a disk that is full at the target', () => {
  it.runIf(canMount)('holds up the move, harms nobody, and it goes on when there is space', async () => {
    const world = await makeWorld();
    const small = join(world.folder, 'small');
    const unmount = mountDisk(small, 120);
    atEnd(async () => unmount());
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
    await tell(app, 'resume', id);
    await untilPhase(app, id, 'MOVED');
    await work.stop();
    expect((await work.check(app)).join('\n')).toBe('');
    const source = await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId));
    expect(differences(source, await readHeld(world.liesAt(to, projectId), source.seq))).toEqual([]);
  });
});

describe.skipIf(mongoUnavailable)('Voyage that fails while a project is embedded anew', () => {
  it.each([
    ['is limited', rateLimited(0)],
    ['answers 500', { kind: 'status', status: 500 } as const],
    ['hangs', { kind: 'hang' } as const],
    ['is cut off', { kind: 'cut' } as const],
  ])('and %s is waited for; the old index answers until then', async (_, fault) => {
    const voyage = await startVoyage();
    atEnd(() => voyage.stop());
    const world = await makeWorld();
    const environment = { VOYAGE_AI_API_KEY: voyage.key, VOYAGE_BASE_URL: voyage.url };
    const gate = createGate();
    const app = await world.start({ environment, ...gate });
    const projectId = await app.createProject({ storageMode: 'LOCAL' });
    const work = await world.people(app, projectId, { before: 60, ownContents: true });
    const held = gate.holdAt('copy');
    const id = await startMove(app, projectId, { mode: 'MONGODB' });
    const release = await untilHeld(app, id, held);
    voyage.next(...Array.from({ length: 3 }, () => fault));
    work.start();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    await work.stop();
    expect((await work.check(app)).join('\n')).toBe('');
    expect(moved.progress.vectors).toMatchObject({ failed: 0 });
    expect(moved.progress.tokens).toBeGreaterThan(0);
  });
});

describe('a target that is damaged between the copy and its verification', () => {
  const damages: readonly (readonly [string, RegExp, string])[] = [
    ['a field', /title/, `update tasks set doc = json_set(doc, '$.title', 'Damaged') where rowid = 3`],
    ['a record', /./, 'delete from tasks where rowid = 4'],
    ['an entry of the log', /actor/, `update log set actor = 'nobody' where seq = 5`],
    [
      'an extra record',
      /./,
      `insert into tasks (id, version, doc) select replace(id, 'tsk_0', 'tsk_1'), version, json_set(doc, '$.id', replace(id, 'tsk_0', 'tsk_1'), '$.externalId', null) from tasks where rowid = 5`,
    ],
  ];

  it.each(damages)('in %s has it named, and mended', async (_, __, sql) => {
    const { app, id, projectId, world, release, path } = await copied();
    const db = new Database(path);
    db.exec(sql);
    db.close();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.mismatches.nodes).toEqual([expect.objectContaining({ isRepaired: true })]);
    const source = await readHeld(world.liesAt({ mode: 'FILE' }, projectId));
    expect(differences(source, await readHeld(world.liesAt({ mode: 'LOCAL' }, projectId), source.seq))).toEqual([]);
  });

  it('in a vector has it named, and mended', async () => {
    const { app, id, projectId, world, release } = await copied('verify');
    const db = new Database(join(world.folder, 'projects', projectId, 'search.db'));
    await expect.poll(() => db.prepare('select count(*) from vectors').pluck().get()).toBe(30);
    db.exec('update vectors set vector = zeroblob(length(vector)) where rowid = 3');
    db.close();
    release();
    const moved = await untilPhase(app, id, 'MOVED');
    expect(moved.mismatches.nodes).toEqual([expect.objectContaining({ collection: 'vectors', isRepaired: true })]);
  });

  /** A project in files, copied into a database, and held before what is to be damaged is compared. */
  async function copied(at = 'replay') {
    const world = await makeWorld();
    const gate = createGate();
    const app = await world.start(gate);
    const projectId = await app.createProject({ storageMode: 'FILE' });
    await world.people(app, projectId, { before: 60, ownContents: true });
    await settled(app, projectId);
    const held = gate.holdAt(at);
    const id = await startMove(app, projectId, { mode: 'LOCAL' });
    return {
      world,
      app,
      projectId,
      id,
      release: await held,
      path: join(world.folder, 'projects', projectId, 'store.db'),
    };
  }
});

describe('a migration that is cancelled after a crash', () => {
  it.each(['target-epoch', 'flip', 'flipped'])('at the %s leaves nothing behind', async (at) => {
    const world = await makeWorld();
    const victim = await startVictim(world.folder, world.environment);
    atEnd(() => victim.kill());
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
      await tell(app, 'cancel', id);
      release();
      await untilPhase(app, id, 'CANCELLED');
      await untilNothingRemains(world.liesAt({ mode: 'FILE' }, projectId));
      expect((await lookAt(app, id)).problem).toBeNull();
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
