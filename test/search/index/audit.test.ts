import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../../src/domain/errors.js';
import { type Bench, createBenches, inspect, memory, task } from '../../support/search/search.js';

const benches = createBenches();
let bench: Bench;

beforeEach(async () => {
  bench = await benches.open();
});
afterEach(() => benches.cleanUp());

const WHOLE = { pending: 0, failed: 0, skipped: 0, isBuilding: false };
const NOTHING = { added: 0, removed: 0, retried: 0 };
const sql = (text: string) => inspect(bench.indexPath, (db) => db.exec(text));
const find = async (text: string) => [
  await bench.find(text, { mode: 'TEXT' }),
  await bench.find(text, { mode: 'VECTOR', minSimilarity: 0.5 }),
];

describe('the status', () => {
  it('adds up: stored = searchable + pending + failed + skipped, without what is deleted', async () => {
    bench.embedder.refuse = (text) =>
      text.startsWith('bad') ? new EmbeddingError(`It is ${text}.`, 'Change it.') : null;
    const gone = memory('to be deleted');
    await bench.create(
      gone,
      memory('bad one'),
      memory('bad one'),
      memory('bad two'),
      memory(' '),
      memory('good'),
      memory('fine'),
    );
    await bench.delete(gone);
    await bench.search.settled();
    let open = () => {};
    bench.embedder.gate = new Promise((resolve) => {
      open = resolve;
    });
    await bench.create(memory('late'));
    const status = await bench.search.status();
    expect(status).toMatchObject({ stored: 7, searchable: 2, pending: 1, failed: 3, skipped: 1, model: 'words' });
    expect(status.reasons.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { state: 'FAILED', reason: 'It is bad one.', count: 2 },
      { state: 'FAILED', reason: 'It is bad two.', count: 1 },
      { state: 'SKIPPED', reason: 'The content is blank.', count: 1 },
    ]);
    open();
  });

  it('counts the vectors that exist, not what was recorded about them', async () => {
    await bench.create(memory('one'), memory('two'), memory('three'));
    await bench.search.settled();
    sql('DELETE FROM vectors WHERE rowid = 1');
    expect(await bench.search.status()).toMatchObject({ stored: 3, searchable: 2, pending: 1 });
  });
});

describe('a repair', () => {
  const first = memory('the red lighthouse');
  const second = memory('the blue windmill');

  beforeEach(async () => {
    await bench.create(first, second, task('Paint the lighthouse'));
    await bench.search.settled();
  });

  it('finds nothing to repair in a sound index', async () => {
    expect(await bench.search.repair()).toEqual(NOTHING);
    expect(bench.embedder.asked).toHaveLength(2);
  });

  it.each<[string, string, object]>([
    [
      'a record that is missing',
      'DELETE FROM records WHERE rowid IN (SELECT rowid FROM records WHERE id = $first)',
      { added: 1 },
    ],
    ['the words of a record', 'DELETE FROM memories_words', { added: 2 }],
    ['a content that is not the stored one', "UPDATE records SET hash = 'stale' WHERE id = $first", { added: 1 }],
    [
      'a filter field that is not the stored one',
      "UPDATE records SET session = 'x', digest = 'stale' WHERE id = $first",
      { added: 1 },
    ],
    ['words of no record', "INSERT INTO tasks_words(rowid, text, parts) VALUES (999, 'paint', '')", {}],
    ['vectors that are lost', 'DELETE FROM vectors', { added: 2 }],
    ['a task that is missing', "DELETE FROM records WHERE collection = 'tasks'", { added: 1 }],
  ])('repairs %s', async (_, damage, counted) => {
    sql(`PRAGMA foreign_keys = ON; ${damage.replaceAll('$first', `'${first.id}'`)}`);
    expect(await bench.search.repair()).toEqual({ ...NOTHING, ...counted });
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ ...WHOLE, stored: 2, searchable: 2 });
    expect(await find('lighthouse')).toEqual([[first.id], [first.id]]);
    expect(await find('windmill')).toEqual([[second.id], [second.id]]);
    expect(await bench.find('lighthouse', { mode: 'TEXT', filter: { sessionId: null } })).toEqual([first.id]);
    expect(await bench.search.tasks({ text: 'paint', limit: 1, filter: {} })).toHaveLength(1);
    expect(await bench.search.repair()).toEqual(NOTHING);
  });

  it('drops what is no longer stored', async () => {
    const ghost = memory('a ghost ship');
    await bench.create(ghost);
    await bench.search.settled();
    await bench.search.close();
    await bench.purge(ghost);
    // As if the log's entry had been applied and the record was still there.
    const { seq, mark } = await bench.store.log.head();
    sql(`UPDATE meta SET value = '${seq} ${mark}' WHERE key = 'applied'`);
    await bench.reopen();
    expect(await bench.find('ghost', { mode: 'TEXT' })).toEqual([ghost.id]);
    expect(await bench.search.repair()).toEqual({ ...NOTHING, removed: 1 });
    expect(await find('ghost')).toEqual([[], []]);
  });

  it('tries again what failed', async () => {
    bench.embedder.refuse = () => new EmbeddingError('Not today.', 'Try tomorrow.');
    const third = memory('the green bridge');
    await bench.create(third);
    while ((await bench.search.embeddings([third.id]))[0]?.state !== 'FAILED') await delay(5);
    bench.embedder.refuse = () => null;
    expect(await bench.search.repair()).toEqual({ ...NOTHING, retried: 1 });
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ ...WHOLE, stored: 3, searchable: 3 });
  });
});
