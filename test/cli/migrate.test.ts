import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApp } from '../modes/support.js';
import { startMooring } from '../support/processes.js';
import { dataFolder, type Ended, runCli, startCli } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.remove());

const cli = (...args: string[]) => runCli({ data: data.path }, ...args);

/** A project with some tasks, made by a server that is stopped again. */
async function projectWith(tasks: number): Promise<string> {
  const app = await startApp(data.path);
  const projectId = await app.createProject({ name: 'Lighthouse', path: data.path });
  const titles = Array.from({ length: tasks }, (_, i) => ({ title: `Task ${i}` }));
  await app.mutate('createTasks', { projectId, tasks: titles }, 'tasks { id }');
  await app.close();
  return projectId;
}

function idOf({ stdout }: { readonly stdout: string }): string {
  return /mig_[0-9a-z]{26}/.exec(stdout)![0];
}

/** Where the project lives, as it is stored. */
function modeNow(): string {
  const catalog = new Database(join(data.path, 'catalog/store.db'), { readonly: true });
  const mode = catalog.prepare("SELECT doc ->> 'storageMode' FROM projects").pluck().get();
  catalog.close();
  return String(mode);
}

function expectDone(ended: Ended): void {
  expect([ended.code, ended.stderr]).toEqual([0, '']);
}

describe('on a server that runs, a project', () => {
  test('moves, is verified, comes back, moves again and is finalized', async () => {
    await projectWith(30);
    const server = await startMooring(data.path);
    const moved = await cli('migrate', '--project', '.', '--to', 'file', '--yes');
    expectDone(moved);
    expect(moved.stdout).toMatch(/tasks +30 +30 +30 +0 +0 +[0-9a-f]{12}\n/);
    expect(moved.stdout).toContain('Moved. The project lives in FILE.');
    expect(modeNow()).toBe('FILE');
    const id = idOf(moved);

    const verified = await cli('migrate', 'verify', id);
    expectDone(verified);
    expect(verified.stdout).toMatch(/tasks +30 +30 +30 +0 +0/);

    const back = await cli('migrate', 'roll-back', id, '--json');
    expectDone(back);
    expect(back.lines().at(-1)).toMatchObject({ type: 'result', migration: { phase: 'ROLLED_BACK' }, next: [] });
    expect(modeNow()).toBe('LOCAL');

    const again = await cli('migrate', '--project', '.', '--to', 'file', '--yes');
    expectDone(again);
    expect(await cli('migrate', 'finalize', idOf(again))).toMatchObject({
      code: 5,
      stdout: expect.stringContaining('LOCAL'),
    });
    expectDone(await cli('migrate', 'finalize', idOf(again), '--yes'));
    expect((await cli('migrate', 'roll-back', idOf(again))).code).toBe(5);
    expect((await cli('migrate', 'list', '--json')).lines<{ phase: string }>().map(({ phase }) => phase)).toEqual([
      'FINALIZED',
      'ROLLED_BACK',
    ]);
    expect((await cli('migrate', 'status', '--project', '.')).stdout).toContain('Finalized.');
    await server.stop();
  });
});

describe('without a server, a project', () => {
  test('moves there and back, and is found by the next command', async () => {
    const project = await projectWith(30);
    expectDone(await cli('migrate', '--project', project, '--to', 'file', '--yes'));
    expectDone(await cli('migrate', 'finalize', idOf(await cli('migrate', 'list')), '--yes'));
    expectDone(await cli('migrate', '--project', '.', '--to', 'local', '--yes', '--json'));
    expect(modeNow()).toBe('LOCAL');
  });

  test('isn’t moved by a dry run, which says what it would take', async () => {
    await projectWith(30);
    const dry = await cli('migrate', '--project', '.', '--to', 'file', '--dry-run');
    expectDone(dry);
    expect(dry.stdout).toMatch(/ok +writable/);
    expect(dry.stdout).toMatch(/tasks +30 +\d/);
    expect(modeNow()).toBe('LOCAL');
  });

  test('waits to be told when it isn’t to cut over, and can be left where it is', async () => {
    await projectWith(30);
    const waiting = await cli('migrate', '--project', '.', '--to', 'file', '--yes', '--no-cut-over');
    expectDone(waiting);
    expect(waiting.stdout).toContain(`mooring migrate cut-over ${idOf(waiting)}`);
    expect(modeNow()).toBe('LOCAL');
    expect((await cli('migrate', '--project', '.', '--to', 'file', '--yes')).code).not.toBe(0);
    expectDone(await cli('migrate', 'cancel', idOf(waiting)));

    const other = await cli('migrate', '--project', '.', '--to', 'file', '--yes', '--no-cut-over');
    expectDone(await cli('migrate', 'cut-over', idOf(other)));
    expect(modeNow()).toBe('FILE');
  });

  test('is paused by Ctrl-C, and its move goes on when it is resumed', async () => {
    await projectWith(100);
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
    expect(modeNow()).toBe('LOCAL');
    const resumed = await cli('migrate', 'resume', idOf(paused));
    expectDone(resumed);
    expect(resumed.stdout).toMatch(/tasks +100 +100 +100 +0 +0/);
    expect(modeNow()).toBe('FILE');
  });

  test('isn’t moved to where it can’t be', async () => {
    await projectWith(1);
    const unconfigured = await cli('migrate', '--project', '.', '--to', 'mongodb', '--yes');
    expect([unconfigured.code, unconfigured.stderr]).toEqual([5, expect.stringContaining('not configured')]);
    const nowhere = await cli('migrate', '--project', '.', '--to', 'file', '--location', '/dev/null/files', '--yes');
    expect([nowhere.code, nowhere.stdout]).toEqual([6, expect.stringMatching(/failed +writable/)]);
    expect(nowhere.stderr).toContain('Nothing was started');
    expect((await cli('migrate', 'list', '--json')).stdout).toBe('');
  });
});
