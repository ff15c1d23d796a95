import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEndpoint } from './endpoint.js';
import { dataFolder, LAUNCH, startCli } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
  await writeFile(join(data.path, 'chat.md'), 'old');
});
afterEach(() => data.remove());

const answerOf = (text: string, endCursor: string | null) => ({
  data: { session: { export: { text, hasNextPage: endCursor !== null, endCursor } } },
});
const argumentsTo = (url: string) => ['sessions', 'export', 'ses_1', '--output', 'chat.md', '--url', url];
const folder = async () => [await readdir(data.path), await readFile(join(data.path, 'chat.md'), 'utf8')];

describe('a conversation that is exported to a file', () => {
  test('fails and keeps the old file when the disk takes only a part of it', async () => {
    const url = await startEndpoint(async () => answerOf('x'.repeat(100_000), null));
    // The kernel writes up to the limit, and reports an error only for what comes after it, as on a full disk.
    const child = execFile(
      'sh',
      ['-c', 'ulimit -f 16 && exec "$@"', 'sh', process.execPath, '-e', LAUNCH, '--', ...argumentsTo(url)],
      { cwd: data.path, env: { PATH: process.env.PATH, MOORING_DATA: data.path } },
    );
    let stderr = '';
    child.stderr!.on('data', (part) => {
      stderr += part;
    });
    const [code] = await once(child, 'close');
    expect([code, stderr]).toEqual([1, expect.stringContaining("chat.md can't be written (EFBIG)")]);
    expect(await folder()).toEqual([['chat.md'], 'old']);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind on %s', async (signal) => {
    let ask = () => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const url = await startEndpoint(async ({ variables }) => {
      if (variables.after === null) return answerOf('first', 'more');
      ask();
      return new Promise(() => {});
    });
    const cli = startCli({ data: data.path }, ...argumentsTo(url));
    await asked;
    expect((await readdir(data.path)).toSorted()).toEqual(['chat.md', expect.stringMatching(/^chat\.md\..*partial$/)]);
    cli.process.kill(signal);
    expect((await cli.ended).code).toBe(130);
    expect(await folder()).toEqual([['chat.md'], 'old']);
  });
});
