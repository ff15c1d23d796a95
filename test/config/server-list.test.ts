import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Home, homeOf } from '../../src/config/home.js';
import { ownPresence, type Presence, type ServerKind } from '../../src/config/presence.js';
import { findServers, listServer } from '../../src/config/server-list.js';
import { INSTANCE, INSTANCE_HEADER } from '../../src/util/instance.js';
import { startMooring } from '../support/machine/processes.js';
import { makeFolder } from '../support/temporary.js';

let root: string;
let home: Home;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mooring-home-'));
  home = homeOf({ MOORING_HOME: join(root, 'home') });
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A process that no longer runs: the highest number that Linux gives is below it. */
const GONE = 2 ** 22 + 1;
const urls = async () => (await findServers(home)).map(({ url }) => url);

/** The URL of something that answers `/health` with a status. */
async function health(status = 200): Promise<string> {
  const server = createServer((_, response) => response.writeHead(status, { [INSTANCE_HEADER]: INSTANCE }).end('{}'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Announces a server that started at a time, in hours. */
function announce(url: string, kind: ServerKind, hour = 1, changes: Partial<Presence> = {}) {
  const startedAt = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
  return listServer(home, { ...ownPresence(url, root, kind), startedAt, ...changes });
}

describe('the home of a user', () => {
  it('is .mooring in their home directory, or what MOORING_HOME names', () => {
    expect(homeOf({}).path).toMatch(/\/\.mooring$/);
    expect(homeOf({ MOORING_HOME: '' })).toEqual(homeOf({}));
    expect(homeOf({ MOORING_HOME: 'there' })).toEqual({
      path: resolve('there'),
      servers: resolve('there/servers'),
      lastServer: resolve('there/last-server.json'),
      data: resolve('there/data'),
      spool: resolve('there/spool'),
    });
  });

  it('is created with the first announcement, for its user alone', async () => {
    expect(await findServers(home)).toEqual([]);
    await expect(lstat(home.path)).rejects.toMatchObject({ code: 'ENOENT' });
    await announce(await health(), 'serve');
    const [name] = await readdir(home.servers);
    for (const path of [home.path, home.servers, join(home.servers, name!)])
      expect((await lstat(path)).mode & 0o077).toBe(0);
  });
});

describe('the servers of a user', () => {
  it('are not what has the port and the process number of one that is gone', async () => {
    const url = await health();
    await announce(url, 'serve', 1, { instance: 'another process' });
    expect(await urls()).toEqual([]);
  });

  it('are found when an earlier version announced them', async () => {
    const url = await health();
    await announce(url, 'serve', 1, { instance: null });
    expect(await urls()).toEqual([url]);
  });

  it('are found until they withdraw, with what they said', async () => {
    const url = await health();
    const withdraw = await announce(url, 'agent');
    expect(await findServers(home)).toEqual([
      {
        url,
        dataDirectory: root,
        pid: process.pid,
        startedAt: '2026-01-01T01:00:00.000Z',
        kind: 'agent',
        instance: INSTANCE,
      },
    ]);
    await withdraw();
    await withdraw();
    expect(await readdir(home.servers)).toEqual([]);
  });

  it('come in an order: those that stay before those of agents, and the latest first', async () => {
    const [a, b, c, d] = [await health(), await health(), await health(), await health()];
    await announce(a, 'agent', 4);
    await announce(b, 'serve', 1);
    await announce(c, 'serve', 2);
    await announce(d, 'agent', 3);
    expect(await urls()).toEqual([c, b, a, d]);
  });

  it('that were killed are forgotten', async () => {
    await announce(await health(), 'serve', 1, { pid: GONE });
    expect(await urls()).toEqual([]);
    expect(await readdir(home.servers)).toEqual([]);
  });

  it('that don’t respond aren’t found, and stay announced: they may be busy', async () => {
    await announce('http://127.0.0.1:1', 'serve');
    await announce(await health(503), 'serve');
    expect(await urls()).toEqual([]);
    expect(await readdir(home.servers)).toHaveLength(2);
  });

  it.each(['', '{', 'null', '[]', '{"url":1}', '{"url":"/health","pid":1}', '{"url":"http://127.0.0.1:1","pid":0}'])(
    'aren’t read from %j',
    async (text) => {
      const url = await health();
      await announce(url, 'serve');
      await writeFile(join(home.servers, 'serve-damaged.json'), text);
      expect(await urls()).toEqual([url]);
      expect(await readdir(home.servers)).toHaveLength(1);
    },
  );
});

describe('`serve`', () => {
  it('announces itself in the home while it runs', async () => {
    const data = await makeFolder();
    const server = await startMooring(data, { MOORING_HOME: home.path });
    await expect
      .poll(() => findServers(home))
      .toMatchObject([{ url: server.url, dataDirectory: data, pid: server.process.pid, kind: 'serve' }]);
    await server.stop();
    expect(await readdir(home.servers)).toEqual([]);
  });

  it('runs when it can’t announce itself', async () => {
    await writeFile(home.path, 'not a folder');
    const server = await startMooring(await makeFolder(), { MOORING_HOME: home.path });
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await server.stop();
  });
});

describe('the variables for what an agent starts', () => {
  it('are those of its process and of `.env` in the home, not those of the working directory', async () => {
    await mkdir(home.path);
    await writeFile(join(home.path, '.env'), 'MOORING_URL=http://home\nMOORING_AGENT=home');
    await writeFile(join(root, '.env'), 'MOORING_DATA=/repository');
    const code = `import(${JSON.stringify(join(process.cwd(), 'dist/src/config/home.js'))})
      .then(({ readAgentEnvironment }) => console.log(JSON.stringify(readAgentEnvironment())))`;
    const env = { MOORING_HOME: home.path, MOORING_AGENT: 'process' };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { cwd: root, env });
    expect(JSON.parse(stdout)).toEqual({ ...env, MOORING_URL: 'http://home' });
  });
});
