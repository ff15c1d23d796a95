import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { amount, cases } from '../support/extent.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';
import { until } from '../support/until.js';

const KILLS = amount({ quick: 1, all: 20 });
const TASKS = 400;
/** What each secret ends with. */
const CANARY = 'zq7xw5vj3kp9';
/** Joined here, so that no scanner of sources takes it for a real one. */
const secretOf = (n: number) => `ghp${'_'}aB3dE5gH7jK9mN1pQ2sT${String(n).padStart(4, '0')}${CANARY}`;
const FIELDS = 'recordsScanned recordsRedacted entriesScanned entriesRedacted after';

async function plant({ mutate }: Api, projectId: string): Promise<void> {
  const tasks = Array.from({ length: TASKS }, (_, n) => ({ title: `step ${n}`, description: `with ${secretOf(n)}` }));
  await mutate('createTasks', { projectId, tasks }, 'tasks { id }');
}

async function countRedacted({ ask }: Api, projectId: string): Promise<number> {
  const query = 'query ($id: ID!) { project(by: { id: $id }) { tasks(filter: { text: "[redacted" }) { totalCount } } }';
  const { project } = await ask<{ project: { tasks: { totalCount: number } } }>(query, { id: projectId });
  return project.tasks.totalCount;
}

async function filesWithCanary(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path, 'latin1')).toLowerCase().includes(CANARY)) found.push(path);
  }
  return found;
}

it.each(cases(['LOCAL', 'FILE'], []))(
  `%s: a scan that redacts is completed by another one after its server was killed ${KILLS} times`,
  async (storageMode) => {
    const folder = await makeFolder();
    const start = () => startMooring(folder, { MOORING_SECRETS: 'off' });
    let server: Running = await start();
    onTestFinished(() => server.stop());
    let api = createApi(server.url);
    const projectId = await api.createProject({ storageMode });
    await plant(api, projectId);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await countRedacted(api, projectId);
      const scanning = api.mutate('scanSecrets', { projectId, redact: true }, FIELDS).catch(() => null);
      // At another place each time: soon after it began, or later, when it may be in the log.
      const goal = Math.min(TASKS, before + 1 + ((kill * 170 + 150) % TASKS));
      await until(async () => (await countRedacted(api, projectId)) >= goal);
      server.process.kill('SIGKILL');
      await once(server.process, 'exit');
      await scanning;
      server = await start();
      api = createApi(server.url);
    }
    expect(await api.mutate('scanSecrets', { projectId, redact: true }, FIELDS)).toMatchObject({ after: null });
    expect(await api.mutate('scanSecrets', { projectId }, FIELDS)).toMatchObject({
      recordsScanned: TASKS + 1,
      recordsRedacted: 0,
      entriesScanned: 2 * TASKS + 1,
      entriesRedacted: 0,
    });
    expect(await countRedacted(api, projectId)).toBe(TASKS);
    await server.stop();
    expect(await filesWithCanary(folder)).toEqual([]);
  },
);
