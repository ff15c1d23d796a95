import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, it } from 'vitest';
import { MODES } from '../support/modes.js';
import { sharedMongo } from '../support/mongodb/mongodb.js';
import { mongoEnvironment, type RunningApp, settled, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** What each secret ends with: no file may have it, however its words were indexed. */
const CANARY = 'zq7xw5vj3kp9';
let made = 0;
/** Joined here, so that no scanner of sources takes it for a real one. */
const newSecret = (): string => {
  made += 1;
  return `ghp${'_'}aB3dE5gH7jK9mN1pQ2sT${String(made).padStart(4, '0')}${CANARY}`;
};

/** Every file below a folder, and every document of a database, that has the canary. */
async function placesOf(folder: string, database: string | null): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const { name, parentPath } of names.filter((each) => each.isFile())) {
    const text = await readFile(join(parentPath, name), 'latin1');
    if (text.toLowerCase().includes(CANARY)) found.push(join(parentPath, name));
  }
  if (database === null) return found;
  const client = new MongoClient(sharedMongo());
  try {
    const db = client.db(database);
    for (const { name } of await db.listCollections().toArray()) {
      const documents = await db.collection(name).find().toArray();
      if (JSON.stringify(documents).toLowerCase().includes(CANARY)) found.push(name);
    }
  } finally {
    await client.close();
  }
  return found;
}

/** Saves secrets in every kind of record, in deleted ones and in earlier versions. */
async function plant(app: RunningApp, projectId: string): Promise<void> {
  const input = { id: projectId, version: 1, description: `deploy with ${newSecret()}`, settings: { a: newSecret() } };
  await app.mutate('updateProject', input, 'project { id }');
  const memories = Array.from({ length: 24 }, (_, n) => ({
    role: 'USER',
    sessionId: 'talk',
    content: n % 2 === 0 ? `use ${newSecret()} for step ${n}` : `step ${n}`,
    metadata: n % 5 === 0 ? { headers: [newSecret()] } : {},
  }));
  const fields = 'memories { id version }';
  const saved = await app.mutate<{ memories: { id: string; version: number }[] }>(
    'saveMemories',
    { projectId, memories },
    fields,
  );
  for (const { id, version } of saved.memories.slice(0, 6)) {
    const edited = { id, version, content: `rather ${newSecret()}` };
    await app.mutate('updateMemory', edited, 'memory { id }');
    await app.mutate('updateMemory', { id, version: version + 1, content: 'nothing' }, 'memory { id }');
  }
  for (const { id, version } of saved.memories.slice(10, 14))
    await app.mutate('deleteMemory', { id, version }, 'memory { id }');
  const { task } = await app.mutate<{ task: { id: string } }>(
    'createTask',
    { projectId, title: `Rotate ${newSecret()}`, description: `was ${newSecret()}` },
    'task { id }',
  );
  await app.mutate('saveState', { ownerId: task.id, key: 'plan', value: { with: newSecret() } }, 'state { id }');
  const { project } = await app.ask<{ project: { sessions: { nodes: { id: string; version: number }[] } } }>(
    'query ($id: ID!) { project(by: { id: $id }) { sessions(first: 1) { nodes { id version } } } }',
    { id: projectId },
  );
  const session = { ...project.sessions.nodes[0]!, title: `About ${newSecret()}` };
  await app.mutate('updateSession', session, 'session { id }');
}

const COUNTS = 'recordsScanned recordsRedacted entriesRedacted recordsLeft entriesLeft findings { rule } after';

it.each(MODES)('%s: of secrets that were saved, a scan leaves nothing on the disk', async (storageMode) => {
  const folder = await makeFolder();
  const database = storageMode === 'MONGODB' ? makeDatabase() : null;
  const environment = { MOORING_SECRETS: 'off', ...(database ? mongoEnvironment(database) : {}) };
  const before = await startApp(folder, environment);
  const projectId = await before.createProject({ storageMode });
  await plant(before, projectId);
  await settled(before, projectId);
  // Everything is in the files of a server that was stopped.
  await before.close();
  expect(await placesOf(folder, database)).not.toEqual([]);

  const app = await startApp(folder, environment);
  await settled(app, projectId);
  const scan = (redact: boolean) => app.mutate('scanSecrets', { projectId, redact }, COUNTS);
  expect(await scan(true)).toMatchObject({ recordsRedacted: 16, recordsLeft: 0, entriesLeft: 0, after: null });
  expect(await scan(false)).toMatchObject({ recordsRedacted: 0, findings: [], after: null });
  await settled(app, projectId);
  expect(await app.ask('{ storageHealth { mode problems } }')).toMatchObject({
    storageHealth: expect.arrayContaining([{ mode: storageMode, problems: [] }]),
  });
  const query =
    'query ($id: ID!) { project(by: { id: $id }) { searchMemories(query: "redacted step") { hits { score } } } }';
  const { project } = await app.ask<{ project: { searchMemories: { hits: unknown[] } } }>(query, { id: projectId });
  expect(project.searchMemories.hits.length).toBeGreaterThan(0);
  expect(await placesOf(folder, database)).toEqual([]);
  await app.close();
  expect(await placesOf(folder, database)).toEqual([]);
  expect(app.logged.join('').toLowerCase()).not.toContain(CANARY);
});
