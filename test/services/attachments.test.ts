import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { manifestOf, type Project } from '../../src/domain/project.js';
import type { StoredProject } from '../../src/modes/contract.js';
import { MARKER, SECRET } from '../support/secrets.js';
import { createStandIn, type StandIn, storageParts } from '../support/storage-control.js';
import { author, type Bench, makeProject, rejection, startBench } from './support.js';

let there: Bench;
let here: Bench;
let control: StandIn;

beforeEach(async () => {
  there = await startBench();
  control = createStandIn();
  here = await startBench({ storage: storageParts({ control }) });
});

/** Copies the folder of a project to the other server. */
async function carry(project: Project, change: Partial<StoredProject> = {}): Promise<StoredProject> {
  const { store } = await there.factory.open(project);
  const manifest = await store.manifest();
  const stored: StoredProject = { projectId: project.id, manifest, epoch: await store.epoch(), ...change };
  await there.factory.closeIdle(0);
  await cp(join(there.folder, project.id), join(here.folder, project.id), { recursive: true });
  control.lying.LOCAL = [...(control.lying.LOCAL ?? []), stored];
  return stored;
}

const attach = (projectId: string, path?: string) =>
  here.services.attachments.attach(author, { mode: 'LOCAL', projectId, path });

describe('attaching a project', () => {
  it('keeps its policy on secrets and the count of its markers, and redacts nothing that is there', async () => {
    const { projects } = there.services;
    const made = await projects.create(author, { name: 'Harbour', description: SECRET });
    const project = await projects.update(author, { ...made, secrets: 'OFF', customInstructions: SECRET });
    await carry(project);
    const attached = await attach(project.id);
    expect(attached).toMatchObject({ description: MARKER, customInstructions: SECRET, secrets: 'OFF' });
    expect(attached.redactions).toEqual([{ rule: 'github-token', count: 1 }]);
  });

  it('adds it with everything in it, under its id, with the path that it has on this machine', async () => {
    const made = await there.services.projects.create(author, {
      name: 'Harbour',
      path: '/there/harbour',
      techStack: ['Rope'],
      externalId: 'client/1',
      settings: { theme: 'dark', fileStorePath: '/there/files' },
    });
    const project = await there.services.projects.update(author, { ...made, name: 'Port' });
    const task = await there.services.tasks.create(author, { projectId: project.id, title: 'Moor' });
    await carry(project);
    here.clock.now += 60_000;

    const attached = await attach(project.id, '/here/harbour/');
    expect(attached).toEqual({
      ...project,
      version: 1,
      updatedAt: new Date(here.clock.now).toISOString(),
      path: '/here/harbour',
      pathKey: '/here/harbour',
      settings: { theme: 'dark' },
    });
    const { tasks, store } = await here.factory.of(project.id);
    expect(await tasks.get([task.id])).toEqual([task]);
    expect(await store.manifest()).toEqual(manifestOf(attached));
    expect(await here.services.attachments.list('LOCAL')).toEqual([]);
    const moored = await here.services.tasks.update(author, { ...task, status: 'DONE' });
    expect(moored.version).toBe(2);
    const renamed = await here.services.projects.update(author, { ...attached, name: 'Quay' });
    expect(await store.manifest()).toEqual(manifestOf(renamed));
  });

  it('gives one that an earlier version stored the defaults of the fields it lacks', async () => {
    const project = await there.services.projects.create(author, { name: 'Old' });
    const { capture: _, captureToolCharacters: __, ...manifest } = manifestOf(project);
    await carry(project, { manifest });
    expect(await attach(project.id)).toMatchObject({ name: 'Old', capture: null, captureToolCharacters: 2_000 });
  });

  it('keeps its times even if the clock is behind', async () => {
    const project = await makeProject(there, { path: '/there' });
    await carry(project);
    here.clock.now -= 3_600_000;
    expect(await attach(project.id)).toMatchObject({ createdAt: project.createdAt, updatedAt: project.updatedAt });
  });

  it('restores one that was deleted, and sets no path when none is given', async () => {
    const project = await makeProject(there, { path: '/there' });
    await carry(project, { manifest: { ...project, deletedAt: project.createdAt } });
    expect(await attach(project.id)).toMatchObject({ deletedAt: null, path: null });
  });

  it('keeps the epoch of its store, so that it can be written', async () => {
    const project = await makeProject(there);
    const { store } = await there.factory.open(project);
    await store.setEpoch(1, 5);
    await carry(project);
    expect((await attach(project.id)).epoch).toBe(5);
    await here.services.tasks.create(author, { projectId: project.id, title: 'Moor' });
  });

  it('drops its externalId when that is taken here', async () => {
    const project = await there.services.projects.create(author, { name: 'Harbour', externalId: 'client/1' });
    await here.services.projects.create(author, { name: 'Other', externalId: 'client/1' });
    await carry(project);
    expect((await attach(project.id)).externalId).toBeNull();
  });

  it('is refused when the catalog has it, even deleted, or has its key or its path', async () => {
    const project = await makeProject(there);
    await carry(project);
    const holder = await makeProject(here, { path: 'C:\\Here' });
    for (const path of ['C:\\Here', '\\\\?\\c:\\here\\']) {
      expect(await rejection(attach(project.id, path))).toMatchObject({
        code: 'ALREADY_EXISTS',
        existingId: holder.id,
      });
    }
    const attached = await attach(project.id);
    expect(await rejection(attach(project.id))).toMatchObject({ code: 'ALREADY_EXISTS', existingId: project.id });
    await here.services.projects.delete(author, attached);
    expect(await rejection(attach(project.id))).toMatchObject({ hint: expect.stringContaining('restore') });
    expect(await here.services.attachments.list('LOCAL')).toEqual([]);
  });

  it('is refused when another project has its key', async () => {
    const keyed = await startBench({ newProjectKey: () => 'aaaaaaaa', storage: storageParts({ control }) });
    const other = await startBench({ newProjectKey: () => 'aaaaaaaa' });
    const holder = await makeProject(keyed);
    const project = await makeProject(other);
    control.lying.LOCAL = [{ projectId: project.id, manifest: { ...project }, epoch: 1 }];
    const input = { mode: 'LOCAL', projectId: project.id } as const;
    expect(await rejection(keyed.services.attachments.attach(author, input))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: holder.id,
    });
    expect(await keyed.services.attachments.list('LOCAL')).toMatchObject([
      { projectId: project.id, obstacle: { why: expect.stringContaining(holder.id) } },
    ]);
  });

  it('is refused when nothing is stored there, it can’t be read, or a move is in progress', async () => {
    const project = await makeProject(there);
    expect(await rejection(attach(project.id))).toMatchObject({ code: 'NOT_FOUND', recordId: project.id });
    const without = await makeProject(there);
    const foreign = await makeProject(there);
    const moving = await makeProject(there);
    await carry(without, { manifest: null });
    await carry(foreign, { manifest: { ...project } });
    await carry(moving, { epoch: -3 });
    for (const { id } of [without, foreign]) {
      expect(await rejection(attach(id))).toMatchObject({
        code: 'STORE_DAMAGED',
        message: expect.stringContaining(id),
      });
    }
    expect(await rejection(attach(moving.id))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await here.factory.catalog.projects.count({}, 'INCLUDE')).toBe(0);
  });

  const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  it.each<[what: string, change: object]>([
    ['a name that is too long', { name: 'x'.repeat(201) }],
    ['no name', { name: ' ' }],
    ['a NUL', { description: 'a\0b' }],
    ['a moment that is none', { createdAt: 'yesterday' }],
    ['a moment after all', { deletedAt: '+275760-09-13T00:00:00.000Z' }],
    ['a repository that is a program', { githubRepo: 'javascript:alert(1)' }],
    ['a technology too many', { techStack: Array(101).fill('Rope') }],
    ['a name of its client that is too long', { externalId: 'x'.repeat(257) }],
    ['a reserved key', { settings: JSON.parse('{"__proto__":{"a":1}}') }],
    ['settings too deep', { settings: deep(40) }],
    ['settings too large', { settings: { text: 'x'.repeat(300_000) } }],
  ])('is refused when its copy has %s, which no request could have written', async (_, change) => {
    const project = await makeProject(there);
    await carry(project, { manifest: { ...project, ...change } });
    expect(await rejection(attach(project.id))).toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await here.services.attachments.list('LOCAL')).toMatchObject([{ manifest: null, obstacle: {} }]);
  });

  it('is refused in a mode that is not available', async () => {
    const { attachments } = here.services;
    expect(await rejection(attachments.list('MONGODB'))).toMatchObject({ code: 'STORAGE_MODE_UNAVAILABLE' });
    const input = { mode: 'MONGODB', projectId: (await makeProject(there)).id } as const;
    expect(await rejection(attachments.attach(author, input))).toMatchObject({ code: 'STORAGE_MODE_UNAVAILABLE' });
  });
});

describe('what can be attached', () => {
  it('is what a store holds and the catalog doesn’t, by name, with what keeps it from being attached', async () => {
    const pier = await there.services.projects.create(author, { name: 'Pier', path: '/there/pier' });
    const dock = await there.services.projects.create(author, { name: 'Dock' });
    const lost = await makeProject(there);
    await carry(pier);
    await carry(dock, { epoch: -1 });
    await carry(lost, { manifest: { id: lost.id } });
    const own = await makeProject(here);
    control.lying.LOCAL = [...control.lying.LOCAL!, { projectId: own.id, manifest: { ...own }, epoch: 1 }];
    expect(await here.services.attachments.list('LOCAL')).toMatchObject([
      { projectId: lost.id, manifest: null, obstacle: { why: expect.stringContaining(lost.id) } },
      { projectId: dock.id, manifest: { name: 'Dock' }, obstacle: { why: expect.stringContaining('move') } },
      { projectId: pier.id, manifest: { name: 'Pier', path: '/there/pier' }, obstacle: null },
    ]);
  });
});
