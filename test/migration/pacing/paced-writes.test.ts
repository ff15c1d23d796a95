import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import type { Migration } from '../../../src/domain/migration.js';
import { planMigration } from '../../../src/migration/preflight/plan.js';
import { NO_PROGRESS } from '../../../src/migration/runner/progress.js';
import { CATALOG_COLLECTIONS, migrations, projects } from '../../../src/storage/collections.js';
import { createSqliteStore } from '../../../src/storage/sqlite/store.js';
import { createWriter } from '../../../src/storage/sqlite/writer.js';
import type { Api } from '../../support/api.js';
import { makeWorld } from '../support/world.js';

/** Long enough to notice that a write waits, in ms. */
const PACING_MS = 10_000;
/** Writes of others that come after one that waits, and are done before it. */
const OTHERS = 5;

/** Another server on the same catalog, running a move, with a short lease. `says` writes its progress. */
async function createElsewhere(folder: string, projectId: string) {
  const writer = createWriter();
  const path = join(folder, 'catalog', 'store.db');
  const catalog = await createSqliteStore({ path, collections: CATALOG_COLLECTIONS, writer });
  onTestFinished(async () => {
    await catalog.close();
    await writer.close();
  });
  const [project] = await catalog.collection(projects).get([projectId]);
  let move: Migration = planMigration({
    ...{ project: project!, to: { mode: 'FILE', location: null }, lastToken: 0 },
    options: { dryRun: false, autoCutOver: true, batchSize: 100, onReject: 'STOP' },
    ...{ id: createIdGenerator()('migration', CATALOG_KEY), at: new Date().toISOString() },
  });
  const says = async (change: Partial<Migration>, isNew = false) => {
    const until = new Date(Date.now() + 14_000).toISOString();
    const runner = { ...move.runner, holder: 'elsewhere:1:abc', until };
    move = { ...move, runner, ...change, version: isNew ? 1 : move.version + 1 };
    const operation = isNew ? 'CREATE' : 'UPDATE';
    const put = { kind: 'put', collection: migrations.name, operation, document: move } as const;
    const at = new Date().toISOString();
    await catalog.commit([put], { epoch: await catalog.epoch(), actor: 'migration', requestId: move.id, at });
  };
  await says({ phase: 'CATCHING_UP', progress: { ...NO_PROGRESS, pacing: PACING_MS } }, true);
  return { id: move.id, says };
}

const save = (api: Api, projectId: string) =>
  api.mutate('saveMemory', { projectId, content: 'meanwhile', role: 'USER' }, 'memory { id }');

async function pacingOf(api: Api, id: string): Promise<number> {
  const query = 'query ($id: ID!) { migration(id: $id) { progress { pacing } } }';
  const { migration } = await api.ask<{ migration: { progress: { pacing: number } } }>(query, { id });
  return migration.progress.pacing;
}

it('writes through any server wait for a move that another server runs, until the pacing ends', async () => {
  const world = await makeWorld();
  const environment = { MOORING_PACING_MS: `${PACING_MS}` };
  const servers = [await world.start({ environment }), await world.start({ environment })];
  const [first] = servers;
  const projectId = await first!.createProject({ storageMode: 'LOCAL' });
  const other = await first!.createProject({ storageMode: 'LOCAL' });
  const elsewhere = await createElsewhere(world.folder, projectId);

  const waiting: Promise<unknown>[] = [];
  for (const server of servers) {
    // The first ones may be done before the server knows of the move.
    for (let isDone = true; isDone; ) {
      await elsewhere.says({});
      isDone = false;
      const saving = save(server, projectId).then(() => {
        isDone = true;
      });
      waiting.push(saving);
      for (let n = 0; n < OTHERS; n += 1) await save(server, other);
    }
    expect(await pacingOf(server, elsewhere.id)).toBe(PACING_MS);
  }
  await elsewhere.says({ isPaused: true });
  await Promise.all(waiting);
  for (const server of servers) {
    expect(await pacingOf(server, elsewhere.id)).toBe(0);
    await save(server, projectId);
  }
});
