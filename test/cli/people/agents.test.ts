import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { homeOf } from '../../../src/config/home.js';
import { runHook } from '../../../src/hook/run.js';
import { createSpool, spoolFolder } from '../../../src/hook/spool/spool.js';
import { createApi } from '../../support/api.js';
import { startAgent, type User } from '../../support/machine/agents.js';
import { type Running, startMooring } from '../../support/machine/processes.js';
import { runHere } from '../in-process.js';
import { dataFolder } from '../support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
let user: User;
let server: Running;
let projectId: string;
const keys = { reader: '', writer: '', elsewhere: '' };

const cli = (...args: string[]) => runHere({ data: data.path }, ...args);

beforeAll(async () => {
  data = await dataFolder();
  const home = homeOf({ MOORING_HOME: join(data.path, 'home') });
  const repository = join(data.path, 'repository');
  await mkdir(repository);
  const env = { PATH: process.env.PATH!, HOME: data.path, MOORING_HOME: home.path };
  user = { home, repository, env, servers: async () => [] };
  server = await startMooring(data.path, user.env);
  projectId = await createApi(server.url).createProject({ name: 'Harbour', path: user.repository });
  const other = await createApi(server.url).createProject({ name: 'Other' });
  await cli('admin', 'create', '--email', 'ada@example.com');
  const make = async (...args: string[]) =>
    (await cli('keys', 'create', '--service', '--name', 'agent', ...args)).stdout.trim();
  keys.reader = await make('--project', projectId);
  keys.writer = await make('--project', projectId, '--level', 'write');
  keys.elsewhere = await make('--project', other, '--level', 'manage');
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

describe('an agent over stdio', () => {
  test('goes on as the machine’s owner once there are users', async () => {
    expect(await (await startAgent(user)).touch()).toContain('Harbour');
  });

  test('has the rights of its key, and no others', async () => {
    const agent = await startAgent(user, { env: { MOORING_API_KEY: keys.elsewhere } });
    expect(await agent.touch()).not.toContain('Harbour');
    const reader = await startAgent(user, { env: { MOORING_API_KEY: keys.reader } });
    expect(await reader.touch()).toContain('Harbour');
    const { content } = await reader.client.callTool({ name: 'save_memory', arguments: { content: 'Not for it.' } });
    expect(JSON.stringify(content)).toContain('FORBIDDEN');
  });

  test('tells what to do about a key that is refused, and doesn’t show it', async () => {
    const agent = await startAgent(user, { env: { MOORING_API_KEY: 'mor_canary' } });
    const said = await agent.touch();
    expect(said).toMatch(/^UNAUTHENTICATED: .*MOORING_API_KEY/s);
    expect(said + agent.notes()).not.toContain('canary');
  });
});

describe('a hook', () => {
  let prompts = 0;
  /** Hears a prompt. @returns what it said of it */
  async function hear(environment: Readonly<Record<string, string>>): Promise<string> {
    prompts += 1;
    const event = { hook_event_name: 'UserPromptSubmit', session_id: 'one', prompt: `Prompt ${prompts}.` };
    const said: string[] = [];
    await runHook({
      ...{ url: null, data: null, home: user.home, folder: null, isSetUp: true, agent: 'claude-code' },
      ...{ environment: { XDG_CONFIG_HOME: join(data.path, 'config'), ...environment } },
      ...{ timeout: 60_000, elapsed: () => 0, print: () => undefined, debug: (what: string) => void said.push(what) },
      text: JSON.stringify({ ...event, cwd: user.repository }),
    });
    return said.join('\n');
  }
  const waiting = () => createSpool(spoolFolder({ url: null, data: null, home: user.home })).list().length;
  const saved = async () => (await cli('memories', 'list', '--project', projectId)).stdout;

  test('keeps events as the machine’s owner, or by a key that may write', async () => {
    expect(await hear({})).toContain(`the event is kept in ${projectId}`);
    expect(await hear({ MOORING_API_KEY: keys.writer })).toContain(`the event is kept in ${projectId}`);
    expect(await saved()).toMatch(/Prompt 2\.[\s\S]*Prompt 1\./);
  });

  test('drops what its key may not write, and lets wait what a refused key can’t', async () => {
    expect(await hear({ MOORING_API_KEY: keys.reader })).toContain('WRITE access');
    expect(waiting()).toBe(0);
    await hear({ MOORING_API_KEY: 'mor_canary' });
    expect(waiting()).toBe(1);
    await hear({});
    expect(waiting()).toBe(0);
    expect(await saved()).toMatch(/Prompt 5\.[\s\S]*Prompt 4\.[\s\S]*Prompt 2\./);
    expect(await saved()).not.toContain('Prompt 3.');
  });
});
