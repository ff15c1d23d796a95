import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../support/temporary.js';
import { LAUNCH, runCli } from '../support.js';

/** A user's home, and a repository of theirs; the command runs in a folder of it. */
let home: string;
let repository: string;
let folder: string;
beforeEach(async () => {
  home = await makeFolder();
  repository = await makeFolder();
  folder = join(repository, 'src', 'deep');
  await mkdir(join(repository, '.git'));
  await mkdir(folder, { recursive: true });
});

const PROGRAM = join(process.cwd(), 'bin/mooring.js');
const environment = () => ({ HOME: home, MOORING_HOME: join(home, '.mooring'), MOORING_DATA: join(home, 'data') });
const setup = (...args: string[]) => runCli({ data: folder, env: environment() }, 'setup', ...args);

/** The command at a terminal, at which it asks. */
function atTerminal(...args: string[]) {
  const code = `process.stdin.isTTY = process.stdout.isTTY = true; ${LAUNCH}`;
  const child = spawn(process.execPath, ['-e', code, '--', 'setup', '--no-color', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment() },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (printed += part));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    ended,
    printed: () => printed,
    answer: (text: string) => void child.stdin.end(`${text}\n`),
    asked: () => expect.poll(() => printed, { timeout: 60_000 }).toContain('[y/N]'),
  };
}

describe('mooring setup', () => {
  it('says how agents are told of a server, as it writes none into the configuration', async () => {
    const url = 'http://127.0.0.1:4555';
    const { code, stdout, stderr } = await setup('claude-code', '--print', '--url', url);
    expect([code, stdout.includes(url)]).toEqual([0, false]);
    expect(stderr).toContain(`put MOORING_URL=${url} into ${join(home, '.mooring', '.env')}`);
  });

  it('shows the change and writes nothing when there is nobody to ask', async () => {
    const { code, stdout, stderr } = await setup('claude-code', '--capture');
    expect(code).toBe(5);
    expect(stdout).toContain(`${home}/.claude.json (new)\n+ {\n+   "mcpServers": {\n+     "mooring": {`);
    expect(stdout).toContain('+     "UserPromptSubmit": [');
    expect(stderr).toContain('Nothing was changed: this takes a confirmation');
    expect(await readdir(home)).toEqual([]);
  });

  it('writes what is confirmed, for the repository around the folder, and takes it back', async () => {
    const done = await setup('claude-code', '--project', '--yes');
    expect(done.stderr + done.stdout).toContain('Claude Code asks once whether the servers of a project may run.');
    expect(done.code).toBe(0);
    const path = join(repository, '.mcp.json');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'], alwaysLoad: true } },
    });
    const again = await setup('claude-code', '--project', '--yes', '--json');
    expect(again.lines()).toEqual([{ host: 'claude-code', scope: 'project', path, change: 'unchanged' }]);
    const undone = await setup('claude-code', '--project', '--undo', '--yes', '--json');
    expect(undone.lines()).toContainEqual({ host: 'claude-code', scope: 'project', path, change: 'removed' });
    expect((await readdir(repository)).sort()).toEqual(['.git', 'src']);
    expect(await readdir(folder)).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });

  it('finds the files of hosts that keep them elsewhere', async () => {
    const elsewhere = {
      CLAUDE_CONFIG_DIR: join(home, 'claude'),
      CODEX_HOME: join(home, 'codex'),
      XDG_CONFIG_HOME: join(home, 'xdg'),
    };
    const run = async (...args: string[]) => {
      const { code } = await runCli(
        { data: folder, env: { ...environment(), ...elsewhere } },
        'setup',
        ...args,
        '--yes',
      );
      expect(code).toBe(0);
    };
    await Promise.all([run('claude-code', '--capture'), run('codex', '--capture'), run('vscode')]);
    const files = (await readdir(home, { recursive: true })).filter(
      (path) => /\.(json|toml)$/.test(path) && !path.startsWith('.mooring'),
    );
    expect(files.sort()).toEqual([
      'claude/.claude.json',
      'claude/settings.json',
      'codex/config.toml',
      'codex/hooks.json',
      'xdg/Code/User/mcp.json',
    ]);
  });

  it('prints what belongs in a file without reading or writing it', async () => {
    await writeFile(join(home, '.claude.json'), 'broken');
    const { code, stdout, stderr } = await setup('claude-code', '--print');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'], alwaysLoad: true } },
    });
    expect(stderr).toBe(`In ${home}/.claude.json:\n`);
    expect((await setup('codex', '--print')).stdout).toBe(
      `[mcp_servers.mooring]\ncommand = "node"\nargs = ["${PROGRAM}", "mcp"]\n`,
    );
    expect(await readdir(home)).toEqual(['.claude.json']);
  });

  it('asks at a terminal, and goes by the answer', async () => {
    const refused = atTerminal('cursor');
    await refused.asked();
    refused.answer('no');
    expect(await refused.ended).toBe(5);
    expect(await readdir(home)).toEqual([]);
    const agreed = atTerminal('cursor');
    await agreed.asked();
    agreed.answer('y');
    expect(await agreed.ended, agreed.printed()).toBe(0);
    expect(await readFile(join(home, '.cursor/mcp.json'), 'utf8')).toContain('mooring');
  });

  it('replaces an entry that somebody wrote when they agree, and gives it back', async () => {
    const path = join(home, '.claude.json');
    const own = '{ "mcpServers": { "mooring": { "type": "http", "url": "http://127.0.0.1:4000/mcp" } } }\n';
    await writeFile(path, own);
    const agreed = atTerminal('claude-code');
    await agreed.asked();
    expect(agreed.printed()).toContain('in place of what is there?');
    agreed.answer('y');
    expect(await agreed.ended).toBe(0);
    expect(JSON.parse(await readFile(path, 'utf8')).mcpServers.mooring).not.toHaveProperty('url');
    expect((await setup('claude-code', '--undo', '--yes')).code).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(own);
  });

  it.each([
    ['was changed', '{"b":2}\n'],
    ['was made', null],
  ])('writes nothing when the file %s while it asked', async (_, before) => {
    const path = join(home, '.claude.json');
    if (before !== null) await writeFile(path, '{"a":1}\n');
    const command = atTerminal('claude-code');
    await command.asked();
    await writeFile(path, '{"b":2}\n');
    command.answer('y');
    expect(await command.ended).toBe(5);
    expect(command.printed()).toContain('was changed by another program in the meantime. Nothing was written to it.');
    expect(await readFile(path, 'utf8')).toBe('{"b":2}\n');
    expect(await readdir(home)).toEqual(['.claude.json']);
  });

  it('doesn’t take a host that it doesn’t know, or options that contradict each other', async () => {
    const [unknown, both, printed] = await Promise.all([
      setup('emacs'),
      setup('codex', '--project', '--user'),
      setup('codex', '--print', '--undo'),
    ]);
    expect([unknown.code, both.code, printed.code]).toEqual([2, 2, 2]);
    expect(unknown.stderr).toContain('Allowed choices are claude-code, cursor, vscode, codex.');
  });
});
