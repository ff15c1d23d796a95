import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runHere } from './in-process.js';
import { expectDone, idOf, modeIn, projectWith } from './migrating.js';
import { dataFolder, startCli } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.remove());

const cli = (...args: string[]) => runHere({ data: data.path }, ...args);

describe('without a server, a project', () => {
  test('moves there and back, and is found by the next command', async () => {
    const project = await projectWith(data.path, 30);
    expectDone(await cli('migrate', '--project', project, '--to', 'file', '--yes'));
    expectDone(await cli('migrate', 'finalize', idOf(await cli('migrate', 'list')), '--yes'));
    expectDone(await cli('migrate', '--project', '.', '--to', 'local', '--yes', '--json'));
    expect(modeIn(data.path)).toBe('LOCAL');
  });

  test('isn’t moved by a dry run, which prints the estimate', async () => {
    await projectWith(data.path, 30);
    const dry = await cli('migrate', '--project', '.', '--to', 'file', '--dry-run');
    expectDone(dry);
    expect(dry.stdout).toMatch(/ok +writable/);
    expect(dry.stdout).toMatch(/tasks +30 +\d/);
    expect(modeIn(data.path)).toBe('LOCAL');
  });

  test('with --no-cut-over waits for the command, and can be cancelled instead', async () => {
    await projectWith(data.path, 30);
    const waiting = await cli('migrate', '--project', '.', '--to', 'file', '--yes', '--no-cut-over');
    expectDone(waiting);
    expect(waiting.stdout).toContain(`mooring migrate cut-over ${idOf(waiting)}`);
    expect(modeIn(data.path)).toBe('LOCAL');
    expect((await cli('migrate', '--project', '.', '--to', 'file', '--yes')).code).not.toBe(0);
    expectDone(await cli('migrate', 'cancel', idOf(waiting)));

    const other = await cli('migrate', '--project', '.', '--to', 'file', '--yes', '--no-cut-over');
    expectDone(await cli('migrate', 'cut-over', idOf(other)));
    expect(modeIn(data.path)).toBe('FILE');
  });

  test('is paused by Ctrl-C, and its move continues when resumed', async () => {
    await projectWith(data.path, 400);
    const moving = startCli(
      { data: data.path },
      'migrate',
      '--project',
      '.',
      '--to',
      'file',
      '--yes',
      '--batch-size',
      '1',
    );
    await moving.printed('Copying.');
    moving.process.kill('SIGINT');
    const paused = await moving.ended;
    expect([paused.code, paused.stdout]).toEqual([
      130,
      expect.stringContaining('Resume it with: mooring migrate resume mig_'),
    ]);
    expect((await cli('migrate', 'status', idOf(paused))).stdout).toContain('paused');
    expect(modeIn(data.path)).toBe('LOCAL');
    const resumed = await cli('migrate', 'resume', idOf(paused));
    expectDone(resumed);
    expect(resumed.stdout).toMatch(/tasks +400 +400 +400 +0 +0/);
    expect(modeIn(data.path)).toBe('FILE');
  });

  test('isn’t moved to an impossible place', async () => {
    await projectWith(data.path, 1);
    const unconfigured = await cli('migrate', '--project', '.', '--to', 'mongodb', '--yes');
    expect([unconfigured.code, unconfigured.stderr]).toEqual([5, expect.stringContaining('not configured')]);
    const nowhere = await cli('migrate', '--project', '.', '--to', 'file', '--location', '/dev/null/files', '--yes');
    expect([nowhere.code, nowhere.stdout]).toEqual([6, expect.stringMatching(/failed +writable/)]);
    expect(nowhere.stderr).toContain('Nothing was started');
    expect((await cli('migrate', 'list', '--json')).stdout).toBe('');
  });
});
