import { expect, it } from 'vitest';
import { MAX_CLAIM_TOKEN, type Task } from '../../../src/domain/task.js';
import type { ReadyQuery, TaskGraph } from '../../../src/search/task-graph.js';
import { createOffers } from '../../../src/services/claims/offers.js';
import { findObstacle } from '../../../src/services/claims/readiness.js';
import type { ProjectRoute } from '../../../src/services/records/store-router.js';
import { aTask } from '../../support/records.js';

const AT = '2026-01-31T09:00:00.000Z';

/** A route to these tasks, all of which the graph says are ready. `reading`: is called before tasks are read. */
function routeTo(tasks: readonly Task[], reading: () => Promise<unknown> = async () => {}): ProjectRoute {
  const places = tasks.map(({ id }, rank) => ({ rank, createdAt: AT, id }));
  const ready = ({ after, limit }: ReadyQuery) =>
    places.slice(after ? places.findIndex(({ id }) => id === after.id) + 1 : 0).slice(0, limit);
  const search = { graph: async <T>(read: (graph: TaskGraph) => T) => read({ ready } as unknown as TaskGraph) };
  const get = async (ids: readonly string[]) => {
    await reading();
    return ids.map((id) => tasks.find((task) => task.id === id) ?? null);
  };
  return { store: { collection: () => ({ get, getFirst: get }) }, repositories: { search } } as unknown as ProjectRoute;
}

/** Whether it is settled once everything has run that waits for nothing else. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  promise.then(
    () => (settled = true),
    () => (settled = true),
  );
  await new Promise(setImmediate);
  return settled;
}

it('go to one caller at a time, and to the next one when they are given back', async () => {
  const [first, second] = [aTask({ title: 'first' }), aTask({ title: 'second' })];
  const route = routeTo([first, second]);
  const offers = createOffers();
  const [a, b, c] = [offers.open(), offers.open(), offers.open()];
  expect((await a.next(route, {}, AT)).id).toBe(first.id);
  expect((await b.next(route, {}, AT)).id).toBe(second.id);
  const waiting = c.next(route, {}, AT);
  expect(await isSettled(waiting)).toBe(false);
  b.close();
  expect((await waiting).id).toBe(second.id);
  c.close();
  a.close();
  await expect(offers.open().next(routeTo([]), {}, AT)).rejects.toMatchObject({ code: 'NOTHING_READY' });
});

it('are made again in the same order to a caller that lost none', async () => {
  const tasks = Array.from({ length: 30 }, (_, n) => aTask({ title: `${n}` }));
  const route = routeTo(tasks);
  for (let turn = 0; turn < 20; turn += 1) {
    const offer = createOffers().open();
    for (let again = 0; again < 3; again += 1) expect((await offer.next(route, {}, AT)).id).toBe(tasks[0]!.id);
  }
});

it('of tasks that a filter by text excludes keep nobody waiting', async () => {
  const foo = aTask({ title: 'foo' });
  let wake = () => {};
  const reading = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const offers = createOffers();
  const other = offers.open().next(
    routeTo([foo], () => reading),
    { text: 'bar' },
    AT,
  );
  const own = offers.open().next(routeTo([foo]), {}, AT);
  expect(await isSettled(own)).toBe(true);
  expect((await own).id).toBe(foo.id);
  wake();
  await expect(other).rejects.toMatchObject({ code: 'NOTHING_READY' });
});

it('read many candidates at once to look for a text', async () => {
  const tasks = [...Array.from({ length: 399 }, (_, n) => aTask({ title: `${n}` })), aTask({ title: 'foo' })];
  let reads = 0;
  const route = routeTo(tasks, async () => {
    reads += 1;
  });
  expect((await createOffers().open().next(route, { text: 'foo' }, AT)).title).toBe('foo');
  expect(reads).toBeLessThan(25);
});

it('pass over a task whose token can’t rise', async () => {
  const [worn, other] = [aTask({ claimToken: MAX_CLAIM_TOKEN }), aTask({ claimToken: MAX_CLAIM_TOKEN - 1 })];
  const route = routeTo([worn, other]);
  expect((await createOffers().open().next(route, {}, AT)).id).toBe(other.id);
  await expect(findObstacle(route.store, worn, 'ada', AT)).resolves.toMatchObject({
    ...{ code: 'TASK_NOT_READY', recordId: worn.id, message: expect.stringContaining('2147483647') },
  });
});
