import { chmod, lstat, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { HostName, Scope } from '../../../src/cli/setup/hosts.js';
import { type Desk, makeDesk, PROGRAM } from './support.js';

const parse = (path: string, text: string | null): unknown =>
  path.endsWith('.toml') ? parseToml(text ?? '') : parseJson((text ?? '').replace(/^\uFEFF/, ''));

/** Each host and scope: its file, and what belongs in it. */
const TOOLS: readonly (readonly [HostName, Scope, path: string, content: object])[] = [
  [
    'claude-code',
    'user',
    '~/.claude.json',
    { mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'], alwaysLoad: true } } },
  ],
  [
    'claude-code',
    'project',
    '.mcp.json',
    { mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'], alwaysLoad: true } } },
  ],
  [
    'cursor',
    'user',
    '~/.cursor/mcp.json',
    { mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp', '--project', '$' + '{workspaceFolder}'] } } },
  ],
  [
    'cursor',
    'project',
    '.cursor/mcp.json',
    { mcpServers: { mooring: { command: 'node', args: [PROGRAM, 'mcp', '--project', '$' + '{workspaceFolder}'] } } },
  ],
  [
    'vscode',
    'user',
    '~/.config/Code/User/mcp.json',
    {
      servers: {
        mooring: { type: 'stdio', command: 'node', args: [PROGRAM, 'mcp', '--project', '$' + '{workspaceFolder}'] },
      },
    },
  ],
  [
    'vscode',
    'project',
    '.vscode/mcp.json',
    {
      servers: {
        mooring: { type: 'stdio', command: 'node', args: [PROGRAM, 'mcp', '--project', '$' + '{workspaceFolder}'] },
      },
    },
  ],
  ['codex', 'user', '~/.codex/config.toml', { mcp_servers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'] } } }],
  ['codex', 'project', '.codex/config.toml', { mcp_servers: { mooring: { command: 'node', args: [PROGRAM, 'mcp'] } } }],
];

/** What a user's file may look like before, in the format of each path. */
const BEFORE: readonly (readonly [name: string, json: string, toml: string])[] = [
  ['is empty', '', ''],
  ['has other settings', '{\n  "theme": "dark",\n  "list": [1, 2]\n}\n', 'theme = "dark"\n\n[other]\nlist = [1, 2]\n'],
  [
    'has comments and servers of others',
    '// mine\n{\n\t"mcpServers": { "a": { "command": "a" } }, // why\n\t"servers": {\n\t\t"b": { "url": "x" }, /* b */\n\t},\n}\n',
    '# mine\n[mcp_servers.a] # why\ncommand = "a"\nnotes = """\n[mcp_servers.mooring]\n"""\n',
  ],
  [
    'has the line ends of Windows',
    '{\r\n    "servers": {},\r\n    "mcpServers": {}\r\n}',
    '[mcp_servers.a]\r\ncommand = "a"',
  ],
  ['begins with a byte order mark', '\uFEFF{ "z": 1 }\n', '\uFEFFz = 1\n'],
  ['is on one line', '{"mcpServers":{"a":{"command":"a"}},"servers":{},"hooks":{}}', 'z = 1'],
];
const textFor = (path: string, json: string, toml: string) => (path.endsWith('.toml') ? toml : json);

describe.each(TOOLS)('setup of %s for the %s', (name, scope, path, content) => {
  it('makes its file, is done then, and leaves nothing when it is taken back', async () => {
    const desk = await makeDesk();
    await desk.add(name, scope);
    expect(parse(path, await desk.get(path))).toEqual(content);
    const { mtimeMs } = await stat(desk.at(path));
    await desk.add(name, scope);
    expect(desk.printed()).toMatch(/is set up already/);
    expect((await stat(desk.at(path))).mtimeMs).toBe(mtimeMs);
    await desk.undo(name, scope);
    expect(await everything(desk)).toEqual([]);
  });

  it.each(BEFORE)('takes back to the byte what it adds to a file that %s', async (_, json, toml) => {
    const desk = await makeDesk();
    const before = textFor(path, json, toml);
    await desk.put(path, before);
    await desk.add(name, scope);
    expect(parse(path, await desk.get(path))).toMatchObject({ ...(parse(path, before) as object), ...content });
    await desk.undo(name, scope);
    expect(await desk.get(path)).toBe(before);
    expect(await everything(desk)).toHaveLength(1);
  });

  it('changes no file that is not valid, and says where', async () => {
    const desk = await makeDesk();
    const broken = textFor(path, '{\n  "a": 1,\n  b\n}\n', 'a = 1\n\nb\n');
    await desk.put(path, broken);
    await expect(desk.add(name, scope)).rejects.toThrow(
      /is not valid (JSON|TOML): line [34], column [123]: .*\. Nothing was changed\./,
    );
    await expect(desk.undo(name, scope)).rejects.toThrow('Nothing was changed.');
    expect(await desk.get(path)).toBe(broken);
  });

  it('adds nothing to an entry that has more, and mends the path of one that was moved', async () => {
    const desk = await makeDesk();
    await desk.add(name, scope);
    const extended = (await desk.get(path))!
      .replace(
        /\n( *"?command"?)/,
        (_, line: string) => `\n${line.includes('"') ? '"timeout": 5,' : 'timeout = 5'}\n${line}`,
      )
      .replace(PROGRAM, '/old place/mooring/bin/mooring.js');
    await desk.put(path, extended);
    await desk.add(name, scope);
    const mended = await desk.get(path);
    expect(mended).toContain('timeout');
    expect(mended).toContain(PROGRAM);
    expect(mended).not.toContain('/old');
    await desk.add(name, scope);
    expect(await desk.get(path)).toBe(mended);
    expect(desk.printed()).toMatch(/is set up already/);
  });

  it('replaces no entry of somebody else without asking, and removes none', async () => {
    const desk = await makeDesk();
    const [table] = Object.keys(content);
    const own = textFor(
      path,
      `{ "${table}": { "mooring": { "url": "http://127.0.0.1:4000/mcp" } } }`,
      '[mcp_servers.mooring]\nurl = "x"\n',
    );
    await desk.put(path, own);
    await expect(desk.add(name, scope)).rejects.toThrow('has an entry for Mooring that setup would write otherwise');
    await expect(desk.add(name, scope, { isConfirmed: false })).rejects.toThrow('would write otherwise');
    await desk.undo(name, scope);
    expect(desk.printed()).toContain("which setup didn't write");
    expect(await desk.get(path)).toBe(own);
  });

  it('removes only its own after others changed the file, or after it was forgotten what was written', async () => {
    const desk = await makeDesk();
    const [table] = Object.keys(content);
    await desk.add(name, scope);
    const more = textFor(path, '\n', '\n[last]\nx = 1\n');
    await desk.put(path, `${await desk.get(path)}${more}`);
    await desk.undo(name, scope);
    expect(await desk.get(path)).toBe(textFor(path, null as never, '\n[last]\nx = 1\n'));

    const kept = textFor(path, `{\n  "${table}": {\n    "a": {}\n  }\n}\n`, '[mcp_servers.a]\ncommand = "a"\n');
    await desk.put(path, kept);
    await desk.add(name, scope);
    await desk.damageNotes();
    await desk.undo(name, scope);
    expect(await desk.get(path)).toBe(kept);
  });
});

/** The files and folders that there are, without Mooring's own folder. */
async function everything({ places }: Desk): Promise<string[]> {
  const inside = async (folder: string) =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).map((each) => each);
  const all = [...(await inside(places.userHome)), ...(await inside(places.project))];
  return all.filter((each) => !each.isDirectory()).map(({ name }) => name);
}

it('leaves a file that setup made to the user who wrote a remark into it', async () => {
  const desk = await makeDesk();
  await desk.add('claude-code');
  await desk.put('~/.claude.json', `// mine\n${await desk.get('~/.claude.json')}`);
  await desk.undo('claude-code');
  expect(await desk.get('~/.claude.json')).toBe('// mine\n{}\n');
});

describe('setup with hooks', () => {
  const shell = { type: 'command', command: `node ${PROGRAM} hook --capture`, timeout: 10 };

  it('adds them to the settings of Claude Code, and those of tools only when their output is kept', async () => {
    const desk = await makeDesk();
    await desk.add('claude-code', 'user', { capture: 'MESSAGES' });
    const messages = {
      SessionStart: [{ hooks: [shell] }],
      UserPromptSubmit: [{ hooks: [shell] }],
      Stop: [{ hooks: [{ ...shell, async: true }] }],
      PostCompact: [{ hooks: [{ ...shell, async: true }] }],
      SubagentStop: [{ hooks: [{ ...shell, async: true }] }],
      SessionEnd: [{ hooks: [shell] }],
    };
    expect(parse('', await desk.get('~/.claude/settings.json'))).toEqual({ hooks: messages });
    await desk.add('claude-code', 'user', { capture: 'ALL' });
    expect(parse('', await desk.get('~/.claude/settings.json'))).toEqual({
      hooks: { ...messages, PostToolUse: [{ hooks: [{ ...shell, async: true }] }] },
    });
    await desk.undo('claude-code');
    expect(await everything(desk)).toEqual([]);
  });

  it('adds them in the form of each other host, and says where there is none', async () => {
    const desk = await makeDesk();
    await desk.add('codex', 'user', { capture: 'MESSAGES' });
    const { hooks } = parse('', await desk.get('~/.codex/hooks.json')) as { hooks: Record<string, unknown> };
    expect(Object.keys(hooks)).toEqual(['SessionStart', 'UserPromptSubmit', 'Stop', 'PostCompact', 'SubagentStop']);
    const named = (agent: string) => ({ ...shell, command: `${shell.command} --agent ${agent}` });
    expect(hooks.Stop).toEqual([{ hooks: [named('codex')] }]);
    expect(desk.printed()).toContain('once you trust them');
    await desk.add('vscode', 'user', { capture: 'MESSAGES' });
    const vscode = parse('', await desk.get('~/.copilot/hooks/mooring.json')) as { hooks: Record<string, unknown> };
    expect(Object.keys(vscode.hooks)).toEqual(['SessionStart', 'UserPromptSubmit', 'Stop', 'SubagentStop']);
    expect(vscode.hooks.Stop).toEqual([named('vscode')]);
    await desk.add('cursor', 'user', { capture: 'MESSAGES' });
    expect(desk.printed()).toContain('Nothing is captured yet: Cursor runs the hooks of Claude Code.');
  });

  it('leaves the hooks of the user, and removes only its own', async () => {
    const desk = await makeDesk();
    const before = `{
  // permissions first
  "permissions": { "allow": ["Bash(ls)"] },
  "hooks": {
    "Stop": [
      { "matcher": "", "hooks": [{ "type": "command", "command": "say done" }] }
    ],
    "PreToolUse": []
  }
}
`;
    await desk.put('~/.claude/settings.json', before);
    await desk.add('claude-code', 'user', { capture: 'ALL' });
    const after = await desk.get('~/.claude/settings.json');
    expect(after).toContain('// permissions first\n  "permissions": { "allow": ["Bash(ls)"] },');
    expect((parse('', after) as { hooks: { Stop: unknown[] } }).hooks.Stop).toHaveLength(2);
    await desk.put('~/.claude/settings.json', after!.replace('say done', 'say well done'));
    await desk.undo('claude-code', 'user', { capture: 'MESSAGES' });
    expect(await desk.get('~/.claude/settings.json')).toBe(before.replace('say done', 'say well done'));
    expect(await desk.get('~/.claude.json')).not.toBeNull();
  });
});

describe('a configuration file', () => {
  it('keeps its permissions, and the link that leads to it', async () => {
    const desk = await makeDesk();
    const real = await desk.put('dotfiles/claude.json', '{ "z": 1 }\n');
    await chmod(real, 0o666);
    await symlink(real, desk.at('~/.claude.json'));
    await desk.add('claude-code');
    expect((await lstat(desk.at('~/.claude.json'))).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o666);
    expect(await desk.get('dotfiles/claude.json')).toContain('mooring');
    expect(desk.printed()).toContain(`.claude.json → ${real}`);
    await desk.undo('claude-code');
    expect(await desk.get('dotfiles/claude.json')).toBe('{ "z": 1 }\n');
    expect((await stat(real)).mode & 0o777).toBe(0o666);
  });

  it('is private when setup makes it for the user, and so is what setup remembers', async () => {
    const desk = await makeDesk();
    await desk.add('claude-code');
    const [note] = await desk.notes();
    for (const path of ['~/.claude.json', note!]) expect((await stat(desk.at(path))).mode & 0o777).toBe(0o600);
    for (const path of ['~/.mooring', '~/.mooring/setup']) expect((await stat(desk.at(path))).mode & 0o777).toBe(0o700);
  });

  it('is remembered by what was changed in it alone', async () => {
    const desk = await makeDesk();
    await desk.put('~/.claude.json', '{\n  "oauth": "canary-of-a-token"\n}\n');
    await desk.add('claude-code');
    const notes = await desk.notes();
    expect(notes).toHaveLength(1);
    expect(await desk.get(notes[0]!)).not.toContain('canary');
  });

  const UNFIT: readonly (readonly [name: string, make: (desk: Desk) => Promise<unknown>, message: string])[] = [
    [
      'is in another encoding',
      async (desk: Desk) => void (await desk.put('~/.claude.json', Buffer.from('{"é":1}', 'latin1'))),
      'is not in UTF-8',
    ],
    ['is a folder', async (desk: Desk) => void (await mkdir(desk.at('~/.claude.json'))), 'it is a folder'],
    [
      'is a link to nowhere',
      (desk: Desk) => symlink('/nowhere/at/all', desk.at('~/.claude.json')),
      'is a link to a file that doesn’t exist',
    ],
    [
      'has a list in its place',
      async (desk: Desk) => void (await desk.put('~/.claude.json', '{"mcpServers":[]}')),
      'there is array where object belongs',
    ],
  ];
  it.each(UNFIT)('isn’t changed when it %s', async (_, make, message) => {
    const desk = await makeDesk();
    await make(desk);
    await expect(desk.add('claude-code')).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining(message),
    });
    expect(await desk.notes()).toEqual([]);
  });
});
