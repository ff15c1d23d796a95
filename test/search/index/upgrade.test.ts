import { afterEach, expect, it } from 'vitest';
import { asOfVersion } from '../../support/search/older-index.js';
import { createBenches, inspect, memory, task } from '../../support/search/search.js';

const benches = createBenches();
afterEach(() => benches.cleanUp());

it.each([4, 3, 2, 1] as const)(
  'an index of version %i finds words as a new one does, and keeps its vectors',
  async (version) => {
    const bench = await benches.open();
    const [note, job] = [memory('배포는 금요일에'), task('배포는 금요일에')];
    await bench.create(note, job);
    await bench.search.settled();
    const { asked } = bench.embedder;
    expect(asked).toHaveLength(1);
    await bench.search.close();
    inspect(bench.indexPath, (db) => db.exec(asOfVersion(version, '배포는 금요일에')));
    await bench.reopen();
    await bench.search.settled();
    expect(await bench.find('배포', { mode: 'TEXT' })).toEqual([note.id]);
    const tasks = await bench.search.tasks({ text: '배포', limit: 10, filter: {} });
    expect(tasks.map(({ id }) => id)).toEqual([job.id]);
    expect(await bench.search.status()).toMatchObject({ stored: 1, searchable: 1, pending: 0, isBuilding: false });
    expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
    expect(asked).toHaveLength(1);
  },
);

it('an index of version 5 has all it needs, and follows the log from where it was', async () => {
  const bench = await benches.open();
  const note = memory('a boat');
  await bench.create(note);
  await bench.search.settled();
  await bench.search.close();
  inspect(bench.indexPath, (db) => db.exec(asOfVersion(5)));
  await bench.update(note, { content: 'a lighthouse' });
  await bench.reopen();
  await bench.search.settled();
  expect(await bench.find('lighthouse', { mode: 'TEXT' })).toEqual([note.id]);
  expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
});

it('an index that has never been built is built once it is upgraded', async () => {
  const bench = await benches.open();
  await bench.create(memory('배포는 금요일에'));
  await bench.search.close();
  inspect(bench.indexPath, (db) => db.exec(`DELETE FROM meta; DELETE FROM records; ${asOfVersion(4)}`));
  await bench.reopen();
  expect(await bench.find('배포', { mode: 'TEXT' })).toHaveLength(1);
});
