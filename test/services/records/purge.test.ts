import { describe, expect, it } from 'vitest';
import { ConfirmationError, StoreError } from '../../../src/domain/errors.js';
import { author, makeProject, rejection, startBench } from '../support.js';

async function startPurge() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { tasks, records } = bench.services;
  const task = await tasks.create(author, { projectId, title: 'secret plan' });
  return { ...bench, projectId, tasks, records, task };
}

describe('purging a record', () => {
  it('removes it from the store and its content from the log, and the index forgets it', async () => {
    const { tasks, records, task, factory, catchUps, projectId } = await startPurge();
    const second = await tasks.update(author, { ...task, title: 'secret plan 2' });
    const { token, record } = await records.requestPurge(author, second);
    expect(record).toEqual(second);
    expect(await tasks.purge(author, { ...second, token })).toEqual(second);
    expect(await records.find(task.id)).toBeNull();
    const { store } = await factory.of(projectId);
    const entries = await store.log.read(0, 10);
    expect(entries.map(({ operation }) => operation)).toEqual(['CREATE', 'UPDATE', 'PURGE']);
    expect(JSON.stringify(entries)).not.toContain('secret');
    expect(catchUps.get(projectId)).toBe(1);
  });

  it('also purges the states kept with it, deleted ones too, and says so before', async () => {
    const { tasks, records, services, task, factory, projectId } = await startPurge();
    const { states, memories } = services;
    await states.save(author, { ownerId: task.id, key: 'plan', value: 1 });
    await states.delete(author, await states.save(author, { ownerId: task.id, key: 'old', value: 2 }));
    const other = await states.save(author, { ownerId: projectId, key: 'plan', value: 3 });
    await memories.save(author, { projectId: other.ownerId, content: 'about it', role: 'USER', taskId: task.id });
    const { token, consequence } = await records.requestPurge(author, task);
    expect(consequence).toContain('2 states');
    expect(consequence).toContain('their content erased from the log');
    expect(consequence).toContain('1 memory would stay');
    await tasks.purge(author, { ...task, token });
    const repositories = await factory.of(other.ownerId);
    expect(await repositories.states.count({}, 'INCLUDE')).toBe(1);
    expect(await repositories.memories.count({}, 'INCLUDE')).toBe(1);
  });

  it('needs a token that was issued for it, at this version, within ten minutes', async () => {
    const { tasks, records, task, projectId, clock } = await startPurge();
    const other = await tasks.create(author, { projectId, title: 'other' });
    const { token, expiresAt } = await records.requestPurge(author, task);
    expect(expiresAt).toBe(new Date(clock.now + 600_000).toISOString());

    const forged = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const longer = token.replace(/\.(\d+)\./, (_, expires) => `.${Number(expires) + 1}.`);
    for (const wrong of ['', 'yes', forged, longer, `${token}A`, (await records.requestPurge(author, other)).token]) {
      expect(await rejection(tasks.purge(author, { ...task, token: wrong }))).toBeInstanceOf(ConfirmationError);
    }

    await tasks.update(author, { ...task, title: 'changed' });
    const stale = await rejection(tasks.purge(author, { id: task.id, version: 2, token }));
    expect(stale).toMatchObject({ code: 'CONFIRMATION_REQUIRED', message: expect.stringContaining('version 1') });
    expect(await rejection(tasks.purge(author, { id: task.id, version: 1, token }))).toMatchObject({
      code: 'CONFLICT',
    });

    const fresh = (await records.requestPurge(author, task)).token;
    clock.now += 600_000;
    const late = await rejection(tasks.purge(author, { id: task.id, version: 2, token: fresh }));
    expect(late).toMatchObject({ code: 'CONFIRMATION_REQUIRED', message: expect.stringContaining('expired') });
    expect(await records.find(task.id)).toMatchObject({ title: 'changed' });
  });

  it('accepts no token of another server', async () => {
    const { tasks, records, task, folder } = await startPurge();
    const other = await startBench({ folder, secret: Buffer.alloc(32, 8) });
    const { token } = await other.services.records.requestPurge(author, task);
    expect(await rejection(tasks.purge(author, { ...task, token }))).toBeInstanceOf(ConfirmationError);
    const own = await records.requestPurge(author, task);
    expect(await tasks.purge(author, { ...task, token: own.token })).toEqual(task);
  });
});

describe('purging a project', () => {
  it('whose data can’t be removed now says where it lies, and how to remove it', async () => {
    const bench = await startPurge();
    const { projectId, records, services, storage } = bench;
    storage.destroy = async () => {
      throw new StoreError('STORE_UNAVAILABLE', 'The server is out of reach.', 'Start it.');
    };
    const { token, record } = await records.requestPurge(author, { id: projectId });
    const error = await rejection(services.projects.purge(author, { id: projectId, version: record.version, token }));
    expect(error).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('is purged from the catalog, but its data could not be removed'),
      hint: expect.stringContaining('attachProject'),
    });
    expect(await records.find(projectId)).toBeNull();
  });
});
