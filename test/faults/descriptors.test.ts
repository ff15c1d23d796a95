import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { until } from '../support/until.js';

/** A server that may have few files open. A project takes 9 to 12, and the server itself some 50. */

const canLimit = process.platform !== 'win32';
/** Loading its modules opens more files at once than it needs later. */
const FEW = 'ulimit -n 256';

describe.runIf(canLimit)('a server that runs out of file descriptors', () => {
  let data: string;
  let server: Running;
  let api: Api;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'mooring-descriptors-'));
  });
  afterEach(async () => {
    agent.destroy();
    await server.stop();
    rmSync(data, { recursive: true });
  });

  async function start(under: string | null): Promise<void> {
    server = await startMooring(data, {}, under);
    api = createApi(server.url);
  }

  /** The server's response over an existing connection: it may accept no other. */
  function overOne(path: string, body?: object): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const options = { agent, headers, method: body ? 'POST' : 'GET' };
      request(`${server.url}${path}`, options, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode!, text }));
      })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });
  }

  const ready = () => overOne('/ready');

  async function makeProjects(count: number): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const projectId = await api.createProject({ name: `p${n}`, storageMode: n % 2 === 0 ? 'LOCAL' : 'FILE' });
      await api.mutate('createTask', { projectId, title: `of p${n}` }, 'task { id }');
      ids.push(projectId);
    }
    return ids;
  }

  /** Null while the server has no descriptors for it. */
  async function titlesIn(id: string): Promise<readonly string[] | null> {
    const query = `{ project(by: { id: "${id}" }) { tasks(first: 5) { nodes { title } } } }`;
    const { data, errors } = await say<{ project: { tasks: { nodes: { title: string }[] } } }>(query);
    for (const { message } of errors ?? []) expect(message).toContain('file descriptors');
    return errors ? null : data.project.tasks.nodes.map(({ title }) => title);
  }

  async function say<T>(query: string): Promise<{ data: T; errors?: { message: string }[] }> {
    return JSON.parse((await overOne('/graphql', { query })).text) as { data: T; errors?: { message: string }[] };
  }

  /** What was taken for damaged is set aside, or rebuilt without its checksum. */
  const damaged = () =>
    readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => /damaged|aside|removed/.test(name));

  it('serves more projects than it can have open, one after the other', async () => {
    await start(null);
    const ids = await makeProjects(28);
    await server.stop();
    await start(FEW);
    for (const [n, id] of [...ids.entries(), ...ids.entries()]) {
      let titles: readonly string[] | null = null;
      // Those that were used just now stay open for a moment.
      await until(async () => {
        titles = await titlesIn(id);
        return titles !== null;
      });
      expect(titles).toEqual([`of p${n}`]);
    }
    expect(damaged()).toEqual([]);
  });

  it('reports it, is not ready, mistakes nothing for damaged, and continues once some are free again', async () => {
    await start(FEW);
    const ids = await makeProjects(2);
    const before = readdirSync(join(data, 'projects'));
    expect(await ready()).toMatchObject({ status: 200 });
    // The connection over which it is asked is the first, and stays.
    const sockets = await takeAll();
    expect(await ready()).toMatchObject({ status: 503, text: expect.stringContaining('file descriptors') });
    for (const storageMode of ['LOCAL', 'FILE']) {
      expect(await createOverOne(storageMode)).toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('file descriptors'),
        hint: expect.stringContaining('ulimit -n'),
      });
    }
    for (const socket of sockets) socket.destroy();
    await until(async () => (await ready()).status === 200);
    for (const [n, id] of ids.entries()) expect(await titlesIn(id)).toEqual([`of p${n}`]);
    await makeProjects(2);
    expect(damaged()).toEqual([]);
    expect(readdirSync(join(data, 'projects')).filter((name) => before.includes(name))).toEqual(before);
    expect(existsSync(join(data, 'secret.key'))).toBe(true);
  });

  /** Connects until no more connections are accepted. */
  async function takeAll(): Promise<readonly Socket[]> {
    const { hostname, port } = new URL(server.url);
    const sockets: Socket[] = [];
    for (let n = 0; n < 256; n += 1) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      sockets.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
      // It was accepted if a request after it is answered.
      await ready();
    }
    return sockets;
  }

  async function createOverOne(storageMode: string): Promise<unknown> {
    const query = `mutation { createProject(input: { name: "one more", storageMode: ${storageMode} }) { ... on Error { code message hint } } }`;
    return (await say<{ createProject: unknown }>(query)).data.createProject;
  }
});
