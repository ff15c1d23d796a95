import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createIdGenerator } from '../../src/domain/id.js';
import { createRepositoryFactory } from '../../src/repositories/factory.js';
import { createProjectService } from '../../src/services/projects.js';
import { createLifecycle } from '../../src/services/records/lifecycle.js';
import type { Purge } from '../../src/services/records/purge.js';
import { createProjectRules } from '../../src/services/records/rules/project.js';
import { createRouter } from '../../src/services/records/store-router.js';
import { createTransact } from '../../src/services/records/transaction.js';
import type { Store } from '../../src/storage/store.js';
import { canMount, mountDisk } from '../support/machine/disk.js';
import { MODES, openModes } from '../support/modes.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** The service that creates projects, over real storage. `commit`: what the catalog does instead of committing. */
async function startService(data: string, commit?: Store['commit']) {
  const modes = await openModes(data, makeDatabase());
  const catalog = await modes.openCatalog();
  const factory = createRepositoryFactory(commit ? { ...catalog, commit } : catalog, modes);
  onTestFinished(async () => {
    await factory.close();
    await catalog.close();
  });
  const router = createRouter(factory);
  const newId = createIdGenerator();
  const lifecycle = createLifecycle(router, createTransact(Date.now), newId);
  const rules = createProjectRules(factory.catalog);
  const projects = createProjectService(
    rules,
    factory,
    router,
    lifecycle,
    { project: notAsked } as unknown as Purge,
    newId,
  );
  return { modes, catalog, create: (input: object) => projects.create(author, { name: 'Harbour', ...input }) };
}

const author = { actor: 'tester', requestId: 'req' };
const notAsked = () => Promise.reject(new Error('not asked here'));
const refuse = async (): Promise<never> => {
  throw new Error('the disk of the catalog failed');
};

/** Everything in a folder except the server's own folders of the catalog and caches. */
const namesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^(data.)?(catalog|caches)/.test(name))
    .sort();

describe.each(MODES)('a project of %s that the catalog refuses', (storageMode) => {
  it('leaves nothing of it', async () => {
    const root = await makeFolder();
    const { create, modes } = await startService(join(root, 'data'), refuse);
    const before = namesIn(root);
    await expect(create({ storageMode })).rejects.toThrow('the disk of the catalog failed');
    expect(namesIn(root)).toEqual(before);
    expect(await modes.stored(storageMode)).toEqual([]);
  });
});

describe('a folder of a project’s own', () => {
  const placed = (path: string) => ({ storageMode: 'FILE', settings: { fileStorePath: path } });

  it('is removed with the parent folders created for it, when the catalog refuses the project', async () => {
    const root = await makeFolder();
    mkdirSync(join(root, 'there'));
    const { create } = await startService(join(root, 'data'), refuse);
    const before = namesIn(root);
    await expect(create(placed(join(root, 'there/new/deep')))).rejects.toThrow('failed');
    await expect(create(placed(join(root, 'there')))).rejects.toThrow('failed');
    expect(namesIn(root)).toEqual(before);
  });

  it('stays when somebody puts something into it meanwhile', async () => {
    const root = await makeFolder();
    const { create } = await startService(join(root, 'data'), async () => {
      writeFileSync(join(root, 'new/note.txt'), 'mine');
      return refuse();
    });
    await expect(create(placed(join(root, 'new/deep')))).rejects.toThrow('failed');
    expect(namesIn(join(root, 'new'))).toEqual(['note.txt']);
  });

  it('is removed when another project takes the path first', async () => {
    const root = await makeFolder();
    const { create } = await startService(join(root, 'data'));
    const made = await Promise.allSettled(
      ['one', 'two', 'three'].map((name) => create({ path: '/work/app', ...placed(join(root, name, 'deep')) })),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(root).filter((name) => name !== 'data')).toHaveLength(1);
  });

  it.runIf(canMount)('is removed when its disk is full', async () => {
    const root = await makeFolder();
    const disk = join(root, 'disk');
    onTestFinished(mountDisk(disk, 1));
    const { create } = await startService(join(root, 'data'));
    for (let size = 1_048_576; size >= 1; size = Math.floor(size / 2)) {
      try {
        writeFileSync(join(disk, `filler-${size}`), Buffer.alloc(size));
      } catch {
        // Even less fits, if anything.
      }
    }
    const before = namesIn(disk);
    await expect(create(placed(join(disk, 'new/deep')))).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(namesIn(disk)).toEqual(before);
  });

  it.runIf(canMount)('is removed when the disk of the data directory is full', async () => {
    const root = await makeFolder();
    const data = join(root, 'data');
    onTestFinished(mountDisk(data, 1));
    const { create } = await startService(data);
    const fill = (name: string) => writeFileSync(join(data, name), Buffer.alloc(4_096));
    for (let n = 0; n < 512; n += 1) {
      try {
        fill(`catalog/filler-${n}`);
      } catch {
        break;
      }
    }
    const before = namesIn(data);
    await expect(create({ storageMode: 'LOCAL' })).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(namesIn(data)).toEqual(before);
  });
});
