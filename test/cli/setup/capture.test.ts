import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../support/server.js';
import { makeFolder } from '../../support/temporary.js';
import { runCli } from '../support.js';

let home: string;
let repository: string;
beforeEach(async () => {
  home = await makeFolder();
  repository = await makeFolder();
  await mkdir(join(repository, '.git'));
});

const environment = () => ({ HOME: home, MOORING_HOME: join(home, '.mooring'), MOORING_DATA: '' });
const setup = (url: string, ...args: string[]) =>
  runCli({ data: repository, env: { ...environment(), MOORING_URL: url } }, 'setup', ...args, '--project', '--yes');

describe('mooring setup --capture for a project', () => {
  it('decides what is captured of it, and takes that back', async () => {
    const { url, ask, mutate, createProject } = await startApp(await makeFolder());
    const id = await createProject({ name: 'Harbor', path: repository });
    const captureOf = async () =>
      (await ask<{ project: { capture: string | null } }>(`{ project(by: { id: "${id}" }) { capture version } }`))
        .project;

    const done = await setup(url, 'claude-code', '--capture');
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain('What is captured of the project Harbor: messages; until now undecided.');
    expect(await captureOf()).toMatchObject({ capture: 'MESSAGES' });
    expect((await setup(url, 'claude-code', '--capture')).stdout).toContain('is set up already');
    expect((await setup(url, 'codex', '--capture', 'all')).code).toBe(0);
    expect(await captureOf()).toMatchObject({ capture: 'ALL' });

    expect((await setup(url, 'codex', '--undo')).stdout).toContain(
      'What is captured of the project is messages again.',
    );
    expect(await captureOf()).toMatchObject({ capture: 'MESSAGES' });
    const { version } = (await captureOf()) as unknown as { version: number };
    await mutate('updateProject', { id, version, capture: 'OFF' }, 'project { id }');
    expect((await setup(url, 'claude-code', '--undo')).stderr).toContain('Somebody has decided otherwise');
    expect(await captureOf()).toMatchObject({ capture: 'OFF' });
    expect(await readdir(repository)).toEqual(['.git']);
    expect(await readdir(home)).toEqual([]);
  });

  it('creates the project of a repository that has none, on the data of the user’s agents', async () => {
    const env = environment();
    const done = await runCli(
      { data: repository, env },
      'setup',
      'vscode',
      '--capture',
      '--project',
      '--yes',
      '--json',
    );
    expect(done.code, done.stderr).toBe(0);
    expect(done.lines()).toContainEqual({
      ...{ host: 'vscode', scope: 'project', capture: 'MESSAGES' },
      projectId: expect.stringMatching(/^prj_/),
    });
    const { url, ask } = await startApp(join(home, '.mooring', 'data'));
    expect(url).toBeTruthy();
    const query = '{ projects { nodes { name path capture } } }';
    expect(await ask(query)).toEqual({
      projects: { nodes: [{ name: basename(repository), path: repository, capture: 'MESSAGES' }] },
    });
    expect((await readdir(repository)).sort()).toEqual(['.git', '.github', '.vscode']);
  });

  it('changes nothing when the server can’t be reached', async () => {
    const refused = await setup('http://127.0.0.1:1', 'claude-code', '--capture');
    expect(refused.code).toBe(3);
    expect(await readdir(repository)).toEqual(['.git']);
    expect(await readdir(home)).toEqual([]);
  });

  it('asks no server for a host that has no hooks', async () => {
    const done = await setup('http://127.0.0.1:1', 'cursor', '--capture');
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('Nothing is captured yet');
  });
});
