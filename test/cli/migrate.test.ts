import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMooring } from '../support/machine/processes.js';
import { runHere } from './in-process.js';
import { expectDone, idOf, modeIn, projectWith } from './migrating.js';
import { dataFolder } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.remove());

const cli = (...args: string[]) => runHere({ data: data.path }, ...args);

describe('on a running server, a project', () => {
  test('moves, is verified, comes back, moves again and is finalized', async () => {
    await projectWith(data.path, 30);
    const server = await startMooring(data.path);
    const moved = await cli('migrate', '--project', '.', '--to', 'file', '--yes');
    expectDone(moved);
    expect(moved.stdout).toMatch(/tasks +30 +30 +30 +0 +0 +[0-9a-f]{12}\n/);
    expect(moved.stdout).toContain('Moved. The project lives in FILE.');
    expect(modeIn(data.path)).toBe('FILE');
    const id = idOf(moved);

    const verified = await cli('migrate', 'verify', id);
    expectDone(verified);
    expect(verified.stdout).toMatch(/tasks +30 +30 +30 +0 +0/);

    const back = await cli('migrate', 'roll-back', id, '--json');
    expectDone(back);
    expect(back.lines().at(-1)).toMatchObject({ type: 'result', migration: { phase: 'ROLLED_BACK' }, next: [] });
    expect(modeIn(data.path)).toBe('LOCAL');

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

  test('isn’t finalized while its place can’t be read, and the command ends with a hint', async () => {
    await projectWith(data.path, 3);
    const server = await startMooring(data.path);
    const moved = await cli('migrate', '--project', '.', '--to', 'file', '--yes');
    const files = join(data.path, 'files');
    await rename(files, `${files}.away`);
    const refused = await cli('migrate', 'finalize', idOf(moved), '--yes');
    expect(refused).toMatchObject({ code: 6, stdout: expect.stringContaining('Not finalized') });
    expect(refused.stdout).toContain(`mooring migrate roll-back ${idOf(moved)}`);
    await server.stop();
  });
});
