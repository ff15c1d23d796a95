import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Project } from '../../src/domain/project.js';
import { aProject } from '../support/records.js';
import { author, type Bench, makeProject, rejection, START, startBench } from './support.js';

const COMPOSED = 'Caf\u00e9';
const DECOMPOSED = 'Cafe\u0301';

/** Other spellings of the same folder, by the server's platform. */
const SPELLINGS = [
  {
    of: 'Windows, on a server elsewhere',
    platform: 'linux',
    path: `C:\\Work\\${COMPOSED}`,
    others: [
      'C:\\work\\CAF\u00c9',
      `C:/Work/${COMPOSED}/`,
      `C:\\Work\\${DECOMPOSED}`,
      `C:\\\\Work\\.\\x\\..\\${COMPOSED}\\`,
      `\\\\?\\C:\\Work\\${COMPOSED}`,
    ],
  },
  {
    of: 'a share',
    platform: 'win32',
    path: '\\\\Server\\Share\\App',
    others: ['\\\\server\\share\\app', '\\\\SERVER/Share//App\\', '\\\\?\\UNC\\server\\Share\\App'],
  },
  {
    of: 'macOS',
    platform: 'darwin',
    path: `/Users/Ada/${COMPOSED}`,
    others: [`/users/ada/${DECOMPOSED}`, `/Users//Ada/./x/../${COMPOSED}/`, '/USERS/ADA/CAFE\u0301'],
  },
] as const;

describe.each(SPELLINGS)('a folder of $of', ({ platform, path, others }) => {
  it('is found by every spelling, and shown as it was given', async () => {
    const bench = await startBench({ platform });
    const project = await makeProject(bench, { path });
    expect(project.path).toBe(path);
    for (const other of [path, ...others])
      expect((await bench.factory.catalog.projects.findByPath(other))?.id).toBe(project.id);
  });

  it('belongs to one project, also when another is changed to it or comes back', async () => {
    const bench = await startBench({ platform });
    const { projects } = bench.services;
    const deleted = await makeProject(bench, { path: others[0]! });
    await projects.delete(author, deleted);
    const holder = await makeProject(bench, { path });
    const taken = { code: 'ALREADY_EXISTS', existingId: holder.id, fields: ['path'] };
    const { id, version } = await makeProject(bench, { path: `${path}2` });
    for (const other of others) {
      expect(await rejection(makeProject(bench, { path: other }))).toMatchObject(taken);
      expect(await rejection(projects.update(author, { id, version, path: other }))).toMatchObject(taken);
    }
    expect(await rejection(projects.restore(author, { id: deleted.id }))).toMatchObject(taken);
  });

  it('may be spelled otherwise by its project', async () => {
    const bench = await startBench({ platform });
    const { id, version } = await makeProject(bench, { path });
    const changed = await bench.services.projects.update(author, { id, version, path: others[0]! });
    expect(changed).toMatchObject({ path: others[0], version: 2 });
  });

  it('belongs to one project when several ask for it at once, in one process or in two', async () => {
    const one = await startBench({ platform });
    const two = await startBench({ platform, folder: one.folder });
    const asked = [path, ...others].flatMap((each) => [
      makeProject(one, { path: each }),
      makeProject(two, { path: each }),
    ]);
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});

it('folders of other systems differ by each character of their names', async () => {
  const bench = await startBench({ platform: 'linux' });
  const paths = ['/work/app', '/work/App', `/work/${COMPOSED}`, `/work/${DECOMPOSED}`];
  const ids = [];
  for (const path of paths) ids.push((await makeProject(bench, { path })).id);
  const { findByPath } = bench.factory.catalog.projects;
  for (const [index, path] of paths.entries()) expect((await findByPath(path))?.id).toBe(ids[index]);
  expect(await findByPath('/WORK/app')).toBeNull();
});

describe('a project from before paths had keys', () => {
  /** Writes records as they were written then. */
  async function stored(bench: Bench, ...paths: string[]): Promise<Project[]> {
    const at = new Date(START).toISOString();
    const documents = paths.map((path) => aProject({ name: 'Old', path, createdAt: at, updatedAt: at }));
    const puts = documents.map((document) => ({
      ...({ kind: 'put', collection: 'projects', operation: 'CREATE' } as const),
      document,
    }));
    for (let at = 0; at < puts.length; at += 100) {
      const context = {
        epoch: await bench.catalog.epoch(),
        actor: 'before',
        requestId: 'before',
        at: documents[0]!.createdAt,
      };
      await bench.catalog.commit(puts.slice(at, at + 100), context);
    }
    return documents;
  }

  it('is found by its folder, however many there are', async () => {
    const bench = await startBench({ platform: 'linux' });
    const all = await stored(bench, ...Array.from({ length: 450 }, (_, n) => `C:\\Work\\${n}`));
    for (const n of [0, 199, 200, 449]) {
      expect((await bench.factory.catalog.projects.findByPath(`c:/work/${n}/`))?.id).toBe(all[n]!.id);
      expect(await rejection(makeProject(bench, { path: `c:\\work\\${n}` }))).toMatchObject({ existingId: all[n]!.id });
    }
  });

  it('gets its key when it is written', async () => {
    const bench = await startBench({ platform: 'darwin' });
    const [old] = await stored(bench, '/Users/Ada/App');
    const renamed = await bench.services.projects.update(author, { id: old!.id, version: 1, name: 'New' });
    expect(renamed).toMatchObject({ path: '/Users/Ada/App', pathKey: '/users/ada/app' });
  });

  it('that shares its folder with another keeps working, and so does the other', async () => {
    const bench = await startBench({ platform: 'darwin' });
    const { projects } = bench.services;
    const paths = ['/Users/Ada/App', '/users/ada/app'];
    const both = await stored(bench, ...paths);
    const { findByPath } = bench.factory.catalog.projects;
    const find = async () => Promise.all(paths.map(async (path) => (await findByPath(path))?.id));
    const ids = both.map(({ id }) => id);
    expect(await find()).toEqual(ids);
    const changed = [];
    for (const { id } of [...both, ...both]) {
      const version = changed.filter((each) => each === id).push(id);
      expect(await projects.update(author, { id, version, name: `New ${version}` })).toMatchObject({
        version: version + 1,
      });
      changed.push(id);
      expect(await find()).toEqual(ids);
    }
    await projects.delete(author, { id: ids[1]!, version: 3 });
    expect(await rejection(projects.restore(author, { id: ids[1]! }))).toMatchObject({ existingId: ids[0] });
    const moved = await projects.update(author, { id: ids[0]!, version: 3, path: '/Users/Ada/Other' });
    expect(moved.pathKey).toBe('/users/ada/other');
    expect(await projects.restore(author, { id: ids[1]! })).toMatchObject({ pathKey: '/users/ada/app' });
  });

  it('is found in the catalog of an earlier version', async () => {
    const bench = await startBench({ platform: 'linux' });
    const [old] = await stored(bench, 'C:\\Work\\App');
    const path = join(bench.folder, 'catalog', 'store.db');
    await bench.catalog.close();
    const file = new Database(path);
    file.exec(
      'drop index projects_pathKey; drop index projects_unique_pathKey; alter table projects drop column pathKey',
    );
    file.pragma('user_version = 3');
    file.close();
    const later = await startBench({ platform: 'linux', folder: bench.folder });
    expect((await later.factory.catalog.projects.findByPath('c:\\work\\app'))?.id).toBe(old!.id);
    await makeProject(later, { path: 'C:\\Work\\Other' });
    expect(await rejection(makeProject(later, { path: 'c:\\work\\other' }))).toMatchObject({ code: 'ALREADY_EXISTS' });
  });
});
