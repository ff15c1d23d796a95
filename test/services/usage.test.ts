import { describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../src/domain/errors.js';
import { createIdGenerator } from '../../src/domain/id.js';
import type { RepositoryFactory } from '../../src/repositories/factory.js';
import { createRouter } from '../../src/services/records/store-router.js';
import { createTransact } from '../../src/services/records/transaction.js';
import { createUsageService } from '../../src/services/usage.js';
import type { CommitContext, Store } from '../../src/storage/store.js';
import { type Bench, makeProject, rejection, startBench } from './support.js';

const spent = { model: 'voyage-3-large', requests: 1, tokens: 1_000, dollars: 0.5 };

async function start() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  return { ...bench, projectId, usage: bench.services.usage };
}

/** The service over a catalog with another `commit`. */
function withCommit({ factory, catalog, clock }: Bench, commit: Store['commit']) {
  const store = { ...catalog, commit };
  const faulty: RepositoryFactory = { ...factory, catalog: { ...factory.catalog, store } };
  return createUsageService(
    createRouter(faulty),
    createTransact(() => clock.now),
    createIdGenerator(),
    () => clock.now,
  );
}

describe('usage', () => {
  it('adds up by project, day and model, in one write for all that was gathered', async () => {
    const { usage, projectId, clock, catalog, ...bench } = await start();
    const other = await makeProject({ ...bench, clock, catalog });
    const { seq } = await catalog.log.head();
    for (let count = 0; count < 10; count++) usage.record({ projectId, ...spent });
    usage.record({ projectId, ...spent, model: 'voyage-3.5', dollars: null });
    usage.record({ projectId: other.id, ...spent });
    clock.passDays(1);
    usage.record({ projectId, ...spent });
    expect(await usage.ofProject(projectId, {})).toMatchObject([
      { day: '2026-03-01', model: 'voyage-3-large', requests: 10, tokens: 10_000, dollars: 5 },
      { day: '2026-03-01', model: 'voyage-3.5', requests: 1, tokens: 1_000, dollars: null },
      { day: '2026-03-02', model: 'voyage-3-large', requests: 1, tokens: 1_000, dollars: 0.5 },
    ]);
    expect((await catalog.log.head()).seq).toBe(seq + 4);
    usage.record({ projectId, ...spent });
    expect((await usage.ofProject(projectId, { from: '2026-03-02' }))[0]).toMatchObject({ requests: 2, dollars: 1 });
    expect((await catalog.log.head()).seq).toBe(seq + 5);
  });

  it('is written after a while', async () => {
    const { usage, projectId, factory } = await start();
    usage.record({ projectId, ...spent });
    const { store } = factory.catalog;
    const { seq } = await store.log.head();
    await vi.waitFor(async () => expect((await store.log.head()).seq).toBe(seq + 1), { timeout: 10_000 });
  });

  it('of two servers that write at once is the sum of both', async () => {
    const { usage, projectId, folder } = await start();
    const second = (await startBench({ folder })).services.usage;
    for (let round = 0; round < 5; round++) {
      usage.record({ projectId, ...spent });
      second.record({ projectId, ...spent });
      await Promise.all([usage.flush(), second.flush()]);
    }
    expect(await usage.ofProject(projectId, {})).toMatchObject([{ requests: 10, tokens: 10_000, dollars: 5 }]);
  });

  it('that could not be written is neither lost nor counted twice', async () => {
    const bench = await start();
    const { projectId, catalog } = bench;
    const failure = new StoreError('STORE_TIMEOUT', 'No answer.', 'It may have been written.');
    let next: 'refuse' | 'transact, then fail' | 'write' = 'refuse';
    const usage = withCommit(bench, async (changes, context: CommitContext) => {
      const now = next;
      next = 'write';
      if (now === 'refuse') throw failure;
      const committed = await catalog.commit(changes, context);
      if (now === 'transact, then fail') throw failure;
      return committed;
    });
    usage.record({ projectId, ...spent });
    await expect(usage.flush()).rejects.toBe(failure);
    usage.record({ projectId, ...spent });
    await usage.flush();
    expect(await usage.ofProject(projectId, {})).toMatchObject([{ requests: 2 }]);

    usage.record({ projectId, ...spent });
    next = 'transact, then fail';
    await expect(usage.flush()).rejects.toBe(failure);
    await bench.usage.ofProject(projectId, {});
    bench.usage.record({ projectId, ...spent });
    await bench.usage.flush();
    usage.record({ projectId, ...spent });
    await usage.flush();
    expect(await usage.ofProject(projectId, {})).toMatchObject([{ requests: 5, tokens: 5_000, dollars: 2.5 }]);
  });

  it('is kept when the project is purged: the money was spent', async () => {
    const bench = await start();
    const { usage, projectId, services, factory } = bench;
    usage.record({ projectId, ...spent });
    const [project] = await factory.catalog.projects.get([projectId]);
    const author = { actor: 'tester', requestId: 'request-1' };
    const { token } = await services.records.requestPurge(author, project!);
    await services.projects.purge(author, { ...project!, token });
    expect(await usage.ofProject(projectId, {})).toMatchObject([{ requests: 1 }]);
  });

  it('is counted on the last day of the year 9999', async () => {
    const { usage, projectId, clock } = await start();
    clock.now = Date.parse('9999-12-31T12:00:00Z');
    usage.record({ projectId, ...spent });
    for (const range of [{}, { to: '9999-12-31' }, { from: '9999-12-31', to: '9999-12-31' }])
      expect(await usage.ofProject(projectId, range)).toMatchObject([{ day: '9999-12-31', requests: 1 }]);
    expect(await usage.ofProject(projectId, { to: '9999-12-30' })).toEqual([]);
  });

  it('is read by days: the last 31 by default', async () => {
    const { usage, projectId, clock } = await start();
    for (const days of [31, 1, 29]) {
      usage.record({ projectId, ...spent });
      clock.passDays(days);
    }
    usage.record({ projectId, ...spent });
    const days = async (range: { from?: string; to?: string }) =>
      (await usage.ofProject(projectId, range)).map(({ day }) => day);
    expect(await days({})).toEqual(['2026-04-01', '2026-04-02', '2026-05-01']);
    expect(await days({ from: '2026-03-01', to: '2026-04-01' })).toEqual(['2026-03-01', '2026-04-01']);
    expect(await days({ to: '2026-03-31' })).toEqual(['2026-03-01']);
    expect(await days({ from: '9998-12-31', to: '9999-12-31' })).toEqual([]);
    expect(await days({ to: '0000-01-05' })).toEqual([]);
    for (const [range, field] of [
      [{ from: '2026-02-30' }, 'from'],
      [{ to: '10000-01-01' }, 'to'],
      [{ to: '+010000-01-01' }, 'to'],
      [{ from: '-000001-12-31', to: '0000-01-05' }, 'from'],
      [{ to: 'yesterday' }, 'to'],
      [{ from: '2026-05-01', to: '2026-04-01' }, 'from'],
      [{ from: '2020-01-01' }, 'from'],
    ] as const) {
      expect(await rejection(usage.ofProject(projectId, range))).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });
});
