import { expect, it } from 'vitest';
import { MAX_DELETED } from '../../../src/services/records/delete-many.js';
import { author, makeProject, rejection, startBench } from '../support.js';

it('a deletion by filter that matches more than one call may delete is refused, and so is its dry run', async () => {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { tasks } = bench.services;
  const batch = Array.from({ length: 1_000 }, (_, n) => ({ title: `task ${n}` }));
  for (let made = 0; made < MAX_DELETED; made += batch.length)
    await tasks.createMany(author, { projectId, tasks: batch });
  const last = await tasks.create(author, { projectId, title: 'one too many' });
  const remove = (dryRun: boolean) => tasks.deleteMany(author, { projectId, filter: {}, all: true, dryRun });
  const repositories = await bench.factory.of(projectId);
  for (const dryRun of [true, false]) {
    expect(await rejection(remove(dryRun))).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'filter',
      message: expect.stringContaining('10,001 tasks'),
    });
    expect(await repositories.tasks.count({}, 'ONLY')).toBe(0);
  }
  await tasks.delete(author, last);
  expect((await remove(false)).records).toHaveLength(MAX_DELETED);
  expect(await repositories.tasks.count({}, 'EXCLUDE')).toBe(0);
});

it('a deletion by filter of more than one call may hold is refused, and so is its dry run', async () => {
  const bench = await startBench();
  const { id: projectId } = await makeProject(bench);
  const { tasks } = bench.services;
  const description = 'x'.repeat(2 ** 20);
  for (let made = 0; made < 64; made += 8) {
    const batch = Array.from({ length: 8 }, (_, n) => ({ title: `task ${made + n}`, description }));
    await tasks.createMany(author, { projectId, tasks: batch });
  }
  const remove = (dryRun: boolean) => tasks.deleteMany(author, { projectId, filter: {}, all: true, dryRun });
  for (const dryRun of [true, false]) {
    expect(await rejection(remove(dryRun))).toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'filter', message: expect.stringContaining('more than 64 MB') },
    });
  }
  expect(await (await bench.factory.of(projectId)).tasks.count({}, 'ONLY')).toBe(0);
});

it('a deletion by filter spares what no longer matches by the time it is committed', async () => {
  let beforeDeletion = async () => {};
  const bench = await startBench({
    beforeCommit: async ([change]) => {
      if (change?.kind === 'put' && change.operation === 'DELETE') await beforeDeletion();
    },
  });
  const { id: projectId } = await makeProject(bench);
  const { tasks } = bench.services;
  const [first, second] = await tasks.createMany(author, { projectId, tasks: [{ title: 'one' }, { title: 'two' }] });
  beforeDeletion = async () => {
    beforeDeletion = async () => {};
    await tasks.update(author, { id: first!.id, version: 1, status: 'TESTING' });
  };
  const filter = { statuses: ['BACKLOG' as const] };
  const { records } = await tasks.deleteMany(author, { projectId, filter, dryRun: false });
  expect(records.map(({ id }) => id)).toEqual([second!.id]);
});
