import { existsSync, readdirSync, readlinkSync, realpathSync, renameSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIdGenerator } from '../../src/domain/id.js';
import { projectAt } from '../../src/domain/place.js';
import type { Project, StorageMode } from '../../src/domain/project.js';
import type { OpenProject } from '../../src/modes/contract.js';
import type { StorageModes } from '../../src/modes/modes.js';
import { tasks } from '../../src/storage/collections.js';
import { bodyOf, encodeLine } from '../../src/storage/file/log/log-line.js';
import { MODES, openModes } from '../support/modes.js';
import { mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { aProject, aTask } from '../support/records.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** A data directory on which any number of processes work, each with modes of its own. */
interface Harbour {
  readonly folder: string;
  readonly database: string;
  readonly modes: StorageModes;
  join(): Promise<StorageModes>;
}

async function startHarbour(): Promise<Harbour> {
  const folder = await makeFolder();
  const database = makeDatabase();
  const joinIt = () => openModes(folder, database);
  return { folder, database, modes: await joinIt(), join: joinIt };
}

const makeProject = (storageMode: StorageMode, epoch = 1): Project => aProject({ storageMode, epoch });

async function open(modes: StorageModes, project: Project): Promise<OpenProject> {
  const opened = await modes.open(project);
  onTestFinished(() => opened.search.close().finally(() => opened.store.close()));
  return opened;
}

async function addTask({ store }: OpenProject, project: Project, title: string, epoch = project.epoch): Promise<void> {
  const at = project.createdAt;
  const document = aTask({ id: createIdGenerator()('task', project.key), title });
  const change = { kind: 'put', collection: 'tasks', operation: 'CREATE', document } as const;
  await store.commit([change], { actor: 'human', requestId: 'r', at, epoch });
}

const titles = async ({ store }: OpenProject) => (await store.scan(tasks, null, 10)).map(({ title }) => title);

const LEAVING = { manifest: null, epoch: Number.NEGATIVE_INFINITY };
const changed = (epoch: number, routedBy: number) => ({ code: 'ROUTE_CHANGED', epoch, routedBy });

describe.each(MODES)('removing the store under an epoch, in %s', (mode) => {
  it('removes the one under this epoch, and its processes write nothing more', async () => {
    const { modes, folder, join: joinIt } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const other = await open(await joinIt(), project);
    await addTask(other, project, 'Moor');
    await modes.destroy(project, { epoch: 5 });
    expect(await modes.find(project)).toBeNull();
    await expect(addTask(other, project, 'Sail')).rejects.toMatchObject({
      code: expect.stringMatching(/^(ROUTE|STORE)_/),
    });
    const left = (await readdir(folder, { recursive: true })).filter((name) => name.includes(project.id));
    expect(left.filter((name) => !name.startsWith('caches'))).toEqual([]);
    expect(await modes.find(project)).toBeNull();
    await modes.create({ ...project, epoch: 7 });
    const made = await open(await joinIt(), project);
    await addTask(made, project, 'Sail', 7);
    await other.search.close();
    await other.store.close();
    await addTask(made, project, 'Row', 7);
    expect(await titles(await open(await joinIt(), project))).toHaveLength(2);
  });

  it('leaves one under another epoch whole, also for a process that has it open', async () => {
    const { modes, join: joinIt } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const other = await open(await joinIt(), project);
    await addTask(other, project, 'Moor');
    for (const epoch of [4, -7, Number.NEGATIVE_INFINITY]) {
      await expect(modes.destroy(project, { epoch })).rejects.toMatchObject(changed(5, epoch));
    }
    expect(await modes.find(project)).toEqual({ projectId: project.id, manifest: project, epoch: 5 });
    await addTask(other, project, 'Sail');
    expect((await titles(other)).toSorted()).toEqual(['Moor', 'Sail']);
    expect((await titles(await open(modes, project))).toSorted()).toEqual(['Moor', 'Sail']);
  });

  it('checks the epoch that the store has by then, not the one that it was created under', async () => {
    const { modes, join: joinIt } = await startHarbour();
    const project = makeProject(mode, -5);
    await modes.create(project);
    const other = await open(await joinIt(), project);
    expect(await other.store.setEpoch(-5, -6)).toBe(true);
    await expect(modes.destroy(project, { epoch: -5 })).rejects.toMatchObject(changed(-6, -5));
    expect(await other.store.epoch()).toBe(-6);
    await modes.destroy(project, { epoch: -6 });
    expect(await modes.find(project)).toBeNull();
  });

  it('leaves what another process has created there since', async () => {
    const { modes, join: joinIt } = await startHarbour();
    const project = makeProject(mode, -5);
    await modes.create(project);
    const next = await joinIt();
    await next.destroy(project, { epoch: -5 });
    await next.create({ ...project, epoch: 8 });
    const made = await open(next, project);
    await addTask(made, project, 'Moor', 8);
    await expect(modes.destroy(project, { epoch: -5 })).rejects.toMatchObject(changed(8, -5));
    await addTask(made, project, 'Sail', 8);
    expect(await titles(made)).toHaveLength(2);
  });

  it('happens once when several processes do it', async () => {
    const { modes, join: joinIt } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const others = [await joinIt(), await joinIt()];
    await Promise.allSettled([modes, ...others].map((each) => each.destroy(project, { epoch: 5 })));
    const found = await modes.find(project);
    if (found) await modes.destroy(project, { epoch: found.epoch });
    expect(await modes.find(project)).toBeNull();
    await modes.create({ ...project, epoch: 9 });
    expect(await modes.find(project)).toMatchObject({ epoch: 9 });
  });
});

describe.each(['LOCAL', 'FILE'] as const)('a removal in %s that waits for a write', (mode) => {
  const lockOf = (home: string) => (mode === 'LOCAL' ? join(home, 'store.db') : join(home, '.lock', 'lock'));

  it('checks the epoch that the write leaves', async () => {
    const { modes, folder } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const home = join(folder, mode === 'LOCAL' ? 'projects' : 'files', project.id);
    const writing = new Database(lockOf(home));
    onTestFinished(() => void writing.close());
    writing.exec('begin exclusive');
    const refused = expect(modes.destroy(project, { epoch: 5 })).rejects.toMatchObject(changed(6, 5));
    // As a process does that has the lock.
    if (mode === 'LOCAL') writing.exec('update head set epoch = 6');
    else await setEpochInFiles(home, 6);
    await turns();
    // The lock's file stays empty.
    writing.exec(mode === 'LOCAL' ? 'commit' : 'rollback');
    await refused;
    expect(await modes.find(project)).toMatchObject({ epoch: 6 });
  });

  it('leaves the store in place when it gets the lock of one that was moved away', async () => {
    const { modes, folder, join: joinIt } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const next = await startHarbour();
    await next.modes.create({ ...project, epoch: 7 });
    const [home, other] = [folder, next.folder].map((each) =>
      join(each, mode === 'LOCAL' ? 'projects' : 'files', project.id),
    ) as [string, string];
    const writing = new Database(lockOf(home));
    onTestFinished(() => void writing.close());
    writing.exec('begin exclusive');
    const opened = opensOf(lockOf(home));
    const refused = expect(modes.destroy(project, { epoch: 5 })).rejects.toMatchObject(changed(7, 5));
    // It has opened the file that it will lock.
    if (opened !== null) await expect.poll(() => opensOf(lockOf(home)), { timeout: 4_000 }).toBeGreaterThan(opened);
    await turns();
    renameSync(home, `${home}-gone`);
    renameSync(other, home);
    writing.exec('rollback');
    await refused;
    const made = await open(await joinIt(), project);
    await addTask(made, project, 'Moor', 7);
    expect(await titles(made)).toEqual(['Moor']);
  });
});

/** Appends to the log, and writes its copy. */
async function setEpochInFiles(home: string, epoch: number): Promise<void> {
  const lines = (await readFile(join(home, 'log', 'current.jsonl'), 'utf8')).trimEnd().split('\n');
  const { n } = JSON.parse(lines.at(-1)!) as { n: number };
  await appendFile(join(home, 'log', 'current.jsonl'), encodeLine(n + 1, 'x.1', bodyOf({ kind: 'epoch', epoch })));
  const head = JSON.parse(await readFile(join(home, 'head.json'), 'utf8')) as object;
  await writeFile(join(home, 'head.json'), JSON.stringify({ ...head, epoch }));
}

/** Long enough for the removal to reach the lock. If it hasn't, the expectations hold all the same. */
/** How often this process has a file open; null where that can't be known. */
function opensOf(path: string): number | null {
  if (!existsSync('/proc/self/fd')) return null;
  const target = realpathSync(path);
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(join('/proc/self/fd', fd));
    } catch {
      return null;
    }
  });
  return links.filter((link) => link === target).length;
}

async function turns(): Promise<void> {
  for (let n = 0; n < 200; n += 1) await new Promise(setImmediate);
}

describe('an interrupted removal', () => {
  it.each(['LOCAL', 'FILE'] as const)('is found in %s when the store was moved aside, and completed', async (mode) => {
    const { modes, folder } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const home = join(folder, mode === 'LOCAL' ? 'projects' : 'files', project.id);
    const aside = join(dirname(home), `.removed-${project.id}-0`);
    await rename(home, aside);
    expect(await modes.find(project)).toEqual({ projectId: project.id, ...LEAVING });
    expect(await modes.stored(mode)).toEqual([]);
    expect(await modes.health(mode)).toMatchObject({ ok: true });
    await modes.destroy(project, LEAVING);
    expect(await modes.find(project)).toBeNull();
    expect(await readdir(dirname(home))).toEqual([]);
  });

  it.each(['LOCAL', 'FILE'] as const)('is completed in %s next to a new store, which stays', async (mode) => {
    const { modes, folder } = await startHarbour();
    const project = makeProject(mode, 5);
    await modes.create(project);
    const home = join(folder, mode === 'LOCAL' ? 'projects' : 'files', project.id);
    await rename(home, join(dirname(home), `.removed-${project.id}-0`));
    await modes.create({ ...project, epoch: 7 });
    await expect(modes.destroy(project, LEAVING)).rejects.toMatchObject(changed(7, LEAVING.epoch));
    expect(await modes.find(project)).toMatchObject({ epoch: 7 });
    await modes.destroy(project, { epoch: 7 });
    expect(await readdir(dirname(home))).toEqual([]);
  });

  it.each([['search.db'], ['store.db-wal', 'store.db-shm'], ['bell', 'store.db', 'search.db']])(
    'is found in LOCAL by the files that are left: %s',
    async (...names) => {
      const { modes, folder } = await startHarbour();
      const project = makeProject('LOCAL', 5);
      const home = join(folder, 'projects', project.id);
      await mkdir(home, { recursive: true });
      for (const name of names) await writeFile(join(home, name), '');
      await writeFile(join(home, 'notes.txt'), 'mine');
      expect(await modes.find(project)).toEqual({ projectId: project.id, ...LEAVING });
      await modes.destroy(project, LEAVING);
      expect(await modes.find(project)).toBeNull();
      expect(await readdir(join(folder, 'projects'), { recursive: true })).toEqual([
        project.id,
        join(project.id, 'notes.txt'),
      ]);
    },
  );

  it.skipIf(mongoUnavailable)('is completed in MongoDB, and leaves a store that was created since', async () => {
    const { modes, database, join: joinIt } = await startHarbour();
    const project = makeProject('MONGODB', 5);
    await modes.create(project);
    const client = new MongoClient(sharedMongo());
    onTestFinished(() => client.close());
    const heads = client.db(database).collection<{ _id: string }>('heads');
    await heads.updateOne({ _id: project.id }, { $set: { isLeaving: true, epoch: Number.NEGATIVE_INFINITY } });
    expect(await modes.find(project)).toMatchObject({ epoch: LEAVING.epoch });
    await modes.destroy(project, LEAVING);
    await modes.create({ ...project, epoch: 7 });
    const made = await open(await joinIt(), project);
    await addTask(made, project, 'Moor', 7);
    await expect(modes.destroy(project, LEAVING)).rejects.toMatchObject(changed(7, LEAVING.epoch));
    expect(await titles(made)).toEqual(['Moor']);
  });
});

describe('a missing folder', () => {
  it('is not taken for an empty one, once it held a project', async () => {
    const { modes, folder } = await startHarbour();
    const at = (project: Project) => projectAt(project, { mode: 'FILE', location: join(folder, 'files', 'mount') });
    const project = at(makeProject('FILE', 5));
    expect(await modes.find(project)).toBeNull();
    await modes.create(project);
    await rename(join(folder, 'files', 'mount'), join(folder, 'elsewhere'));
    await expect(modes.find(project)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', hint: expect.any(String) });
    await expect(modes.destroy(project, { epoch: 5 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await rename(join(folder, 'elsewhere'), join(folder, 'files', 'mount'));
    expect(await modes.find(project)).toMatchObject({ epoch: 5 });
  });

  it('is not taken for an empty one in LOCAL either, when a link leads to it', async () => {
    const { modes, folder } = await startHarbour();
    const project = makeProject('LOCAL', 5);
    expect(await modes.find(project)).toBeNull();
    await rm(join(folder, 'projects'), { recursive: true, force: true });
    await symlink(join(folder, 'mount'), join(folder, 'projects'));
    await expect(modes.find(project)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
