import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createApi } from '../support/api.js';
import { makeUser, startAgent, type User } from '../support/machine/agents.js';
import { startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';
import { runCli } from './support.js';

let user: User;
beforeEach(async () => {
  user = await makeUser();
});

/** Lists the projects from a folder. */
async function list(folder = user.repository, env: Readonly<Record<string, string>> = {}) {
  const options = { data: folder, env: { ...user.env, MOORING_DATA: undefined, ...env } };
  const { stdout, stderr } = await runCli(options, 'projects', 'list');
  return { names: /Harbor|Lighthouse/.exec(stdout)?.[0] ?? null, stderr };
}

describe('in a folder without a data directory, a command', () => {
  it('finds what an agent worked on, while it runs and after it ended, and says where that is', async () => {
    const agent = await startAgent(user);
    await agent.touch();
    const [server] = await user.servers();
    await createApi(server!.url).createProject({ name: 'Harbor', path: user.repository });
    const said = `This folder has no .mooring: using that of your agents, ${user.home.data}.\n`;
    expect(await list()).toEqual({ names: 'Harbor', stderr: said });
    await agent.close();
    expect(await list()).toEqual({ names: 'Harbor', stderr: said });
    expect(existsSync(join(user.repository, '.mooring'))).toBe(false);
    expect(await user.servers()).toEqual([]);

    // Also when a server runs that has other projects.
    const data = await makeFolder();
    const other = await startMooring(data, user.env);
    onTestFinished(() => other.stop());
    await createApi(other.url).createProject({ name: 'Lighthouse' });
    expect((await list()).names).toBe('Harbor');
    expect(await list(await makeFolder())).toEqual({
      names: 'Lighthouse',
      stderr: `This folder has no .mooring: using that of your agents, ${data}.\n`,
    });
  });

  it('uses MOORING_DATA and MOORING_URL first', async () => {
    const server = await startMooring(await makeFolder(), user.env);
    onTestFinished(() => server.stop());
    await createApi(server.url).createProject({ name: 'Harbor' });
    expect((await list()).names).toBe('Harbor');
    expect(await list(user.repository, { MOORING_URL: server.url })).toEqual({ names: 'Harbor', stderr: '' });
    expect(await list(user.repository, { MOORING_DATA: await makeFolder() })).toMatchObject({
      names: null,
      stderr: '',
    });
  });

  it('uses what is named for all agents in the .env of the home', async () => {
    const data = await makeFolder();
    await mkdir(user.home.path, { recursive: true });
    await writeFile(join(user.home.path, '.env'), `MOORING_DATA=${data}\n`);
    const server = await startMooring(data, user.env);
    await createApi(server.url).createProject({ name: 'Harbor' });
    const said = `This folder has no .mooring: using that of your agents, ${data}.\n`;
    expect(await list()).toEqual({ names: 'Harbor', stderr: said });
    await server.stop();
    expect(await list()).toEqual({ names: 'Harbor', stderr: said });
    expect(existsSync(join(user.repository, '.mooring'))).toBe(false);
  });

  it('has a data directory of its own when there are no agents', async () => {
    expect((await list()).stderr).toBe('');
    expect(existsSync(join(user.repository, '.mooring'))).toBe(true);
    expect(existsSync(user.home.path)).toBe(false);
  });
});

it('in a folder with a data directory, a command uses that', async () => {
  await list();
  const server = await startMooring(await makeFolder(), user.env);
  onTestFinished(() => server.stop());
  await createApi(server.url).createProject({ name: 'Harbor' });
  expect(await list()).toMatchObject({ names: null, stderr: '' });
});

it('in the home directory, whose .mooring is no data directory, a command uses what agents use', async () => {
  const folder = await makeFolder();
  const env = { MOORING_HOME: join(folder, '.mooring') };
  const agent = await startAgent(user, { env });
  await agent.touch();
  expect((await list(folder, env)).stderr).toContain('using that of your agents');
  expect(existsSync(join(folder, '.mooring/secret.key'))).toBe(false);
});
