import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../support/api.js';
import { cases } from '../support/extent.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { runHere } from './in-process.js';
import { dataFolder, runCli } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
let server: Running;
beforeAll(async () => {
  data = await dataFolder();
  server = await startMooring(data.path);
});
afterAll(async () => {
  await server.stop();
  await data.remove();
});

const cli = (...args: string[]) => runHere({ data: data.path }, ...args);

describe('the program', () => {
  test('explains itself', async () => {
    const { code, stdout } = await cli('--help');
    expect(code).toBe(0);
    for (const word of [
      'serve',
      'migrate',
      'projects',
      'tasks',
      'repair-index',
      'config',
      'MOORING_URL',
      'Exit codes',
      '130',
    ]) {
      expect(stdout).toContain(word);
    }
    const { stdout: migrate } = await cli('migrate', '--help');
    for (const word of ['--dry-run', '--no-cut-over', 'cut-over', 'roll-back', 'finalize'])
      expect(migrate).toContain(word);
  });

  test('is the bin of the package, in any working directory', async () => {
    const copy = await dataFolder();
    await cp('bin', join(copy.path, 'bin'), { recursive: true });
    await symlink(join(process.cwd(), 'dist'), join(copy.path, 'dist'));
    const { stdout } = await promisify(execFile)(process.execPath, [join(copy.path, 'bin/mooring.js'), '--version'], {
      cwd: '/',
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await copy.remove();
  });

  test.each([
    { args: ['nothing'] },
    { args: ['migrate', '--to', 'file'] },
    { args: ['migrate', '--project', 'prj_x', '--to', 'nowhere'] },
    { args: ['migrate', '--project', 'prj_x', '--to', 'file', '--batch-size', '0'] },
    { args: ['migrate', 'pause'] },
    { args: ['tasks', 'claim'] },
    { args: ['tasks', 'done', '0123456'] },
    { args: ['tasks', 'list', '--status', 'nothing'] },
    { args: ['config', 'test'] },
    { args: ['config', 'test', '--path', '/a', '--database', 'b'] },
    { args: ['config', 'test', '--unset', 'nothing'] },
    { args: ['projects', 'list', '--url', 'elsewhere'] },
  ])('ends with 2 after $args', async ({ args }) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain('    at ');
  });

  test('exits with 3 when the server can’t be reached, or isn’t Mooring', async () => {
    expect((await cli('projects', 'list', '--url', 'http://127.0.0.1:1')).code).toBe(3);
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { code, stderr } = await runCli(
      { data: data.path, env: { MOORING_URL: `http://127.0.0.1:${(other.address() as AddressInfo).port}/` } },
      'projects',
      'list',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('is not Mooring');
    other.close();
  });

  test('exits with 2 when MOORING_URL is not an address, and ignores settings of the server', async () => {
    const wrong = await runCli({ data: data.path, env: { MOORING_URL: 'here' } }, 'projects', 'list');
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('MOORING_URL must be the address of a server'),
    ]);
    const right = await runCli({ data: data.path, env: { MOORING_URL: server.url, PORT: 'x' } }, 'projects', 'list');
    expect(right.code).toBe(0);
  });
});

describe('projects', () => {
  test('are created and listed, on the server that runs on the data directory', async () => {
    const created = await cli(
      'projects',
      'create',
      '--name',
      'Lighthouse',
      '--path',
      'work',
      '--storage-mode',
      'file',
      '--json',
    );
    expect(created.code).toBe(0);
    const [project] = created.lines<{ id: string }>();
    expect(project).toMatchObject({ name: 'Lighthouse', path: join(data.path, 'work'), storageMode: 'FILE' });
    const { projects } = await createApi(server.url).ask<{ projects: { nodes: { id: string }[] } }>(
      '{ projects { nodes { id } } }',
    );
    expect(projects.nodes).toContainEqual({ id: project!.id });
    expect((await cli('projects', 'list')).stdout).toContain(`${project!.id}  FILE`);
  });

  test('that can’t be created are explained on standard error', async () => {
    await cli('projects', 'create', '--name', 'One', '--path', '/one');
    const { code, stdout, stderr } = await cli('projects', 'create', '--name', 'Two', '--path', '/one');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
    const again = await cli('projects', 'create', '--name', 'Two', '--path', '/one', '--json');
    expect(JSON.parse(again.stderr)).toMatchObject({ type: 'error', code: 'ALREADY_EXISTS', hint: expect.any(String) });
  });

  const OBEYED = /[^\n\P{Cc}]|\p{Bidi_Control}|[\u2028\u2029]/u;
  /** `text.test.ts` tries every sequence: the quick case has some of each kind. */
  const HOSTILE = cases(
    ['Red \u001b[2J\u001b]0;owned\u0007\u009b2J\u0085\r\nprj_two\u2028of\t\u202e\u2066lamp\u200f lamp'],
    [
      'Red \u001b[2J\u001b[31m\u0007lamp',
      'Title \u001b]0;owned\u0007 lamp',
      'C1 \u009b2J\u0085 lamp',
      'Turned \u202e\u2066 lamp\u200f',
      'Two\r\nprj_lines\u2028of\tlamp',
    ],
  );

  test.each(HOSTILE)('called %j are printed without control characters, and whole with --json', async (name) => {
    const path = `/lamps/${name}`;
    const created = await cli('projects', 'create', '--name', name, '--path', path, '--storage-mode', 'local');
    expect(created.stdout.trimEnd().split('\n')).toHaveLength(1);
    const id = created.stdout.slice(0, 30);
    const listed = await cli('projects', 'list');
    expect(listed.stdout.split('\n').find((line) => line.startsWith(id))).toMatch(/ {2}LOCAL .*lamp.*\/lamps\/.*lamp$/);
    const repaired = await cli('repair-index', '--project', path);
    expect(repaired.stdout).toMatch(/lamp: 0 added/);
    const missing = await cli('repair-index', '--project', `${path}, not there`);
    expect([missing.code, missing.stderr]).toEqual([4, expect.stringContaining('lamp, not there')]);
    const mistyped = await cli('projects', `list${name}`);
    for (const { stdout, stderr } of [created, listed, repaired, missing, mistyped])
      expect(stdout + stderr).not.toMatch(OBEYED);

    const json = await cli('projects', 'list', '--json');
    expect(json.lines<{ id: string }>().find((each) => each.id === id)).toMatchObject({ name, path });
    const error = await cli('repair-index', '--project', `${path}, not there`, '--json');
    expect(JSON.parse(error.stderr)).toMatchObject({ message: `No project has the path ${path}, not there.` });
    expect(json.stdout + error.stderr).not.toMatch(OBEYED);
  });

  test('with long names keep their columns, wide characters counted as two', async () => {
    const api = createApi(server.url);
    await api.createProject({ name: '灯'.repeat(100), path: '/wide' });
    await api.createProject({ name: 'x'.repeat(200), path: '/narrow' });
    await api.createProject({ name: '👩‍👩‍👧‍👦'.repeat(10), path: '/family' });
    const lines = (await cli('projects', 'list')).stdout.split('\n');
    const before = (path: string) => {
      const line = lines.find((each) => each.endsWith(`  ${path}`))!;
      return line.slice(0, -path.length);
    };
    expect(before('/wide')).toMatch(/ 灯{29}… {3}$/);
    expect(before('/narrow')).toMatch(/ x{59}… {2}$/);
    expect(before('/family')).toMatch(/ (👩‍👩‍👧‍👦){10} {42}$/u);
  });

  test('get their index repaired, by id or by path', async () => {
    const api = createApi(server.url);
    const id = await api.createProject({ name: 'Indexed', path: join(data.path, 'indexed') });
    await api.mutate(
      'saveMemory',
      { projectId: id, role: 'USER', content: 'The lamp is lit at dusk.' },
      'memory { id }',
    );
    const { code, lines } = await cli('repair-index', '--project', id, '--json');
    expect(code).toBe(0);
    expect(lines()).toEqual([
      expect.objectContaining({ projectId: id, searchIndex: expect.objectContaining({ stored: 1 }) }),
    ]);
    expect((await cli('repair-index', '--project', 'indexed')).code).toBe(0);
    expect((await cli('repair-index', '--project', '/nowhere')).code).toBe(4);
    expect((await cli('migrate', '--project', id.slice(0, -1).concat('z'), '--to', 'file')).code).not.toBe(0);
  });
});

describe('settings of storage', () => {
  test('are shown for each mode, one line each as JSON', async () => {
    const { stdout } = await cli('config', 'status');
    for (const word of ['LOCAL', 'MONGODB', 'FILE', 'connectionString']) expect(stdout).toContain(word);
    expect(
      (await cli('config', 'status', '--json'))
        .lines<{ mode: string }>()
        .map(({ mode }) => mode)
        .sort(),
    ).toEqual(['FILE', 'LOCAL', 'MONGODB']);
  });

  test('are tried out, saved and removed', async () => {
    const elsewhere = await dataFolder();
    const { path } = elsewhere;
    const tested = await cli('config', 'test', '--path', path);
    expect([tested.code, tested.stdout]).toEqual([0, expect.stringMatching(/ok +writable/)]);
    const other = await dataFolder();
    const own = { data: other.path };
    // Without a server, and then on one that finds what was saved.
    expect((await runCli(own, 'config', 'save', '--path', path)).stdout).toContain('Saved.');
    const beside = await startMooring(other.path);
    expect((await runCli(own, 'config', 'status', '--mode', 'file')).stdout).toMatch(
      new RegExp(`path +${path} +saved`),
    );
    const refused = await runCli(own, 'config', 'remove', '--mode', 'file');
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('--yes')]);
    expect((await runCli(own, 'config', 'remove', '--mode', 'file', '--yes')).code).toBe(0);
    expect((await runCli(own, 'config', 'remove', '--mode', 'file', '--yes')).code).toBe(4);
    await beside.stop();
    await Promise.all([other.remove(), elsewhere.remove()]);
  });

  test('that fail a check aren’t saved', async () => {
    const { code, stdout, stderr } = await cli('config', 'save', '--path', '/dev/null/files');
    expect(code).toBe(1);
    expect(stdout).toContain('failed');
    expect(stderr).toContain('Nothing was saved');
  });

  test('that are secret come from standard input or a named variable, and are never shown', async () => {
    const secret = 'mongodb://ada:lantern-oil@127.0.0.1:1/?directConnection=true';
    const typed = await runCli({ data: data.path, input: `${secret}\n` }, 'config', 'test', '--connection-string');
    expect([typed.code, typed.stdout]).toEqual([1, expect.stringContaining("127.0.0.1:1/mooring can't be reached")]);
    const env = { ATLAS: secret.replace('mongodb:', 'mongo:') };
    const named = await runCli(
      { data: data.path, env },
      'config',
      'test',
      '--connection-string-env',
      'ATLAS',
      '--json',
    );
    expect([named.code, named.stdout]).toEqual([1, expect.stringContaining('"FAILED"')]);
    for (const { stdout, stderr } of [typed, named]) expect(stdout + stderr).not.toContain('lantern-oil');
  });

  test('that are secret are refused as arguments, without being shown', async () => {
    const secret = 'mongodb://ada:lantern-oil@127.0.0.1:1/';
    for (const args of [[`--connection-string=${secret}`], ['--connection-string', secret]]) {
      const { code, stdout, stderr } = await cli('config', 'test', ...args);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain('lantern-oil');
    }
  });

  test('that name an unset variable, or an empty standard input, are a usage error', async () => {
    expect((await cli('config', 'test', '--connection-string-env', 'NOWHERE')).code).toBe(2);
    expect((await runCli({ data: data.path }, 'config', 'test', '--connection-string')).code).toBe(2);
  });
});

describe('the health of places', () => {
  test('exits with 1 when the requested one has a problem', async () => {
    expect((await cli('config', 'health')).code).toBe(0);
    expect((await cli('config', 'health', '--mode', 'local')).code).toBe(0);
    const { code, stdout } = await cli('config', 'health', '--mode', 'mongodb');
    expect([code, stdout]).toEqual([1, expect.stringContaining('not configured')]);
  });
});
