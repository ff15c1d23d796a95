import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startVictim } from '../../support/migration/victim.js';
import { readMove, sendCommand, startMove, until } from '../support/moves.js';
import { createGate, makeWorld } from '../support/world.js';

describe('a migration', () => {
  it('whose target is removed while it waits for the command to cut over is copied again, and flips to all of it', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 30);
    const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
    await until(app, id, ({ progress }) => progress.canCutOver);
    const home = join(world.folder, 'files', projectId);
    await rename(home, `${home}.away`);

    await sendCommand(app, 'cutOver', id);
    const moved = await until(app, id, ({ phase }) => phase === 'MOVED');
    expect(moved.verification?.collections.find(({ name }) => name === 'tasks')).toMatchObject({ compared: 30 });
    expect(await countTasks(app, projectId)).toBe(30);
  });

  it('that was paused while its fence was up, and whose server was then killed, lets writes continue though it is paused', async () => {
    const world = await makeWorld();
    const victim = await startVictim(world.folder, {});
    const projectId = await victim.api.createProject();
    await saveTasks(victim.api, projectId, 5);
    await victim.doom({ at: 'fenced', how: 'SIGSTOP' });
    const id = await startMove(victim.api, projectId, { mode: 'FILE' });
    await expect.poll(() => victim.steps.at(-1)).toBe('fenced');
    const next = await world.start();
    await sendCommand(next, 'pause', id);
    await victim.kill();

    await saveTasks(next, projectId, 1);
    const paused = await until(next, id, ({ phase }) => phase === 'CATCHING_UP');
    expect(paused.isPaused).toBe(true);
    await sendCommand(next, 'resume', id);
    await until(next, id, ({ phase }) => phase === 'MOVED');
    expect(await countTasks(next, projectId)).toBe(6);
  });

  it('that was killed after preparing the target continues, and can be cancelled as well', async () => {
    for (const isCancelled of [false, true]) {
      const world = await makeWorld();
      const victim = await startVictim(world.folder, {});
      const projectId = await victim.api.createProject();
      await saveTasks(victim.api, projectId, 5);
      await victim.doom({ at: 'flip' });
      const id = await startMove(victim.api, projectId, { mode: 'FILE' });
      await victim.gone;
      const next = await world.start({
        onMigrationStep: async (step) => {
          if (isCancelled && step === 'fence-down') await sendCommand(next, 'cancel', id);
        },
      });
      await until(next, id, ({ phase }) => phase === (isCancelled ? 'CANCELLED' : 'MOVED'));
      expect(await countTasks(next, projectId)).toBe(5);
      await saveTasks(next, projectId, 1);
    }
  });

  it('whose roll-back was requested by mistake can be cancelled, and can still be rolled back', async () => {
    const world = await makeWorld();
    const gate = createGate();
    const app = await world.start(gate);
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 5);
    const id = await startMove(app, projectId, { mode: 'FILE' });
    await until(app, id, ({ phase }) => phase === 'MOVED');
    await saveTasks(app, projectId, 3);
    const held = gate.holdAt('verify');
    await sendCommand(app, 'rollBack', id);
    const release = await held;
    await sendCommand(app, 'pause', id);
    await sendCommand(app, 'cancel', id);
    release();
    const stayed = await until(app, id, ({ phase }) => phase === 'MOVED');
    expect(stayed).toMatchObject({ isRollingBack: false, progress: { canRollBack: true } });

    await sendCommand(app, 'verify', id);
    const verified = await until(app, id, ({ message }) => message.includes('agree') || message.includes('differ'));
    expect(verified.mismatches.nodes).toEqual([]);
    await sendCommand(app, 'rollBack', id);
    await until(app, id, ({ phase }) => phase === 'ROLLED_BACK');
    expect(await countTasks(app, projectId)).toBe(8);
  });

  it('whose target was removed isn’t finalized: the source stays, and the message says why', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 3);
    const id = await startMove(app, projectId, { mode: 'FILE' });
    const { finalization } = await until(app, id, ({ phase }) => phase === 'MOVED');
    const home = join(world.folder, 'files', projectId);
    await rename(home, `${home}.away`);
    await sendCommand(app, 'finalize', id, { token: finalization?.token });
    const refused = await until(app, id, ({ problem }) => problem !== null);
    expect(refused).toMatchObject({
      ...{ phase: 'MOVED', problem: { code: 'MIGRATION_STATE' } },
      progress: { canRollBack: true },
    });
    expect(existsSync(join(world.folder, 'projects', projectId, 'store.db'))).toBe(true);

    await app.close();
    // What was open there may have left something at its place.
    await rm(home, { recursive: true, force: true });
    await rename(`${home}.away`, home);
    const next = await world.start();
    const { finalization: again } = await readMove(next, id);
    await sendCommand(next, 'finalize', id, { token: again?.token });
    await until(next, id, ({ phase }) => phase === 'FINALIZED');
    expect(existsSync(join(world.folder, 'projects', projectId))).toBe(false);
  });

  it('whose project was purged ends, and what it copied is removed', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 3);
    const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
    await until(app, id, ({ progress }) => progress.canCutOver);
    await app.close();
    const copied = join(world.folder, 'files', projectId);
    expect(existsSync(copied)).toBe(true);
    // As a purge does that came between the reading of the project and the start of its migration.
    const catalog = new Database(join(world.folder, 'catalog', 'store.db'));
    catalog.prepare('delete from projects').run();
    catalog.close();

    const later = await world.start();
    await until(later, id, ({ phase }) => phase === 'FAILED', 20_000);
    await expect.poll(() => existsSync(copied), { timeout: 20_000 }).toBe(false);
  });

  it('that is active keeps the settings of its places, and its unfinished copy is read as no project', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 3);
    const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
    await until(app, id, ({ progress }) => progress.canCutOver);
    const settings = { file: { path: join(world.folder, 'files', 'elsewhere') } };
    const { token } = await app.mutate<{ token: string }>('testStorageConfig', { settings }, 'token');
    await expect(app.mutate('saveStorageConfig', { settings, token }, 'config { mode }')).rejects.toMatchObject({
      code: 'STORAGE_IN_USE',
      message: expect.stringContaining(id),
    });
    await app.close();

    // As if its catalog routed it to the copy.
    const catalog = new Database(join(world.folder, 'catalog', 'store.db'));
    const path = { storageMode: 'FILE' };
    for (const [field, value] of Object.entries(path)) {
      catalog.prepare(`update projects set doc = json_set(doc, '$.${field}', ?)`).run(value);
    }
    catalog
      .prepare(
        "update migrations set doc = json_set(doc, '$.activeFor', null, '$.endedAt', '2026-01-01T00:00:00.000Z')",
      )
      .run();
    catalog.close();
    const later = await world.start();
    await expect(countTasks(later, projectId)).rejects.toThrow('unfinished copy');
  });
});

type Client = Awaited<ReturnType<Awaited<ReturnType<typeof makeWorld>>['start']>>;

async function saveTasks({ mutate }: Pick<Client, 'mutate'>, projectId: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await mutate('createTask', { projectId, title: `Task ${n}` }, 'task { id }');
}

async function countTasks({ ask }: Pick<Client, 'ask'>, projectId: string): Promise<number> {
  const { project } = await ask<{ project: { tasks: { totalCount: number } } }>(
    'query ($id: ID!) { project(by: { id: $id }) { tasks(first: 1) { totalCount } } }',
    { id: projectId },
  );
  return project.tasks.totalCount;
}
