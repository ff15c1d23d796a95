import { expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import { createLifecycle } from '../../../src/services/records/lifecycle.js';
import { findByExternalId } from '../../../src/services/records/queries.js';
import { findState, stateRules } from '../../../src/services/records/rules/state.js';
import { taskRules } from '../../../src/services/records/rules/task.js';
import { createRouter } from '../../../src/services/records/store-router.js';
import { createTransact } from '../../../src/services/records/transaction.js';
import { tasks } from '../../../src/storage/collections.js';
import { author, makeProject, startBench } from '../support.js';

/** A lifecycle and a project, and a `find` whose first answer is from before others wrote. */
async function startRace() {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const router = createRouter(bench.factory);
  const lifecycle = createLifecycle(
    router,
    createTransact(() => bench.clock.now),
    createIdGenerator(),
  );
  let isFirst = true;
  const late = async <T>(find: () => Promise<T | null>): Promise<T | null> => {
    if (!isFirst) return find();
    isFirst = false;
    return null;
  };
  return { services: bench.services, projectId, lifecycle, findRoute: () => router.toProject(projectId), late };
}

it('an upsert updates the record that another writer created after it had found none', async () => {
  const { services, projectId, lifecycle, findRoute, late } = await startRace();
  const existing = await services.tasks.create(author, { projectId, title: 'First', externalId: 'a' });
  const upserted = await lifecycle.upsert(taskRules, author, findRoute, {
    key: projectId,
    find: ({ store }) => late(() => findByExternalId(store, tasks, 'a')),
    create: () => ({ externalId: 'a', content: () => ({ ...existing, title: 'Second' }), field: '' }),
    change: (current) => ({ ...current, title: 'Second' }),
  });
  expect(upserted).toMatchObject({ created: false, record: { id: existing.id, version: 2, title: 'Second' } });
});

it('an upsert by a key that only the rules know updates it, too', async () => {
  const { services, projectId, lifecycle, findRoute, late } = await startRace();
  const existing = await services.states.save(author, { ownerId: projectId, key: 'plan', value: 1 });
  const upserted = await lifecycle.upsert(stateRules, author, findRoute, {
    key: projectId,
    find: ({ store }) => late(() => findState(store, projectId, 'plan')),
    create: () => ({ externalId: null, content: () => ({ ownerId: projectId, key: 'plan', value: 2 }), field: '' }),
    change: (current) => ({ ...current, value: 2 }),
  });
  expect(upserted).toMatchObject({ created: false, record: { id: existing.id, version: 2, value: 2 } });
});

it('upserts of one key at once take turns: none makes another lose a race', async () => {
  let commits = 0;
  const bench = await startBench({
    beforeCommit: async () => {
      commits += 1;
    },
  });
  const { id: projectId } = await makeProject(bench);
  const upsert = (n: number) =>
    bench.services.tasks.upsert(author, { projectId, externalId: 'a', title: `Change ${n}` });
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => upsert(n)));
  expect(all.map(({ created }) => created)).toEqual(all.map((_, n) => n === 0));
  expect(commits).toBe(50);
});
