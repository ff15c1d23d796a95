import { afterEach, expect, it } from 'vitest';
import { createBenches, memory, task } from '../../support/search/search.js';

const benches = createBenches();
afterEach(() => benches.cleanUp());

it('the links of memories follow every write', async () => {
  const bench = await benches.open();
  const [job, first] = [task('a job'), memory('first', { occurredAt: '2026-01-01T00:00:00.000Z' })];
  await bench.create(job, first);
  const second = memory('second', { references: [job.id, first.id], occurredAt: '2026-01-02T00:00:00.000Z' });
  const third = memory('third', { references: [first.id], kind: 'DECISION', occurredAt: '2026-01-03T00:00:00.000Z' });
  await bench.create(second, third);
  const read = () =>
    bench.search.links((links) => ({
      ofJob: links.referencing(job.id, null, 10),
      ofFirst: links.referencing(first.id, null, 10),
      count: links.countReferencing(first.id),
      pinned: links.pinned(10),
      decisions: links.decisions(10),
    }));
  const start = { ofJob: [second.id], ofFirst: [second.id, third.id], count: 2, pinned: [] };
  expect(await read()).toEqual({ ...start, decisions: [third.id] });
  const page = await bench.search.links((links) => links.referencing(first.id, second.id, 1));
  expect(page).toEqual([third.id]);

  const pinned = await bench.update(second, { references: [first.id], pinned: true, supersedes: third.id });
  const then = { ...start, ofJob: [], pinned: [second.id] };
  expect(await read()).toEqual({ ...then, decisions: [] });

  await bench.update(pinned, { deletedAt: '2026-02-01T00:00:00.000Z' });
  const last = { ...start, ofJob: [], ofFirst: [third.id], count: 1 };
  expect(await read()).toEqual({ ...last, decisions: [third.id] });
  expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
});

it('memories are found by kind, by pins, by whether they are superseded, and without a session, in every mode', async () => {
  const bench = await benches.open();
  const note = memory('a red boat', { kind: 'NOTE', sessionId: 'deck' });
  const old = memory('the boat is red', { kind: 'DECISION' });
  const current = memory('the boat is blue', { kind: 'DECISION', pinned: true, supersedes: old.id });
  await bench.create(note, old, current);
  await bench.search.settled();
  for (const mode of ['TEXT', 'VECTOR', 'HYBRID'] as const) {
    const find = async (filter: object) =>
      (await bench.search.memories({ text: 'boat', mode, limit: 10, filter })).hits.map(({ id }) => id).sort();
    expect(await find({ kinds: ['DECISION'] })).toEqual([old.id, current.id].sort());
    expect(await find({ kinds: ['NOTE', 'FACT'] })).toEqual([note.id]);
    expect(await find({ pinned: true })).toEqual([current.id]);
    expect(await find({ pinned: false })).toEqual([note.id, old.id].sort());
    expect(await find({ superseded: true })).toEqual([old.id]);
    expect(await find({ superseded: false, kinds: ['DECISION'] })).toEqual([current.id]);
    expect(await find({ superseded: false })).toEqual([note.id, current.id].sort());
    expect(await find({ exceptSessionId: 'deck' })).toEqual([old.id, current.id].sort());
    expect(await find({ exceptSessionId: 'hold' })).toHaveLength(3);
    expect(await find({ exceptSessionId: 'deck', sessionId: 'deck' })).toEqual([]);
  }
});
