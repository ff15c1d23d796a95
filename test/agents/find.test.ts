import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { findForAgent, type Wanted, whereElse } from '../../src/agents/find.js';
import { namedProject, waysTo } from '../../src/agents/project-place.js';
import { ownPresence, type ServerKind } from '../../src/config/presence.js';
import { announceServer } from '../../src/config/server-file.js';
import { listServer } from '../../src/config/server-list.js';
import { INSTANCE, INSTANCE_HEADER } from '../../src/util/instance.js';
import { makeUser, type User } from '../support/machine/agents.js';
import { makeFolder } from '../support/temporary.js';

let user: User;
beforeEach(async () => {
  user = await makeUser();
});

const find = (wanted: Partial<Wanted> = {}) =>
  findForAgent({ url: null, environment: user.env, project: waysTo(user.repository), ...wanted });

/** What answers as a server does that has projects at these paths. */
async function serverWith(...paths: string[]): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/health') return response.setHeader(INSTANCE_HEADER, INSTANCE).end('{}');
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const { variables } = JSON.parse(text) as { variables: Record<string, { path?: string }> };
      const data = Object.entries(variables).map(([name, { path }]) => [
        name,
        path !== undefined && paths.includes(path) ? { deletedAt: null } : null,
      ]);
      response.end(JSON.stringify({ data: Object.fromEntries(data) }));
    });
    return response;
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Announces a server in the home. @returns its data directory */
async function announce(url: string, kind: ServerKind, dataDirectory = `/data/of/${new URL(url).port}`) {
  await listServer(user.home, ownPresence(url, dataDirectory, kind));
  return dataDirectory;
}

describe('an agent’s server', () => {
  it('is the one that --url names, before that of MOORING_URL', async () => {
    const environment = { ...user.env, MOORING_URL: 'http://of.variable:4000/graphql' };
    expect((await find({ url: 'https://of.option/', environment })).server?.url).toBe('https://of.option');
    expect((await find({ environment })).server?.url).toBe('http://of.variable:4000');
  });

  it.each([
    ['--url', { url: 'nonsense' }],
    ['MOORING_URL', { environment: { MOORING_URL: 'nonsense' } }],
  ])('is refused when %s is no address', async (name, wanted) => {
    await expect(find(wanted)).rejects.toMatchObject({
      code: 'INVALID_SETTINGS',
      message: `${name} is not the address of a server.`,
    });
  });

  it('is the one on MOORING_DATA, or none there, though others are announced', async () => {
    await announce(await serverWith(user.repository), 'serve');
    const data = await makeFolder();
    const environment = { ...user.env, MOORING_DATA: data };
    expect(await find({ environment })).toEqual({ server: null, dataDirectory: data, unopened: null });
    const url = await serverWith();
    await announceServer(ownPresence(url, data, 'serve'));
    expect(await find({ environment })).toMatchObject({ server: { url }, dataDirectory: data, unopened: null });
  });

  it('is none when none is announced: it is to be started on the data in the home', async () => {
    expect(await find()).toEqual({ server: null, dataDirectory: user.home.data, unopened: null });
  });

  it('is the announced one, whether it has the project or not', async () => {
    const url = await serverWith();
    const dataDirectory = await announce(url, 'serve');
    expect(await find()).toMatchObject({ server: { url }, dataDirectory, unopened: null });
  });

  it('of several is one that has the project of a folder above, though an agent runs it', async () => {
    await announce(await serverWith(), 'serve');
    const url = await serverWith(join(user.repository, '..'));
    await announce(url, 'agent');
    expect((await find()).server?.url).toBe(url);
  });

  it('is told of another that has the project', async () => {
    const wanted = { url: 'http://named', environment: user.env, project: waysTo(user.repository) };
    await announce(await serverWith(), 'serve');
    expect(await whereElse(wanted)).toBeNull();
    const url = await serverWith(user.repository);
    const data = await announce(url, 'serve');
    expect(await whereElse(wanted)).toBe(`The server at ${url} has one: its data directory is ${data}.`);
  });

  it('that was stopped is named when no other has the project', async () => {
    const wanted = { url: 'http://named', environment: user.env, project: waysTo(user.repository) };
    const withdraw = await listServer(user.home, ownPresence(await serverWith(), '/stopped', 'serve'));
    expect(await whereElse(wanted)).toBeNull();
    await withdraw();
    expect(await whereElse(wanted)).toContain('MOORING_DATA=/stopped');
  });

  it('of several that have the project, or don’t, is one that nobody’s agent runs', async () => {
    const serve = await serverWith();
    await announce(await serverWith(), 'agent');
    await announce(serve, 'serve');
    await announce(await serverWith(), 'agent');
    expect((await find()).server?.url).toBe(serve);
  });

  it('may not be the one that runs, when nobody has opened the data in the home: it may have the project', async () => {
    mkdirSync(user.home.data, { recursive: true });
    writeFileSync(join(user.home.data, 'secret.key'), '');
    expect((await find()).unopened).toBe(user.home.data);
    await announce(await serverWith(), 'serve');
    expect((await find()).unopened).toBe(user.home.data);
    const url = await serverWith();
    await announce(url, 'agent', user.home.data);
    expect((await find()).unopened).toBeNull();
    const has = await serverWith(user.repository);
    await announce(has, 'serve');
    expect(await find()).toMatchObject({ server: { url: has }, unopened: null });
  });
});

describe('the project of an agent', () => {
  it('is looked for by its id, or in a folder and those above it', () => {
    expect(waysTo('prj_1')).toEqual([{ id: 'prj_1' }]);
    expect(waysTo('/a/b')).toEqual([{ path: '/a/b' }, { path: '/a' }, { path: '/' }]);
  });

  it('is of the first folder that is known', () => {
    const environment = { MOORING_PROJECT_DIR: '/mooring', CLAUDE_PROJECT_DIR: '/claude' };
    expect(namedProject('/named', environment)).toBe('/named');
    expect(namedProject('', environment)).toBe('/mooring');
    expect(namedProject('', { ...environment, MOORING_PROJECT_DIR: '' })).toBe('/claude');
    expect(namedProject('', {})).toBe(process.cwd());
  });
});
