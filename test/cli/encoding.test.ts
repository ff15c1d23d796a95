import { execFile } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from './in-process.js';
import { dataFolder, LAUNCH } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  data = await dataFolder();
});
afterAll(() => data.remove());

/** Runs the program by a shell, which passes on any bytes: Node's own `spawn` writes UTF-8. */
const shell = (script: string) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env.PATH, MOORING_DATA: data.path };
    execFile('sh', ['-c', script, process.execPath, LAUNCH], { cwd: data.path, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
/** `café` in ISO-8859-1. */
const CAFE = String.raw`"$(printf 'caf\351')"`;
const RUN = (args: string) => `"$0" -e "$1" -- ${args}`;

describe('input that isn’t UTF-8 is refused by the command line, and creates nothing', () => {
  test.each([
    ['a name', RUN(`projects create --name ${CAFE}`), 'An argument'],
    ['a path', RUN(`projects create --name x --path ${CAFE}`), 'An argument'],
    [
      'the working directory',
      `mkdir -p ${CAFE} && cd ${CAFE} && ${RUN('projects create --name x --path .')}`,
      'The path',
    ],
    ['what a project is found by', `mkdir -p ${CAFE} && cd ${CAFE} && ${RUN('repair-index --project .')}`, 'The path'],
    ['a variable', `ATLAS=${CAFE} ${RUN('config test --connection-string-env ATLAS')}`, 'The variable ATLAS'],
    ['standard input', `printf 'caf\\351\\n' | ${RUN('config test --connection-string')}`, 'The connection-string'],
    [
      'where the data directory is',
      `mkdir -p ${CAFE} && cd ${CAFE} && MOORING_DATA= ${RUN('projects list')}`,
      'MOORING_DATA',
    ],
    ['the data directory', `MOORING_DATA=${CAFE} ${RUN('projects list')}`, 'MOORING_DATA'],
  ])('as %s', async (_what, script, named) => {
    const before = readdirSync(data.path, { encoding: 'latin1' }).filter((name) => !name.startsWith('caf\xe9'));
    const { code, stderr } = await shell(script);
    expect([code, stderr]).toEqual([2, expect.stringContaining(named)]);
    expect(stderr).toContain('UTF-8');
    expect(stderr).not.toContain('\uFFFD');
    const after = readdirSync(data.path, { encoding: 'latin1' });
    expect(after.filter((name) => name.includes('\xef\xbf\xbd'))).toEqual([]);
    expect(before.filter((name) => !after.includes(name))).toEqual([]);
    const { stdout } = await runHere({ data: data.path }, 'projects', 'list', '--json');
    expect(stdout).toBe('');
  });

  test('as `.env`', async () => {
    const path = join(data.path, '.env');
    writeFileSync(path, Buffer.from('FILE_STORE_PATH=/caf\xe9\n', 'latin1'));
    const { code, stderr } = await runHere({ data: data.path }, 'projects', 'list');
    rmSync(path);
    expect([code, stderr]).toEqual([2, expect.stringContaining(".env can't be read: it is not UTF-8")]);
  });
});
