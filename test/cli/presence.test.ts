import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownPresence } from '../../src/config/presence.js';
import { announceServer, findServer } from '../../src/config/server-file.js';
import { startMooring } from '../support/machine/processes.js';
import { dataFolder } from './support.js';

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.remove());

describe('a server of a data directory', () => {
  test('is found while it runs, and not after it was stopped', async () => {
    expect(await findServer(data.path)).toBeNull();
    const server = await startMooring(data.path);
    expect((await findServer(data.path))?.url).toBe(server.url);
    await server.stop();
    expect(await readdir(data.path)).not.toContain('server.json');
  });

  test('that was killed isn’t found, though its file remains and its port answers', async () => {
    const killed = await startMooring(data.path);
    killed.process.kill('SIGKILL');
    await new Promise((resolve) => killed.process.once('exit', resolve));
    const path = join(data.path, 'server.json');
    const other = await dataFolder();
    const running = await startMooring(other.path);
    await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), url: running.url }));
    expect(await findServer(data.path)).toBeNull();
    await running.stop();
    await other.remove();
  });

  test('that doesn’t answer isn’t found', async () => {
    await announceServer(ownPresence('http://127.0.0.1:1', data.path, 'serve'));
    expect(await findServer(data.path)).toBeNull();
  });

  test.each(['', '{', 'null', '{"url":1}', '{"url":"http://127.0.0.1:1","pid":-1}'])(
    'isn’t read from %j',
    async (text) => {
      await writeFile(join(data.path, 'server.json'), text);
      expect(await findServer(data.path)).toBeNull();
    },
  );

  test('is found again when one that started later was stopped', async () => {
    const first = await startMooring(data.path);
    const second = await startMooring(data.path);
    expect((await findServer(data.path))?.url).toBe(second.url);
    await second.stop();
    expect((await findServer(data.path))?.url).toBe(first.url);
    await first.stop();
    expect(await findServer(data.path)).toBeNull();
  });

  test('removes only its own file, not that of one which started later', async () => {
    const withdraw = await announceServer(ownPresence('http://127.0.0.1:1', data.path, 'serve'));
    await announceServer(ownPresence('http://127.0.0.1:2', data.path, 'serve'));
    await withdraw();
    expect(await readFile(join(data.path, 'server.json'), 'utf8')).toContain('127.0.0.1:2');
  });
});
