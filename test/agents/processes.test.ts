import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { isRunning } from '../../src/config/presence.js';
import { createApi } from '../support/api.js';
import { makeUser, PROGRAM, startAgent, type User } from '../support/machine/agents.js';
import { startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';

it('`initialize` is answered without a server, and nothing is created', async () => {
  const user = await makeUser();
  const agent = await startAgent(user);
  expect(agent.client.getServerVersion()?.name).toBe('mooring');
  expect(existsSync(user.home.path)).toBe(false);
});

it('the first call starts a server in the process of the agent, on the data in the home, and says so', async () => {
  const user = await makeUser();
  const agent = await startAgent(user);
  await agent.touch();
  expect(await user.servers()).toMatchObject([{ pid: agent.pid, kind: 'agent', dataDirectory: user.home.data }]);
  expect(agent.notes()).toMatch(/^No server runs, so this process is one, at http:\/\/127\.0\.0\.1:\d+, on /);
  await agent.close();
  expect(isRunning(agent.pid)).toBe(false);
  expect(readdirSync(user.home.servers)).toEqual([]);
  expect(readdirSync(user.repository)).toEqual([]);
});

it('of agents that start at once one is the server of all', async () => {
  const user = await makeUser();
  const agents = await Promise.all([1, 2, 3].map(() => startAgent(user)));
  await Promise.all(agents.map((agent) => agent.touch()));
  const servers = await user.servers();
  expect(servers).toHaveLength(1);
  expect(agents.filter(({ pid }) => pid === servers[0]!.pid)).toHaveLength(1);
  expect(agents.filter((agent) => agent.notes().includes('this process is one'))).toHaveLength(1);
});

it.each([
  ['was killed', 'kill'],
  ['ended', 'close'],
] as const)(
  'when the agent that was the server %s, the next call of another makes that one the server, with the same data',
  async (_, end) => {
    const user = await makeUser();
    const [first, second] = [await startAgent(user), await startAgent(user)];
    await first.touch();
    await second.touch();
    const [server] = await user.servers();
    expect(server!.pid).toBe(first.pid);
    const projectId = await createApi(server!.url).createProject({ name: 'Kept' });
    await first[end]();
    await second.touch();
    const [next, ...others] = await user.servers();
    expect(others).toEqual([]);
    expect(next!.pid).toBe(second.pid);
    const { project } = await createApi(next!.url).ask<{ project: { name: string } }>(
      `{ project(by: { id: "${projectId}" }) { name } }`,
    );
    expect(project.name).toBe('Kept');
  },
);

it('an agent uses a server that runs, and MOORING_DATA before it', async () => {
  const user = await makeUser();
  const server = await startMooring(await makeFolder(), user.env);
  onTestFinished(() => server.stop());
  const agent = await startAgent(user);
  await agent.touch();
  expect((await user.servers()).map(({ pid }) => pid)).toEqual([server.process.pid]);
  const data = await makeFolder();
  const other = await startAgent(user, { env: { MOORING_DATA: data } });
  await other.touch();
  expect(await user.servers()).toMatchObject([
    { pid: server.process.pid },
    { pid: other.pid, kind: 'agent', dataDirectory: data },
  ]);
  expect(existsSync(user.home.data)).toBe(false);
});

it('an agent goes on with the same data when the server of it was killed', async () => {
  const user = await makeUser();
  const data = await makeFolder();
  const server = await startMooring(data, user.env);
  onTestFinished(() => server.stop());
  await createApi(server.url).createProject({ name: 'Kept', path: user.repository });
  const agent = await startAgent(user);
  expect(await agent.touch()).toContain('Kept');
  server.process.kill('SIGKILL');
  await once(server.process, 'exit');
  expect(await agent.touch()).toContain('Kept');
  expect(await user.servers()).toMatchObject([{ pid: agent.pid, dataDirectory: data }]);
});

it('an agent is told where the project is, when it is in other data', async () => {
  const user = await makeUser();
  const data = await makeFolder();
  const server = await startMooring(data, user.env);
  onTestFinished(() => server.stop());
  await createApi(server.url).createProject({ name: 'Elsewhere', path: user.repository });
  const agent = await startAgent(user, { env: { MOORING_DATA: await makeFolder() } });
  expect(await agent.call('list_tasks')).toContain(
    `The server at ${server.url} has one: its data directory is ${data}.`,
  );
});

it('data in the home that has the project is used, though a server runs that hasn’t', async () => {
  const user = await makeUser();
  const before = await startAgent(user);
  await before.touch();
  const [{ url } = { url: '' }] = await user.servers();
  await createApi(url).createProject({ name: 'At home', path: user.repository });
  await before.close();
  const server = await startMooring(await makeFolder(), user.env);
  onTestFinished(() => server.stop());

  const agent = await startAgent(user);
  await agent.touch();
  expect(await user.servers()).toMatchObject([{ pid: server.process.pid }, { pid: agent.pid }]);
  const elsewhere = await startAgent(user, { cwd: await makeFolder() });
  await elsewhere.touch();
  expect(elsewhere.notes()).toBe('');
});

/** A program that starts an agent and shows what it prints on standard error, and its pid first. */
const HOST = `
  const { spawn } = require('node:child_process');
  const [program, holds] = process.argv.slice(1);
  const child = spawn(process.execPath, [program, 'mcp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Another program that has the same pipe keeps it open.
  if (holds) spawn('sleep', ['60'], { stdio: ['ignore', 'ignore', 'ignore', child.stdin] }).on('spawn', function () { console.log('sleeps ' + this.pid); });
  const send = (message) => child.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'h', version: '1' } } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'project', arguments: {} } });
  child.stdout.on('data', (part) => String(part).includes('"id":2') && console.log('called ' + child.pid));
`;

/** Starts it. @returns what it says: the pid of the agent's process once its call was answered */
function startHost(user: User, ...args: string[]) {
  const host = spawn(process.execPath, ['-e', HOST, PROGRAM, ...args], {
    cwd: user.repository,
    env: user.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void host.kill('SIGKILL'));
  return { host, said: (word: string) => pidAfter(host, word) };
}

function pidAfter(host: ChildProcess, word: string): Promise<number> {
  return new Promise((resolve) => {
    createInterface(host.stdout!).on('line', (line) => line.startsWith(word) && resolve(Number(line.split(' ')[1])));
  });
}

it.each([
  ['', []],
  [', though another program has the end of its pipe', ['holds']],
])('no process is left when the program that started the agent is killed%s', async (_, args) => {
  const user = await makeUser();
  const { host, said } = startHost(user, ...args);
  const sleeping = args.length > 0 ? said('sleeps') : null;
  const pid = await said('called');
  expect(isRunning(pid)).toBe(true);
  host.kill('SIGKILL');
  await once(host, 'exit');
  await expect.poll(() => isRunning(pid)).toBe(false);
  if (sleeping) process.kill(await sleeping, 'SIGKILL');
  expect(readdirSync(user.home.servers)).toEqual([]);
});

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends it, and withdraws its server', async (signal) => {
  const user = await makeUser();
  const agent = await startAgent(user);
  await agent.touch();
  process.kill(agent.pid, signal);
  await expect.poll(() => isRunning(agent.pid)).toBe(false);
  expect(readdirSync(user.home.servers)).toEqual([]);
});

const message = (id: number, method: string, params: unknown): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
const INITIALIZE = message(1, 'initialize', {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
});

/** Runs an agent that is asked something, whose standard input ends then. @returns its standard output, error output and exit code */
async function runAgent({ env }: User, input: string, { args = [], cwd }: { args?: readonly string[]; cwd: string }) {
  const agent = spawn(process.execPath, [PROGRAM, 'mcp', ...args], { env, cwd });
  onTestFinished(() => void agent.kill('SIGKILL'));
  agent.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = await Promise.all([text(agent.stdout), text(agent.stderr), once(agent, 'close')]);
  return { stdout, stderr, code: agent.exitCode };
}

it('what was asked before standard input ended is answered, though the server is yet to be started', async () => {
  const user = await makeUser();
  const saving = message(2, 'tools/call', { name: 'save_memory', arguments: { content: 'The last words.' } });
  const run = await runAgent(user, `${INITIALIZE}${saving}`, { args: ['--create'], cwd: user.repository });
  expect(run.stdout).toMatch(/Saved in repository:|TIMEOUT/);
  expect(run.code).toBe(0);
  expect(readdirSync(user.home.servers)).toEqual([]);
});

it('a connection that only reads creates no project', async () => {
  const user = await makeUser();
  const run = await runAgent(user, INITIALIZE, { args: ['--create', '--read-only'], cwd: user.repository });
  expect(run).toMatchObject({ stdout: '', code: 2 });
  expect(run.stderr).toContain('--create writes, and --read-only forbids it');
});

it('a working directory that was deleted is no project, and no reason not to start', async () => {
  const user = await makeUser();
  const server = await startMooring(await makeFolder(), user.env);
  onTestFinished(() => server.stop());
  const inDeleted = `rmdir "$PWD" && exec "${process.execPath}" "${PROGRAM}" mcp`;
  const agent = spawn('sh', ['-c', inDeleted], { env: user.env, cwd: user.repository });
  onTestFinished(() => void agent.kill('SIGKILL'));
  agent.stdin.end(`${INITIALIZE}${message(2, 'tools/call', { name: 'list_tasks', arguments: {} })}`);
  expect(await text(agent.stdout)).toContain('NO_PROJECT: This connection has no project.');
});

it('a folder of data that can’t be used is named', async () => {
  const user = await makeUser();
  const agent = await startAgent(user, { env: { MOORING_DATA: process.execPath } });
  const answer = await agent.call('list_tasks');
  expect(answer).toMatch(
    /^SERVER_UNAVAILABLE: The folder of Mooring's data can't be used: ENOTDIR: .*\nHint: .*MOORING_DATA/s,
  );
  expect(answer).toContain(process.execPath);
});

it('standard output has the protocol only, whatever else prints', async () => {
  const user = await makeUser();
  const noise = join(user.repository, 'noise.cjs');
  await writeFile(
    noise,
    `process.on('exit', () => {
       console.log('noise of the process');
       process.stdout.write('noise of a library');
     });`,
  );
  const agent = spawn(process.execPath, ['--require', noise, PROGRAM, 'mcp'], { env: user.env, cwd: user.repository });
  agent.stdin.end(INITIALIZE);
  const [stdout, stderr] = await Promise.all([text(agent.stdout), text(agent.stderr)]);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { serverInfo: { name: 'mooring' } } });
  expect(stderr).toBe('noise of the process\nnoise of a library');
});
