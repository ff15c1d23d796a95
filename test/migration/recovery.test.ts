import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startVictim } from '../support/migration-victim.js';
import { lookAt, startMove, tell, until } from './support/moves.js';
import { makeWorld } from './support/world.js';

describe('a migration', () => {
  it('whose target is removed while it waits to be told to cut over is copied again, and flips to all of it', async () => {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 30);
    const id = await startMove(app, projectId, { mode: 'FILE' }, { autoCutOver: false });
    await until(app, id, ({ progress }) => progress.canCutOver);
    await rm(join(world.folder, 'files', projectId), { recursive: true });

    await tell(app, 'cutOver', id);
    const moved = await until(app, id, ({ phase }) => phase === 'MOVED');
    expect(moved.verification?.collections.find(({ name }) => name === 'tasks')).toMatchObject({ compared: 30 });
    expect(await countTasks(app, projectId)).toBe(30);
  });

  it('that was paused while its fence was up, and whose server was killed then, lets writes go on though it is paused', async () => {
    const world = await makeWorld();
    const victim = await startVictim(world.folder, {});
    const projectId = await victim.api.createProject();
    await saveTasks(victim.api, projectId, 5);
    await victim.doom({ at: 'fenced', how: 'SIGSTOP' });
    const id = await startMove(victim.api, projectId, { mode: 'FILE' });
    await expect.poll(() => victim.steps.at(-1), { timeout: 30_000 }).toBe('fenced');
    const next = await world.start();
    await tell(next, 'pause', id);
    await victim.kill();

    await saveTasks(next, projectId, 1);
    const paused = await until(next, id, ({ phase }) => phase === 'CATCHING_UP');
    expect(paused.isPaused).toBe(true);
    await tell(next, 'resume', id);
    await until(next, id, ({ phase }) => phase === 'MOVED');
    expect(await countTasks(next, projectId)).toBe(6);
  });

  it('that was killed after it had readied the target goes on, and can be cancelled as well', async () => {
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
          if (isCancelled && step === 'fence-down') await tell(next, 'cancel', id);
        },
      });
      await until(next, id, ({ phase }) => phase === (isCancelled ? 'CANCELLED' : 'MOVED'));
      expect(await countTasks(next, projectId)).toBe(5);
      await saveTasks(next, projectId, 1);
    }
  });

  it('whose way back was told by mistake can be called off, and goes on being what can be rolled back', async () => {
    const world = await makeWorld();
    let isHeld = false;
    const app = await world.start({
      onMigrationStep: async (step) => {
        if (isHeld && step === 'verify') await expect.poll(async () => (await lookAt(app, id)).isPaused).toBe(true);
      },
    });
    const projectId = await app.createProject();
    await saveTasks(app, projectId, 5);
    const id = await startMove(app, projectId, { mode: 'FILE' });
    await until(app, id, ({ phase }) => phase === 'MOVED');
    await saveTasks(app, projectId, 3);
    isHeld = true;
    await tell(app, 'rollBack', id);
    await until(app, id, ({ phase }) => phase === 'VERIFYING');
    await tell(app, 'pause', id);
    await tell(app, 'cancel', id);
    const stayed = await until(app, id, ({ phase }) => phase === 'MOVED');
    expect(stayed).toMatchObject({ isRollingBack: false, progress: { canRollBack: true } });
    isHeld = false;

    await tell(app, 'verify', id);
    const verified = await until(app, id, ({ message }) => message.includes('agree') || message.includes('differ'));
    expect(verified.mismatches.nodes).toEqual([]);
    await tell(app, 'rollBack', id);
    await until(app, id, ({ phase }) => phase === 'ROLLED_BACK');
    expect(await countTasks(app, projectId)).toBe(8);
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
