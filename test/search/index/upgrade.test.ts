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

it('an index of version 6 has the graph of tasks once it is upgraded', async () => {
  const bench = await benches.open();
  const first = task('hull');
  const second = { ...task('mast'), dependsOn: [first.id] };
  await bench.create(first, second);
  await bench.search.settled();
  await bench.search.close();
  inspect(bench.indexPath, (db) => db.exec(asOfVersion(6)));
  await bench.reopen();
  const query = { agent: null, now: '2026-01-31T09:00:00.000Z', filter: {}, after: null, limit: 10 };
  const ready = await bench.search.graph((graph) => graph.ready(query));
  expect(ready.map(({ id }) => id)).toEqual([first.id]);
  expect(await bench.search.graph((graph) => graph.blockedBy(first.id, null, 10))).toEqual([second.id]);
});

it('an index of version 6 learns what its memories refer to, and keeps its rows and vectors', async () => {
  const bench = await benches.open();
  const [plain, job] = [memory('a boat'), task('paint it')];
  const decision = memory('paint it red', { kind: 'DECISION', pinned: true, references: [job.id, plain.id] });
  await bench.create(plain, job, decision, memory('red paint', { supersedes: plain.id }));
  await bench.search.settled();
  const asked = bench.embedder.asked.length;
  await bench.search.close();
  inspect(bench.indexPath, (db) => db.exec(asOfVersion(6)));
  await bench.reopen();
  await bench.search.settled();
  const found = await bench.search.links((links) => ({
    ofTask: links.referencing(job.id, null, 10),
    ofMemory: links.referencing(plain.id, null, 10),
    pinned: links.pinned(10),
    decisions: links.decisions(10),
  }));
  const all = [decision.id];
  expect(found).toEqual({ ofTask: all, ofMemory: all, pinned: all, decisions: all });
  const query = { text: 'boat red', mode: 'TEXT', limit: 10 } as const;
  const { hits } = await bench.search.memories({ ...query, filter: { kinds: ['MESSAGE'], pinned: false } });
  expect(hits.map(({ id }) => id)).toContain(plain.id);
  expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  expect(bench.embedder.asked).toHaveLength(asked);
});

it('an index that has never been built is built once it is upgraded', async () => {
  const bench = await benches.open();
  await bench.create(memory('배포는 금요일에'));
  await bench.search.close();
  inspect(bench.indexPath, (db) => db.exec(`DELETE FROM meta; DELETE FROM records; ${asOfVersion(4)}`));
  await bench.reopen();
  expect(await bench.find('배포', { mode: 'TEXT' })).toHaveLength(1);
});
