import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../src/cli/api.js';
import { followMigration } from '../../src/cli/migrate/follow.js';
import { MIGRATION, type MigrationDouble, startDouble } from './double.js';
import { runHere } from './in-process.js';
import { dataFolder, startCli } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
let double: MigrationDouble;
beforeEach(async () => {
  data = await dataFolder();
  double = await startDouble();
});
afterEach(async () => {
  await double.close();
  await data.remove();
});

const START = ['migrate', '--project', 'prj_1', '--to', 'file', '--yes'];
const options = () => ({ data: data.path, env: { MOORING_URL: double.url } });
const start = (...args: string[]) => startCli(options(), ...START, ...args);

describe('moving a project', () => {
  test('prints the estimate, the progress and the result', async () => {
    const cli = start();
    await cli.printed('Copying.');
    double.emit({ phase: 'VERIFYING', message: 'Comparing.' });
    double.emit({ problem: { code: 'STORE_UNAVAILABLE', message: 'The disk is away.', hint: 'Plug it in.' } });
    double.emit({ phase: 'MOVED', message: 'It has moved.', problem: null, fenceMs: 31, canRollBack: true });
    const { code, stdout } = await cli.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok +target +2 ms +It can be written to/);
    expect(stdout).toContain('Verifying. Comparing.');
    expect(stdout).toContain('The disk is away. Plug it in.');
    expect(stdout).toContain('writes waited 31 ms');
    for (const next of ['verify', 'roll-back', 'finalize'])
      expect(stdout).toContain(`mooring migrate ${next} ${MIGRATION}`);
    expect(stdout).not.toMatch(/[^\n\P{Cc}]/u);
  });

  test('prints messages of the server without control characters', async () => {
    const hostile = 'a\u001b[2J\u001b[31m\u0007b\u009b1m\u202ec\r\nd';
    const cli = start();
    await cli.printed('Copying.');
    double.emit({ phase: 'CATCHING_UP', message: `Told ${hostile}` });
    double.emit({ problem: { code: 'STORE_FULL', message: `Full ${hostile}`, hint: `Room ${hostile}` } });
    await cli.printed('Full abc d Room abc d\n');
    double.emit({ phase: 'MOVED', message: `Moved ${hostile}`, problem: null });
    const { stdout, stderr } = await cli.ended;
    for (const word of ['Told', 'Moved']) expect(stdout).toContain(`${word} abc d\n`);
    expect(stdout + stderr).not.toMatch(/[^\n\P{Cc}]|\p{Bidi_Control}/u);
  });

  test('prints one object per line with --json', async () => {
    const cli = start('--json');
    await double.received('migrationProgress after null');
    double.emit({ phase: 'MOVED' });
    const { code, lines } = await cli.ended;
    expect(code).toBe(0);
    const said = lines<{ type: string; phase?: string }>();
    expect(said.map(({ type }) => type)).toEqual(['estimate', 'started', 'progress', 'progress', 'result']);
    expect(said[3]).toMatchObject({ phase: 'MOVED', migrationId: MIGRATION });
    expect(said[4]).toMatchObject({ migration: { phase: 'MOVED' }, next: expect.any(Array) });
  });

  test('exits with 6 when it fails, or is paused by another client', async () => {
    const failing = start();
    await failing.printed('Copying.');
    double.emit({ phase: 'FAILED', problem: { code: 'STORE_FULL', message: 'No space is left.', hint: 'Make some.' } });
    expect(await failing.ended).toMatchObject({
      code: 6,
      stdout: expect.stringContaining('No space is left. Make some.'),
    });
    double.emit({ phase: 'COPYING', problem: null });
    const paused = start();
    await double.received('migrationProgress after null');
    double.emit({ isPaused: true });
    expect(await paused.ended).toMatchObject({
      code: 6,
      stdout: expect.stringContaining(`migrate resume ${MIGRATION}`),
    });
  });

  test.each([
    ['CANCELLED', false, 0],
    ['MOVED', false, 6],
    ['MOVED', true, 0],
    ['ROLLED_BACK', true, 6],
  ])('that is cancelled and comes to %s (on the way back: %s) ends with %i', async (phase, isRollingBack, code) => {
    double.emit({ phase: 'CATCHING_UP', isRollingBack });
    const cli = startCli(options(), 'migrate', 'cancel', MIGRATION);
    await double.received('migrationProgress after null');
    double.emit({ phase, isRollingBack: false });
    expect((await cli.ended).code).toBe(code);
  });

  test('isn’t started without --yes when nobody can confirm it', async () => {
    const without = START.filter((arg) => arg !== '--yes');
    expect(await runHere(options(), ...without)).toMatchObject({ code: 5, stderr: expect.stringContaining('--yes') });
    expect(await runHere(options(), ...without, '--json')).toMatchObject({ code: 5, stdout: '' });
    expect(double.requests).not.toContain('startMigration');
  });
});

describe('Ctrl-C', () => {
  test('pauses the migration and says how to resume it', async () => {
    const cli = start();
    await cli.printed('Copying.');
    cli.process.kill('SIGINT');
    const { code, stdout } = await cli.ended;
    expect([code, stdout]).toEqual([130, expect.stringContaining(`mooring migrate resume ${MIGRATION}`)]);
    expect(double.requests).toContain('pauseMigration');
    const json = startCli(options(), 'migrate', 'resume', MIGRATION, '--json');
    await json.printed('"progress"');
    json.process.kill('SIGINT');
    expect((await json.ended).lines().at(-1)).toEqual({
      type: 'paused',
      migrationId: MIGRATION,
      resume: `mooring migrate resume ${MIGRATION}`,
    });
  });

  test('says so when the migration can’t be paused', async () => {
    await double.close();
    double = await startDouble({ refusesPause: true });
    const cli = start();
    await cli.printed('Copying.');
    cli.process.kill('SIGINT');
    expect(await cli.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('It has moved.\nLet it be.') });
  });

  test('the second time ends the program at once', async () => {
    const cli = start();
    await cli.printed('Copying.');
    await double.drop(); // so that pausing stalls
    await cli.printed('trying again');
    cli.process.kill('SIGINT');
    cli.process.kill('SIGINT');
    expect((await cli.ended).code).toBe(130);
  });
});

describe('a connection that drops', () => {
  test('is reopened after the last event, and none is missed', async () => {
    const cli = start('--json');
    await cli.printed('"type":"progress"');
    await double.drop();
    double.emit({ message: 'Meanwhile.' });
    await double.comeBack();
    await double.received('migrationProgress after 2');
    await cli.printed('Meanwhile.');
    double.emit({ phase: 'MOVED' });
    const { code, lines } = await cli.ended;
    expect(code).toBe(0);
    const cursors = lines<{ type: string; cursor: string }>().filter(({ type }) => type === 'progress');
    expect(cursors.map(({ cursor }) => cursor)).toEqual(['2', '3', '4']);
  });

  test('for good ends with exit code 3, and names the command that shows the status', async () => {
    await double.drop();
    const following = followMigration(createApi({ url: double.url }), {
      id: MIGRATION,
      view: { show: () => undefined, note: () => undefined, close: () => undefined },
      isDone: () => false,
      signal: new AbortController().signal,
      patienceMs: 200,
    });
    await expect(following).rejects.toMatchObject({ exitCode: 3, hint: expect.stringContaining('migrate status') });
  });
});
