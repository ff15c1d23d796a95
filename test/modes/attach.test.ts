import { execFileSync } from 'node:child_process';
import { cp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODES } from '../support/modes.js';
import { mongoEnvironment, type RunningApp, settled, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** Everything that can be read of a project, its history and what a search finds included. */
async function readAll({ ask }: RunningApp, id: string): Promise<unknown> {
  const { project } = await ask<{ project: object }>(
    `query ($id: ID!) { project(by: { id: $id }) {
      id name description storageMode
      tasks(deleted: INCLUDE) { nodes { id title status version createdAt deletedAt state(key: "plan") { value version } } }
      memories(deleted: INCLUDE) { nodes { id content version occurredAt deletedAt metadata } }
      sessions { nodes { id key title memoryCount } }
      log(first: 100) { nodes { seq at actor operation version collection recordId } }
      searchMemories(query: "harbour", first: 5) { hits { node { id } } }
    } }`,
    { id },
  );
  return project;
}

async function fill(app: RunningApp, projectId: string): Promise<void> {
  const { task } = await app.mutate<{ task: { id: string; version: number } }>(
    'createTask',
    { projectId, title: 'Paint the buoy' },
    'task { id version }',
  );
  await app.mutate('updateTask', { id: task.id, version: task.version, status: 'DONE' }, 'task { id }');
  await app.mutate('saveState', { ownerId: task.id, key: 'plan', value: { step: 1 } }, 'state { id }');
  const memories = ['The harbour closes at nine.', 'Boats need paint.'].map((content, n) => ({
    ...{ content, role: 'USER', sessionId: 'monday', taskId: task.id, metadata: { n } },
  }));
  const saved = await app.mutate<{ memories: { id: string; version: number }[] }>(
    'saveMemories',
    { projectId, memories },
    'memories { id version }',
  );
  await app.mutate('deleteMemory', saved.memories[1]!, 'memory { id }');
  await settled(app, projectId);
}

const attachable = async ({ ask }: RunningApp, mode: string) =>
  (
    await ask<{ attachableProjects: { projectId: string; name: string; canAttach: boolean }[] }>(
      `{ attachableProjects(mode: ${mode}) { projectId name canAttach } }`,
    )
  ).attachableProjects;

describe('a project whose catalog is lost', () => {
  it(`is attached again with everything in it, from ${MODES.join(', ')}`, async () => {
    const folder = await makeFolder();
    const environment = mongoEnvironment(makeDatabase());
    const before = await startApp(folder, environment);
    const projects = new Map<string, { readonly id: string; readonly all: unknown }>();
    for (const mode of MODES) {
      const id = await before.createProject({ name: `in ${mode}`, storageMode: mode, path: `/old/${mode}` });
      await fill(before, id);
      projects.set(mode, { id, all: await readAll(before, id) });
      expect(await attachable(before, mode)).toEqual([]);
    }
    await before.close();
    await rm(join(folder, 'catalog'), { recursive: true });

    const after = await startApp(folder, environment);
    for (const [mode, { id, all }] of projects) {
      expect(await attachable(after, mode)).toEqual([{ projectId: id, name: `in ${mode}`, canAttach: true }]);
      const attached = await after.mutate(
        'attachProject',
        { mode, projectId: id, path: `/new/${mode}` },
        'project { path }',
      );
      expect(attached).toEqual({ project: { path: `/new/${mode}` } });
      expect(await readAll(after, id)).toEqual(all);
      expect(await attachable(after, mode)).toEqual([]);
      await expect(after.mutate('attachProject', { mode, projectId: id }, 'project { id }')).rejects.toMatchObject({
        code: 'ALREADY_EXISTS',
      });
      // What is attached can be written to.
      await after.mutate('createTask', { projectId: id, title: 'One more' }, 'task { id }');
    }
  });

  it('may be a LOCAL one whose folder was copied to another data directory', async () => {
    const folder = await makeFolder();
    const before = await startApp(folder);
    const id = await before.createProject({ name: 'portable' });
    await fill(before, id);
    const all = await readAll(before, id);
    await before.close();

    const elsewhere = await makeFolder();
    await cp(join(folder, 'projects', id), join(elsewhere, 'projects', id), { recursive: true });
    const after = await startApp(elsewhere);
    await after.mutate('attachProject', { mode: 'LOCAL', projectId: id, path: '/here' }, 'project { id }');
    expect(await readAll(after, id)).toEqual(all);
  });
});

describe('a folder of plain files from elsewhere', () => {
  const nothing = async (app: RunningApp) =>
    expect(await app.ask('{ projects(deleted: INCLUDE) { totalCount } }')).toEqual({ projects: { totalCount: 0 } });

  it.each<[what: string, own: string, damage: (path: string) => Promise<void> | void, isSeen: boolean]>([
    ['a link at a path of ours', 'log', (path) => symlink('/tmp', path), true],
    ['a pipe at a path of ours', 'tasks', (path) => void execFileSync('mkfifo', [path]), true],
    ['what only opening it shows', '.lock/turn', (path) => writeFile(path, 'not ours'), false],
  ])('is refused, and isn’t in the catalog then: it has %s', async (_, own, damage, isSeen) => {
    const from = await startApp(await makeFolder());
    const id = await from.createProject({ storageMode: 'FILE' });
    await from.close();
    const app = await startApp(await makeFolder());
    const folder = join(app.folder, 'files', id);
    await cp(join(from.folder, 'files', id), folder, { recursive: true });
    await rename(join(folder, own), join(app.folder, 'kept'));
    await damage(join(folder, own));

    if (isSeen) {
      const query = '{ attachableProjects(mode: FILE) { projectId canAttach reason hint } }';
      const reason = expect.stringContaining(join(folder, own));
      const project = { projectId: id, canAttach: false, reason, hint: expect.any(String) };
      expect(await app.ask(query)).toEqual({ attachableProjects: [project] });
    }
    const attach = () => app.mutate('attachProject', { mode: 'FILE', projectId: id }, 'project { id }');
    const refusal = { code: 'STORE_UNSUITABLE', message: expect.stringContaining(join(folder, own)) };
    await expect(attach()).rejects.toMatchObject(refusal);
    await nothing(app);
    await rm(join(folder, own));
    await rename(join(app.folder, 'kept'), join(folder, own));
    expect(await attach()).toEqual({ project: { id } });
    await app.mutate('createTask', { projectId: id, title: 'Moor' }, 'task { id }');
  });
});
