import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../support/api.js';
import { cases } from '../../support/extent.js';
import { copyOfProject } from '../../support/restored.js';
import type { RunningApp } from '../../support/server.js';
import { readMove, sendCommand, startMove, until, untilPhase } from '../support/moves.js';
import { PAIRS } from '../support/places.js';
import { createGate, makeWorld, type World } from '../support/world.js';

async function saveTasks({ mutate }: Api, projectId: string, ...titles: readonly string[]): Promise<void> {
  for (const title of titles) await mutate('createTask', { projectId, title }, 'task { id }');
}

async function titles({ ask }: Api, projectId: string): Promise<readonly string[]> {
  const query = 'query ($id: ID!) { project(by: { id: $id }) { tasks(first: 50) { nodes { title } } } }';
  const { project } = await ask<{ project: { tasks: { nodes: { title: string }[] } } }>(query, { id: projectId });
  return project.tasks.nodes.map(({ title }) => title).toSorted();
}

const FAILED = {
  phase: 'FAILED',
  problem: { code: 'LOG_REPLACED', hint: expect.stringContaining('start again') },
};

/** In a full run each mode is a source and a target. What each store does is in its own tests. */
const EACH = cases([PAIRS[0]!], PAIRS.slice(1, 3));

describe.each(EACH)('a move from %s to %s that waits to cut over', (from, to) => {
  async function begin() {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: from });
    await saveTasks(app, projectId, 'a', 'b');
    return { world, app, projectId };
  }
  const start = async (app: RunningApp, projectId: string) => {
    const id = await startMove(app, projectId, { mode: to }, { autoCutOver: false });
    await until(app, id, ({ progress }) => progress.canCutOver);
    return id;
  };
  const over = (app: RunningApp, id: string) => until(app, id, ({ isOver }) => isOver);

  it('fails when the project was reset to an older state, and the project works where it is', async () => {
    const { world, app, projectId } = await begin();
    const restore = await copyOfProject(world, from, projectId);
    await saveTasks(app, projectId, 'lost', 'lost too');
    const id = await start(app, projectId);
    await restore();
    await saveTasks(app, projectId, 'x', 'y', 'z');
    expect(await over(app, id)).toMatchObject(FAILED);
    expect(await titles(app, projectId)).toEqual(['a', 'b', 'x', 'y', 'z']);
    // Started again, it copies what exists. A folder that was reset is scanned when the server starts.
    await app.close();
    const again = await world.start();
    const next = await start(again, projectId);
    await sendCommand(again, 'cutOver', next);
    await untilPhase(again, next, 'MOVED');
    expect(await titles(again, projectId)).toEqual(['a', 'b', 'x', 'y', 'z']);
  });

  it('fails when the copy was reset to an older state', async () => {
    const { world, app, projectId } = await begin();
    const id = await start(app, projectId);
    const restore = await copyOfProject(world, to, projectId);
    await saveTasks(app, projectId, 'c', 'd');
    const hasFollowed = async () => (await readMove(app, id)).progress.lag.entries === 0;
    await expect.poll(hasFollowed).toBe(true);
    await expect.poll(async () => (await readMove(app, id)).progress.collections.at(-1)?.done).toBe(4);
    await restore();
    expect(await over(app, id)).toMatchObject(FAILED);
    expect(await titles(app, projectId)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a project that has moved, and whose log is no longer the one that it moved with', () => {
  async function moved() {
    const world = await makeWorld();
    const app = await world.start();
    const projectId = await app.createProject({ storageMode: 'FILE' });
    await saveTasks(app, projectId, 'a', 'b');
    const id = await startMove(app, projectId, { mode: 'LOCAL' });
    await untilPhase(app, id, 'MOVED');
    return { world, app, projectId, id };
  }
  const withStore = (world: World, projectId: string, sql: string) =>
    inDatabase(join(world.folder, 'projects', projectId, 'store.db'), sql);

  it('keeps its source', async () => {
    const { world, app, projectId, id } = await moved();
    withStore(world, projectId, "update log set request = 'another' where seq = 2");
    const { finalization } = await readMove(app, id);
    await sendCommand(app, 'finalize', id, { token: finalization!.token });
    const kept = await until(app, id, ({ message }) => message.includes('finalized:'), 20_000);
    expect(kept).toMatchObject({ phase: 'MOVED', message: expect.stringContaining('entry 2 as it was') });
  });

  it('isn’t rolled back into it', async () => {
    const { world, app, projectId, id } = await moved();
    withStore(world, projectId, "update log set request = 'another' where seq = 2");
    await sendCommand(app, 'rollBack', id);
    const stayed = await until(app, id, ({ phase, problem }) => phase === 'MOVED' && problem !== null);
    expect(stayed).toMatchObject({ problem: { code: 'LOG_REPLACED' } });
    expect(await titles(app, projectId)).toEqual(['a', 'b']);
  });
});

// An earlier version wrote the record in the catalog, whatever the modes of the sides.
describe.each(cases(EACH.slice(-1), EACH.slice(0, -1)))(
  'a move from %s to %s whose catalog an earlier version wrote, with the numbers of entries alone',
  (from, to) => {
    /** Stops the server, makes the record one of an earlier version, and starts it again. */
    async function upgraded(world: World, app: RunningApp): Promise<RunningApp> {
      await app.close();
      const fields = Object.entries({ copiedFrom: 'copiedFrom', replayed: 'replayed', movedSeq: 'moved' });
      const numbers = fields.map(([old, now]) => `'$.checkpoint.${old}', doc ->> '$.checkpoint.${now}.seq'`);
      const old = `json_remove(json_set(doc, ${numbers.join(', ')}), '$.checkpoint.moved')`;
      inDatabase(join(world.folder, 'catalog', 'store.db'), `update migrations set doc = ${old}`);
      return world.start();
    }

    it.each([[[]], [['since']]])('cuts over, and is rolled back, when this was written since: %j', async (since) => {
      const world = await makeWorld();
      const app = await world.start();
      const projectId = await app.createProject({ storageMode: from });
      await saveTasks(app, projectId, 'a', 'b');
      const id = await startMove(app, projectId, { mode: to }, { autoCutOver: false });
      await until(app, id, ({ progress }) => progress.canCutOver);

      const waiting = await upgraded(world, app);
      await saveTasks(waiting, projectId, ...since);
      await sendCommand(waiting, 'cutOver', id);
      await untilPhase(waiting, id, 'MOVED', 20_000);
      const moved = await upgraded(world, waiting);
      await saveTasks(moved, projectId, ...since);
      await sendCommand(moved, 'rollBack', id);
      await untilPhase(moved, id, 'ROLLED_BACK', 20_000);
      expect(await titles(moved, projectId)).toEqual(['a', 'b', ...since, ...since]);
    });

    it('resumes in the middle of its copy', async () => {
      const world = await makeWorld();
      const gate = createGate();
      const app = await world.start(gate);
      const projectId = await app.createProject({ storageMode: from });
      await saveTasks(app, projectId, 'a', 'b');
      const first = gate.holdAt('copy');
      const id = await startMove(app, projectId, { mode: to }, { batchSize: 1 });
      const begin = await first;
      const second = gate.holdAt('copy');
      begin();
      const release = await second;
      await sendCommand(app, 'pause', id);
      release();
      const again = await upgraded(world, app);
      await sendCommand(again, 'resume', id);
      await untilPhase(again, id, 'MOVED', 20_000);
      expect(await titles(again, projectId)).toEqual(['a', 'b']);
    });
  },
);

function inDatabase(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}
