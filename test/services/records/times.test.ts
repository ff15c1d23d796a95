import { describe, expect, it } from 'vitest';
import { tasks } from '../../../src/storage/collections.js';
import { author, makeProject, startBench } from '../support.js';

const HOUR = 3_600_000;
const ofTask = (iso: string) => Date.parse(iso);

describe('the time of a write', () => {
  it('is after the writes of an earlier server, whatever the clock says', async () => {
    const before = await startBench();
    const project = await makeProject(before, { path: '/work/app' });
    const first = await before.services.tasks.create(author, { projectId: project.id, title: 'first' });
    before.clock.now += 1_000;
    const second = await before.services.tasks.create(author, { projectId: project.id, title: 'second' });
    const after = await startBench({ folder: before.folder, now: () => before.clock.now - HOUR });
    const changed = await after.services.tasks.update(author, { ...first, title: 'changed' });
    expect(ofTask(changed.updatedAt)).toBeGreaterThan(ofTask(second.updatedAt));
    const made = await after.services.tasks.create(author, { projectId: project.id, title: 'third' });
    expect(ofTask(made.createdAt)).toBeGreaterThan(ofTask(changed.updatedAt));
  });

  it('is its own where the log’s last time is more than a day ahead: that was wrong, and would stay for good', async () => {
    const bench = await startBench();
    const project = await makeProject(bench, { path: '/work/app' });
    await bench.services.tasks.create(author, { projectId: project.id, title: 'first' });
    const now = bench.clock.now - 25 * HOUR;
    const after = await startBench({ folder: bench.folder, now: () => now });
    const made = await after.services.tasks.create(author, { projectId: project.id, title: 'second' });
    expect(made.createdAt).toBe(new Date(now).toISOString());
  });

  it("isn't before the record's own, which another server may have written by a later clock", async () => {
    const bench = await startBench();
    const project = await makeProject(bench, { path: '/work/app' });
    const task = await bench.services.tasks.create(author, { projectId: project.id, title: 'one' });
    const ahead = await startBench({ folder: bench.folder, now: () => bench.clock.now + HOUR });
    const changed = await ahead.services.tasks.update(author, { ...task, title: 'two' });
    const done = await bench.services.tasks.update(author, { ...changed, status: 'DONE' });
    expect([done.updatedAt, done.completedAt]).toEqual([changed.updatedAt, changed.updatedAt]);
    const { store } = await bench.factory.of(project.id);
    const { items } = await store.log.list({ recordId: task.id, direction: 'ASC', limit: 10 });
    expect(items.map(({ entry }) => entry.at)).toEqual([task.updatedAt, changed.updatedAt, done.updatedAt]);
  });

  it("isn't before the creation of a record whose times somebody else wrote", async () => {
    const bench = await startBench();
    const project = await makeProject(bench, { path: '/work/app' });
    const { store } = await bench.factory.of(project.id);
    const task = await bench.services.tasks.create(author, { projectId: project.id, title: 'one' });
    const createdAt = new Date(bench.clock.now + HOUR).toISOString();
    const document = { ...task, version: 2, createdAt };
    await store.commit([{ kind: 'put', collection: tasks.name, operation: 'UPDATE', document }], {
      ...{ epoch: project.epoch, actor: 'other', requestId: 'r', at: task.updatedAt },
    });
    const deleted = await bench.services.tasks.delete(author, { id: task.id, version: 2 });
    expect([deleted.updatedAt, deleted.deletedAt]).toEqual([createdAt, createdAt]);
  });
});
