import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StoreError } from '../../src/domain/errors.js';
import { createIdGenerator } from '../../src/domain/id.js';
import { type Place, projectAt } from '../../src/domain/place.js';
import type { Project } from '../../src/domain/project.js';
import type { OpenProject } from '../../src/modes/contract.js';
import { installedIn } from '../../src/modes/data-directory.js';
import type { StorageModes } from '../../src/modes/modes.js';
import { tasks } from '../../src/storage/collections.js';
import { packageRoot } from '../../src/util/own-package.js';
import { bindFolder, canMount, mountDisk, remountDisk } from '../support/machine/disk.js';
import { MODES, openModes } from '../support/modes.js';
import { mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { aProject } from '../support/records.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

interface Harbour {
  readonly modes: StorageModes;
  /** The data directory. */
  readonly folder: string;
  /** Where a project may have a folder of its own. */
  readonly outside: string;
  readonly database: string;
}

async function startModes(): Promise<Harbour> {
  const folder = await makeFolder();
  const outside = await makeFolder();
  const database = makeDatabase();
  const modes = await openModes(folder, database);
  return { modes, folder, outside, database };
}

const makeProject = (place: Place): Project => projectAt(aProject(), place);

async function open({ modes }: Harbour, project: Project): Promise<OpenProject> {
  const opened = await modes.open(project);
  onTestFinished(() => close(opened));
  return opened;
}

async function close({ store, search }: OpenProject): Promise<void> {
  await search.close();
  await store.close();
}

/** Puts a task of this title there, as a move does. */
async function addTask({ store }: OpenProject, project: Project, title: string): Promise<void> {
  const at = project.createdAt;
  const document = {
    ...{ id: createIdGenerator()('task', project.key), version: 1, createdAt: at, updatedAt: at, deletedAt: null },
    ...{ externalId: null, title, description: '', status: 'BACKLOG', priority: 'MEDIUM', type: 'FEATURE' },
  };
  await store.import({ documents: [{ collection: 'tasks', document }], entries: [], removed: [] }, project.epoch);
}

const titles = async ({ store }: OpenProject) => (await store.scan(tasks, null, 10)).map(({ title }) => title);

/** Every place that a project can have here: of each mode, and of its own. */
async function placesOf({ outside }: Harbour): Promise<readonly Place[]> {
  const own = { FILE: join(outside, 'own'), MONGODB: makeDatabase(), LOCAL: null };
  return MODES.flatMap((mode) => [
    { mode, location: null },
    ...(own[mode] === null ? [] : [{ mode, location: own[mode] }]),
  ]);
}

describe('a project at every possible place', () => {
  it('is created, found, opened and removed at each, and stays whole at the others', async () => {
    const harbour = await startModes();
    const { modes } = harbour;
    const project = makeProject({ mode: 'LOCAL', location: null });
    const places = (await placesOf(harbour)).map((place) => ({ ...projectAt(project, place), epoch: -3 }));
    for (const each of places) {
      expect(await modes.find(each)).toBeNull();
      await modes.create(each);
      expect(await modes.find(each)).toEqual({ projectId: project.id, manifest: each, epoch: -3 });
    }
    const opened: OpenProject[] = [];
    for (const [index, each] of places.entries()) {
      opened.push(await open(harbour, each));
      await addTask(opened[index]!, each, `at place ${index}`);
    }
    for (const [index, each] of opened.entries()) expect(await titles(each)).toEqual([`at place ${index}`]);

    for (const [index, each] of places.entries()) {
      await opened[index]!.search.settled();
      await close(opened[index]!);
      await modes.destroy(each);
      expect(await modes.find(each)).toBeNull();
      for (const [later, other] of places.entries()) {
        if (later <= index) continue;
        expect(await titles(opened[later]!)).toEqual([`at place ${later}`]);
        expect(await modes.find(other)).not.toBeNull();
      }
    }
    for (const folder of [harbour.folder, harbour.outside]) {
      const left = await readdir(folder, { recursive: true });
      expect(left.filter((name) => name.includes(project.id))).toEqual([]);
    }
  });

  it('keeps derived data on this machine, separately for each place', async () => {
    const harbour = await startModes();
    const places = await placesOf(harbour);
    const project = makeProject({ mode: 'LOCAL', location: null });
    for (const place of places) {
      const there = projectAt(project, place);
      await harbour.modes.create(there);
      await (await open(harbour, there)).search.settled();
    }
    const { folder } = harbour;
    expect((await readdir(join(folder, 'projects', project.id))).filter((name) => name.endsWith('.db'))).toEqual([
      'search.db',
      'store.db',
    ]);
    for (const mode of MODES) {
      if (mode === 'LOCAL') continue;
      const names = await readdir(join(folder, 'caches', mode.toLowerCase()));
      expect(names.toSorted()).toEqual([project.id, expect.stringMatching(`^${project.id}-[0-9a-f]{8}$`)]);
      for (const name of names) {
        expect(existsSync(join(folder, 'caches', mode.toLowerCase(), name, 'search.db'))).toBe(true);
      }
    }
  });

  it('is tested there, with the settings in force', async () => {
    const harbour = await startModes();
    const { modes, outside } = harbour;
    for (const place of await placesOf(harbour)) {
      const checks = await modes.check(makeProject(place));
      expect(checks.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
      expect(checks.map(({ name }) => name)).toContain('WRITABLE');
      if (place.location !== null) expect(JSON.stringify(checks)).toContain(place.location);
    }
    await writeFile(join(outside, 'no-folder'), '');
    expect(await modes.check(makeProject({ mode: 'FILE', location: join(outside, 'no-folder') }))).toContainEqual(
      expect.objectContaining({ name: 'WRITABLE', outcome: 'FAILED', hint: expect.any(String) }),
    );
    for (const mode of ['FILE', 'MONGODB'] as const) {
      expect(await modes.check(makeProject({ mode, location: 'not/a place' }))).toMatchObject([
        { name: 'ADDRESS', outcome: 'FAILED' },
      ]);
    }
  });
});

/** A project can't be stored there, and the answer reveals no path but the requested one. */
async function expectTaken(modes: StorageModes, location: string): Promise<void> {
  const project = makeProject({ mode: 'FILE', location });
  const checks = await modes.check(project);
  expect(checks, location).toMatchObject([{ name: 'ADDRESS', outcome: 'FAILED' }]);
  await expect(modes.create(project), location).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
  const { message, hint } = checks[0]!;
  expect(`${message} ${hint}`.split(location), location).toHaveLength(2);
  expect(`${message} ${hint}`.replace(location, '')).not.toContain('/');
}

const linkTo = (target: string, path: string) => symlink(target, path).then(() => path);

describe('the folder of a project in FILE', () => {
  it('can’t be one that belongs to the server or to another project', async () => {
    const { modes, folder, outside } = await startModes();
    const beside = makeProject({ mode: 'FILE', location: null });
    await modes.create(beside);
    await writeFile(join(folder, 'secret.key'), '');
    const before = await readdir(folder, { recursive: true });
    const taken = ['', 'new', 'secret.key', 'projects', 'caches/file', 'catalog', 'filesystem'];
    taken.push(join('files', beside.id), join('files', beside.id, 'tasks'));
    for (const location of taken.map((name) => join(folder, name))) await expectTaken(modes, location);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
    await modes.create(makeProject({ mode: 'FILE', location: join(folder, 'files', 'mine') }));
    // As created by an earlier version, which accepted it.
    await symlink(outside, join(folder, 'moved'));
    await modes.create(makeProject({ mode: 'FILE', location: join(folder, 'moved') }));
  });

  it('can’t be where the server is installed', async () => {
    const { modes } = await startModes();
    const root = packageRoot()!;
    for (const name of ['node_modules', 'node_modules/new', 'dist/new', 'src', 'src/storage', 'models/new'])
      await expectTaken(modes, join(root, name));
    expect(installedIn('/a/node_modules/.pnpm/mooring/node_modules/mooring')).toEqual(
      expect.arrayContaining(['/a/node_modules', '/a/node_modules/.pnpm/mooring/node_modules']),
    );
  });

  it('can be the one that contains the data directory', async () => {
    const { modes, folder } = await startModes();
    const project = makeProject({ mode: 'FILE', location: dirname(folder) });
    onTestFinished(() => modes.destroy(project));
    await modes.create(project);
    expect(await modes.find(project)).not.toBeNull();
  });

  it('is in the folder for files when that is a link to another disk, but not when it links to the server’s own', async () => {
    const { modes, folder, outside } = await startModes();
    await symlink(outside, join(folder, 'files'));
    await modes.create(makeProject({ mode: 'FILE', location: null }));
    for (const target of ['.', 'catalog', 'projects']) {
      await rm(join(folder, 'files'));
      await symlink(target, join(folder, 'files'));
      await expectTaken(modes, join(folder, 'files'));
      await expectTaken(modes, join(folder, 'new'));
    }
  });

  it.each<[what: string, at: (outside: string) => Promise<string> | string, why: RegExp]>([
    ['a file', () => '/etc/passwd', /a part of that path is a file/],
    ['a folder of the system’s that takes none', () => '/proc/mooring', /makes no folder there/],
    ['a name that is too long', (outside) => join(outside, 'x'.repeat(300)), /longer than a path may be/],
    ['a link in a circle', (outside) => linkTo('circle', join(outside, 'circle')), /lead in a circle/],
  ])('must be one that can be created: %s', async (_, at, why) => {
    const { modes, outside } = await startModes();
    const location = await at(outside);
    const project = makeProject({ mode: 'FILE', location });
    const error = await modes.create(project).catch((each: StoreError) => each);
    expect(error).toMatchObject({ code: 'STORE_UNSUITABLE', hint: expect.stringContaining('Choose a folder') });
    const checks = await modes.check(project);
    expect(checks).toContainEqual(expect.objectContaining({ name: 'WRITABLE', outcome: 'FAILED' }));
    for (const message of [(error as StoreError).message, checks.at(-1)!.message]) {
      expect(message).toContain(location);
      // The name of a temporary folder may look like the code of an error.
      expect(message.replaceAll(location, '')).not.toMatch(/E[A-Z]{4,}/);
    }
    expect((error as StoreError).message).toMatch(why);
  });

  it.runIf(canMount)('can’t be on a read-only disk', async () => {
    const { modes, outside } = await startModes();
    const disk = join(outside, 'disk');
    onTestFinished(async () => unmount());
    const unmount = mountDisk(disk, 1);
    remountDisk(disk, 'ro');
    for (const location of [disk, join(disk, 'new')]) {
      const error = await modes.create(makeProject({ mode: 'FILE', location })).catch((each: StoreError) => each);
      expect(error).toMatchObject({
        code: 'STORE_READ_ONLY',
        message: expect.stringMatching(/the disk is read-only\.$/),
      });
    }
  });

  it('can’t be one of these by another path', async () => {
    const { modes, folder } = await startModes();
    const beside = makeProject({ mode: 'FILE', location: null });
    await modes.create(beside);
    await mkdir(join(folder, 'elsewhere'));
    const links = { whole: folder, homes: join(folder, 'projects'), project: join(folder, 'files', beside.id) };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(folder, 'elsewhere', name));
    const paths = ['homes', 'homes/new', 'whole/projects', 'whole/caches', 'project', 'project/tasks', 'project/new'];
    const locations = paths.map((name) => join(folder, 'elsewhere', name));
    if (existsSync('/proc/self/root')) locations.push(join('/proc/self/root', folder, 'catalog'));
    const before = await readdir(folder, { recursive: true });
    for (const location of locations) {
      await expectTaken(modes, location);
    }
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it.runIf(canMount)('can’t be one of the server’s own through a mount, even where nothing exists yet', async () => {
    const { modes, folder } = await startModes();
    const mounted = join(folder, 'mounted');
    onTestFinished(async () => unbind());
    const unbind = bindFolder(folder, mounted);
    for (const name of ['projects', 'projects/new', 'caches/file/new', 'catalog']) {
      const project = makeProject({ mode: 'FILE', location: join(mounted, name) });
      await expect(modes.create(project), name).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
    }
  });

  it('is neither opened nor removed when a link has since led its path into one of these', async () => {
    const { modes, folder, outside } = await startModes();
    const beside = makeProject({ mode: 'FILE', location: null });
    const project = makeProject({ mode: 'FILE', location: join(outside, 'place') });
    for (const each of [beside, project]) await modes.create(each);
    const files = join(folder, 'files', beside.id);
    await rename(join(outside, 'place', project.id), join(files, project.id));
    await rm(join(outside, 'place'), { recursive: true });
    await symlink(files, join(outside, 'place'));
    const before = await readdir(files, { recursive: true });
    await expect(modes.open(project)).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
    await expect(modes.destroy(project)).rejects.toMatchObject({ code: 'STORE_UNSUITABLE' });
    expect(await readdir(files, { recursive: true })).toEqual(before);
  });
});

describe('removing a project', () => {
  it('leaves foreign files in its folder', async () => {
    const harbour = await startModes();
    const project = makeProject({ mode: 'LOCAL', location: null });
    await harbour.modes.create(project);
    const home = join(harbour.folder, 'projects', project.id);
    await writeFile(join(home, 'notes.txt'), 'mine');
    await harbour.modes.destroy(project);
    expect(await readdir(home)).toEqual(['notes.txt']);
    expect(await harbour.modes.find(project)).toBeNull();
  });

  it('leaves nothing behind that could be taken for part of a store created there later', async () => {
    const harbour = await startModes();
    for (const place of await placesOf(harbour)) {
      const project = makeProject(place);
      await harbour.modes.create(project);
      const opened = await open(harbour, project);
      await opened.search.settled();
      await close(opened);
      const before = await readdir(harbour.folder, { recursive: true });
      const index = before.find((name) => name.includes(project.id) && name.endsWith('search.db'))!;
      await harbour.modes.destroy(project);
      // As on a machine whose store was removed from another one.
      await mkdir(join(harbour.folder, index, '..'), { recursive: true });
      await writeFile(join(harbour.folder, index), 'of a store that is gone');
      await harbour.modes.create(project);
      expect(existsSync(join(harbour.folder, index))).toBe(false);
    }
  });
});

describe('finding a project', () => {
  it('skips a database whose creation was interrupted, and creating it then succeeds', async () => {
    const harbour = await startModes();
    const project = makeProject({ mode: 'LOCAL', location: null });
    await mkdir(join(harbour.folder, 'projects', project.id), { recursive: true });
    await writeFile(join(harbour.folder, 'projects', project.id, 'store.db'), '');
    expect(await harbour.modes.find(project)).toBeNull();
    await harbour.modes.create({ ...project, epoch: -2 });
    expect(await harbour.modes.find(project)).toMatchObject({ epoch: -2 });
  });

  it('fails with the reason where it can’t know what is stored', async () => {
    const harbour = await startModes();
    const project = makeProject({ mode: 'LOCAL', location: null });
    await harbour.modes.create(project);
    await writeFile(join(harbour.folder, 'projects', project.id, 'store.db'), 'not a database '.repeat(1_000));
    await expect(harbour.modes.find(project)).rejects.toMatchObject({ code: expect.stringMatching(/^STORE_/) });
    const { modes } = harbour;
    await modes.configure({ mongo: null, voyage: null, chroma: null, file: { path: '/' } });
    await expect(modes.find(makeProject({ mode: 'MONGODB', location: null }))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
  });

  it.skipIf(mongoUnavailable)(
    'finds one in MongoDB whose removal was interrupted, so that it can be completed',
    async () => {
      const harbour = await startModes();
      const own = makeDatabase();
      const project = makeProject({ mode: 'MONGODB', location: own });
      await harbour.modes.create(project);
      const client = new MongoClient(sharedMongo());
      onTestFinished(() => client.close());
      const heads = client.db(own).collection<{ _id: string }>('heads');
      await heads.updateOne({ _id: project.id }, { $set: { isLeaving: true, epoch: Number.NEGATIVE_INFINITY } });
      expect(await harbour.modes.find(project)).toMatchObject({ epoch: Number.NEGATIVE_INFINITY });
      await harbour.modes.destroy(project);
      expect(await harbour.modes.find(project)).toBeNull();
      expect(await heads.countDocuments()).toBe(0);
    },
  );
});

it('reports the usage of its embedder', async () => {
  const { modes } = await startModes();
  for (const mode of MODES) expect(modes.describe(mode).dollarsPerMillion).toBe(0);
  const voyage = { apiKey: 'pa-key', model: 'voyage-4-lite', baseUrl: null };
  await modes.configure({ mongo: null, voyage, chroma: null, file: { path: '/' } });
  expect(modes.describe('MONGODB')).toMatchObject({
    dollarsPerMillion: 0.02,
    embedder: { name: 'voyage-4-lite/1024' },
  });
});
