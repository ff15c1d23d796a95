import { expect, it } from 'vitest';
import type { RecordBase } from '../../../src/domain/record.js';
import type { Task } from '../../../src/domain/task.js';
import { findObstacle } from '../../../src/services/claims/readiness.js';
import type { Collection, CollectionSpec, Store } from '../../../src/storage/store.js';
import { AT, aTask } from '../../support/records.js';

/** A store of tasks so large that two of them fill a page. `onRead`: called with the ids of each read. */
function largeTasks(all: readonly Task[], onRead: (ids: readonly string[]) => void): Pick<Store, 'collection'> {
  const get = async (ids: readonly string[]) => {
    onRead(ids);
    return ids.map((id) => all.find((task) => task.id === id) ?? null);
  };
  const collection = { get, getFirst: (ids: readonly string[]) => get(ids.slice(0, 2)) };
  return { collection: <T extends RecordBase>(_: CollectionSpec<T>) => collection as unknown as Collection<T> };
}

it('what a task depends on is read a page at a time, and others get their turn in between', async () => {
  const needed = Array.from({ length: 7 }, (_, n) => aTask({ status: n % 2 ? 'DONE' : 'BACKLOG' }));
  const open = needed.filter(({ status }) => status !== 'DONE').map(({ id }) => id);
  const purged = aTask();
  let turns = 0;
  const reads: [ids: number, turns: number][] = [];
  const store = largeTasks(needed, (ids) => {
    reads.push([ids.length, turns]);
    setImmediate(() => (turns += 1));
  });
  const task = aTask({ dependsOn: [...needed, purged].map(({ id }) => id) });
  expect(await findObstacle(store, task, 'ada', AT)).toMatchObject({ blockedBy: open });
  expect(reads).toEqual([
    [2, 0],
    [2, 1],
    [2, 2],
    [2, 3],
  ]);
});

it('a task whose dependencies are all done is ready', async () => {
  const done = [aTask({ status: 'DONE' }), aTask({ deletedAt: AT }), aTask({ status: 'DONE' })];
  const task = aTask({ dependsOn: done.map(({ id }) => id) });
  expect(
    await findObstacle(
      largeTasks(done, () => {}),
      task,
      null,
      AT,
    ),
  ).toBeNull();
});
