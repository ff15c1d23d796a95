import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { fileHealth } from '../../../src/storage/file/health.js';
import { createFolderInspector, type FolderInspector } from '../../../src/storage/file/inspector.js';
import { checkFiles } from '../../../src/storage/file/projects.js';
import { createFileStore } from '../../../src/storage/file/store.js';
import type { FileWriter } from '../../../src/storage/file/writer.js';
import { context, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { borrowFileWriter } from '../../support/machine/threads.js';
import { aMemory } from '../../support/records.js';

const newId = createIdGenerator();
const NAMES = STORE_COLLECTIONS.map(({ name }) => name);
/** Root, to whom no file is forbidden. */
const isRoot = process.getuid?.() === 0;
if (isRoot) console.warn('Skipped as root, who may write everywhere: a folder that this user may not write.');

describe('the folder of all projects', () => {
  let root: string;
  let writer: FileWriter;
  let inspector: FolderInspector;
  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'mooring-places-')), 'files');
    writer = borrowFileWriter();
    inspector = createFolderInspector();
  });
  afterEach(async () => {
    await inspector.close();
    await writer.close();
    await rm(dirname(root), { recursive: true });
  });

  const cacheOf = (id: string) => join(dirname(root), 'data', id, 'files.db');
  const aProject = async (manifest: object) => {
    const id = newId('project', 'abcdefgh');
    const folder = join(root, id);
    const store = await createFileStore({
      folder,
      cache: cacheOf(id),
      collections: STORE_COLLECTIONS,
      writer,
      projectId: id,
      create: { epoch: 7 },
    });
    await store.writeManifest({ id, ...manifest });
    await store.commit([put(aMemory())], context({ epoch: 7 }));
    await store.close();
    return { id, folder };
  };

  it('lists the projects in it, and their epochs', async () => {
    const { id } = await aProject({ name: 'Kestrel' });
    mkdirSync(join(root, 'something else'));
    mkdirSync(join(root, newId('project', 'abcdefgh')));
    expect(await inspector.list(root, NAMES)).toEqual([{ projectId: id, manifest: { id, name: 'Kestrel' }, epoch: 7 }]);
    expect(await inspector.list(join(root, 'none'), NAMES)).toEqual([]);
  });

  it('says of a link in the place of a project’s folder that it can’t be used', async () => {
    const { folder } = await aProject({});
    const id = newId('project', 'abcdefgh');
    symlinkSync(folder, join(root, id));
    const fault = { code: 'STORE_UNSUITABLE', message: expect.stringContaining(`${id} is a link`) };
    expect(await inspector.list(root, NAMES)).toContainEqual({
      ...{ projectId: id, manifest: null, epoch: 0 },
      fault: expect.objectContaining(fault),
    });
  });

  it('is listed to its end when a project.json in it is deeper than can be sent between threads', async () => {
    const { id } = await aProject({ name: 'Kestrel' });
    const hostile = await aProject({});
    const levels = 20_000;
    const text = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    writeFileSync(join(hostile.folder, 'project.json'), `{"id":"${hostile.id}","settings":${text}}`);
    const found = await inspector.list(root, NAMES);
    expect(found).toContainEqual({ projectId: id, manifest: { id, name: 'Kestrel' }, epoch: 7 });
    expect(found).toContainEqual({ projectId: hostile.id, manifest: null, epoch: 7 });
    expect(await inspector.exists(root, root)).toBe(true);
  });

  it('has nothing of a project that was destroyed, and says so when that is repeated', async () => {
    const { id, folder } = await aProject({});
    const doomed = { folder, cache: cacheOf(id) };
    await writer.destroy(doomed);
    await expect(writer.destroy(doomed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readdirSync(root)).toEqual([]);
    expect(readdirSync(dirname(cacheOf(id)))).toEqual([]);
  });

  it('is not removed with the probe when somebody has put something into it meanwhile', async () => {
    for (let round = 0; round < 20; round += 1) {
      const place = join(root, `${round}`);
      // A project's folder is made within it, in one step.
      const put = () => mkdirSync(join(place, 'kept'), { recursive: true });
      const checking = checkFiles({ path: place });
      while (!existsSync(place)) await new Promise(setImmediate);
      put();
      await checking;
      expect(existsSync(join(place, 'kept'))).toBe(true);
    }
  });

  it('is tested with a probe that leaves nothing', async () => {
    expect(await checkFiles({ path: root })).toMatchObject([
      { name: 'ADDRESS', outcome: 'PASSED' },
      { name: 'WRITABLE', outcome: 'PASSED', hint: null },
    ]);
    expect(existsSync(root)).toBe(false);
    expect(await checkFiles({ path: 'relative/path' })).toMatchObject([
      { name: 'ADDRESS', outcome: 'FAILED', hint: expect.stringContaining('whole path') },
      { name: 'WRITABLE', outcome: 'SKIPPED' },
    ]);
  });

  it('fails its check where a file is in its place', async () => {
    writeFileSync(root, 'a file');
    expect(await checkFiles({ path: root })).toMatchObject([
      { outcome: 'PASSED' },
      { outcome: 'FAILED', hint: expect.any(String) },
    ]);
    expect(await fileHealth({ path: root }, ['memories'], inspector)).toMatchObject({
      ok: false,
      problems: [expect.any(String)],
    });
  });

  it.skipIf(isRoot)('fails its check where this user may not write', async () => {
    mkdirSync(root);
    chmodSync(root, 0o500);
    expect((await checkFiles({ path: root }))[1]).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining("can't be written"),
    });
  });

  it('reports its health, with what its projects hold', async () => {
    await aProject({});
    await aProject({});
    expect(await fileHealth({ path: root }, ['tasks', 'memories'], inspector)).toMatchObject({
      mode: 'FILE',
      ok: true,
      isReachable: true,
      place: root,
      collections: [
        { name: 'tasks', count: 0 },
        { name: 'memories', count: 2 },
      ],
      problems: [],
    });
  });
});
