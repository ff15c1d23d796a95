import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { parse as parseToml } from 'smol-toml';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from '../../support/temporary.js';
import { runCli } from '../support.js';

/** What setup wrote, started as a host starts it. */

interface Server {
  readonly command: string;
  readonly args: readonly string[];
}

async function makeUser() {
  const home = await makeFolder();
  const repository = await makeFolder();
  await mkdir(join(repository, '.git'));
  const env = { PATH: process.env.PATH!, HOME: home, MOORING_HOME: join(home, '.mooring') };
  return { home, repository, env };
}

it.each([
  ['claude-code', '.claude.json', (text: string) => JSON.parse(text).mcpServers.mooring as Server],
  [
    'codex',
    '.codex/config.toml',
    (text: string) => (parseToml(text).mcp_servers as { mooring: unknown }).mooring as Server,
  ],
] as const)('what setup tells %s is a server with tools', async (host, path, read) => {
  const { home, repository, env } = await makeUser();
  expect((await runCli({ data: repository, env }, 'setup', host, '--yes')).code).toBe(0);
  const { command, args } = read(await readFile(join(home, path), 'utf8'));
  const client = new Client({ name: host, version: '1' });
  onTestFinished(() => client.close());
  await client.connect(new StdioClientTransport({ command, args: [...args], env, cwd: repository, stderr: 'ignore' }));
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('get_context');
  expect(await readdir(repository)).toEqual(['.git']);
});

it.each([
  ['claude-code', '.claude/settings.json'],
  ['codex', '.codex/hooks.json'],
] as const)('the hooks of %s run, and keep what they are given until there is a server', async (host, path) => {
  const { home, repository, env } = await makeUser();
  expect((await runCli({ data: repository, env }, 'setup', host, '--capture', '--yes')).code).toBe(0);
  const { hooks } = JSON.parse(await readFile(join(home, path), 'utf8'));
  const { command } = hooks.UserPromptSubmit[0].hooks[0] as Server;
  const child = spawn(command, {
    shell: true,
    cwd: repository,
    env,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const event = { hook_event_name: 'UserPromptSubmit', session_id: 's', prompt_id: 'p', cwd: repository };
  child.stdin.end(JSON.stringify({ ...event, transcript_path: '', prompt: 'Where is the anchor?' }));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(await readdir(join(home, '.mooring', 'spool'))).not.toEqual([]);
});
