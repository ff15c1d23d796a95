import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sendCommand, startMove, untilPhase } from './support/moves.js';
import { makeWorld } from './support/world.js';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

it.each([
  ['moved there', 'LOCAL', 'FILE'],
  ['brought back there', 'FILE', 'LOCAL'],
] as const)('a project’s files can be edited once it is %s, before anybody asks for it', async (what, from, to) => {
  const world = await makeWorld();
  const app = await world.start();
  const projectId = await app.createProject({ storageMode: from });
  const { task } = await app.mutate<{ task: { id: string } }>('createTask', { projectId, title: 'AAA' }, 'task { id }');
  const id = await startMove(app, projectId, { mode: to });
  await untilPhase(app, id, 'MOVED');
  if (what === 'brought back there') {
    await sendCommand(app, 'rollBack', id);
    await untilPhase(app, id, 'ROLLED_BACK');
  }
  const folder = join(app.folder, 'files', projectId);
  // Through the migration alone: a request for the project would bring its record there, too.
  await expect.poll(() => json(join(folder, 'project.json')).epoch).toBe(json(join(folder, 'head.json')).epoch);

  const files = readdirSync(join(folder, 'tasks'), { recursive: true, encoding: 'utf8' });
  const path = join(folder, 'tasks', files.find((name) => name.endsWith(`${task.id}.json`))!);
  writeFileSync(`${path}.draft`, readFileSync(path, 'utf8').replace('AAA', 'BBB'));
  renameSync(`${path}.draft`, path);
  await expect.poll(() => json(path).version).toBe(2);
  expect(json(path).title).toBe('BBB');
  expect(readFileSync(join(folder, 'log/current.jsonl'), 'utf8')).toContain('"actor":"file edit"');
});
