import { beforeEach, describe, expect, it } from 'vitest';
import { placeOf } from '../../src/domain/place.js';
import type { Project } from '../../src/domain/project.js';
import { createChanges } from '../../src/services/subscriptions/changes.js';
import { author, type Bench, makeProject, rejection, startBench } from './support.js';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench();
  Object.assign(bench.storage, { unavailable: () => null });
});

const files = (settings: Record<string, string> = { fileStorePath: '/home/me/harbour' }) =>
  bench.services.projects.create(author, { name: 'Harbour', storageMode: 'FILE', settings });

describe("the place of a project's data", () => {
  it('is not changed by an update: its current storage mode is accepted, another one refused', async () => {
    const { id, version } = await makeProject(bench);
    const update = (storageMode: 'LOCAL' | 'FILE', name: string) =>
      bench.services.projects.update(author, { id, version, storageMode, name });
    const error = await rejection(update('FILE', 'Dock'));
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'storageMode',
      hint: expect.stringContaining('moved by `startMigration`, not by an update'),
    });
    expect(await update('LOCAL', 'Dock')).toMatchObject({ version: 2, name: 'Dock', storageMode: 'LOCAL' });
  });

  it('may be a folder of its own for a project of plain files, which no update changes', async () => {
    const { id, version } = await files();
    for (const settings of [{ fileStorePath: '/home/me/other' }, { theme: 'dark' }]) {
      const error = await rejection(bench.services.projects.update(author, { id, version, settings }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'settings.fileStorePath' });
      expect(error.hint).toContain('"/home/me/harbour"');
    }
    const settings = { theme: 'dark', fileStorePath: '/home/me/harbour' };
    expect(await bench.services.projects.update(author, { id, version, settings })).toMatchObject({ settings });
    const plain = await files({});
    const error = await rejection(bench.services.projects.update(author, { ...plain, settings }));
    expect(error).toMatchObject({ field: 'settings.fileStorePath' });
  });

  it('may be a database of its own for a project in MongoDB, which no update changes', async () => {
    const create = (settings: Record<string, string>) =>
      bench.services.projects.create(author, { name: 'Harbour', storageMode: 'MONGODB', settings });
    for (const mongodbDatabase of ['', 'a.b', 'a b', '$', 'admin', 'Local', 'CONFIG', 'x'.repeat(64)]) {
      expect(await rejection(create({ mongodbDatabase }))).toMatchObject({
        field: 'settings.mongodbDatabase',
        hint: expect.stringContaining('leave it out'),
      });
    }
    const { id, version } = await create({ mongodbDatabase: 'harbour-2' });
    for (const settings of [{ mongodbDatabase: 'other' }, {}, { mongodbDatabase: 5 }]) {
      const error = await rejection(bench.services.projects.update(author, { id, version, settings }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', field: 'settings.mongodbDatabase' });
      expect(error.hint).toContain('"harbour-2"');
    }
    // The setting of another mode doesn't affect its place.
    const settings = { mongodbDatabase: 'harbour-2', fileStorePath: 'nothing' };
    expect(await bench.services.projects.update(author, { id, version, settings })).toMatchObject({ settings });
  });

  it('stays when the project goes back to a version before it was moved there', async () => {
    const project = await makeProject(bench);
    const settings = { fileStorePath: '/home/me/harbour' };
    const document = { ...project, version: 2, storageMode: 'FILE', settings } as const;
    const change = { kind: 'put', collection: 'projects', operation: 'UPDATE', document } as const;
    await bench.catalog.commit([change], { epoch: 1, ...author, at: project.updatedAt });
    const reverted = await bench.services.records.revert(author, { id: project.id, version: 2, toVersion: 1 });
    expect(reverted).toMatchObject({ version: 3, storageMode: 'FILE', settings });
    const elsewhere: Project = { ...document, version: 4, storageMode: 'MONGODB', settings: {} };
    await bench.catalog.commit([{ ...change, document: elsewhere }], { epoch: 1, ...author, at: project.updatedAt });
    const again = await bench.services.records.revert(author, { id: project.id, version: 4, toVersion: 3 });
    expect(again).toMatchObject({ version: 5, storageMode: 'MONGODB' });
    expect(placeOf(again as Project)).toEqual({ mode: 'MONGODB', location: null });
  });

  it('must be an absolute path, or the project isn’t created', async () => {
    for (const fileStorePath of ['files', './files', '']) {
      expect(await rejection(files({ fileStorePath }))).toMatchObject({ field: 'settings.fileStorePath' });
    }
    expect(await bench.factory.catalog.projects.count({}, 'INCLUDE')).toBe(0);
    const settings = { fileStorePath: 'means nothing here' };
    await bench.services.projects.create(author, { name: 'Harbour', settings });
  });
});

describe('the changes of the list of projects', () => {
  it("leave out the catalog's other records", async () => {
    const changes = createChanges(bench.factory);
    const following = await changes.ofCatalog(null);
    const next = following.next();
    for (let count = 0; count < 60; count++) {
      bench.services.usage.record({ projectId: `p${count}`, model: 'm', requests: 1, tokens: 1, dollars: 1 });
    }
    await bench.services.usage.flush();
    const input = { settings: { file: { path: '/srv/files' } } };
    const { token } = await bench.services.storage.test(author, input);
    await bench.services.storage.save(author, { ...input, token: token! });
    const project = await makeProject(bench);
    expect((await next).value).toMatchObject({ entry: { collection: 'projects' }, record: project });
    await following.return?.();
  });
});
