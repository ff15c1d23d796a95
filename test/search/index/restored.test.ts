import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEARCHED } from '../../../src/search/index/index-record.js';
import { restoringInto } from '../../support/restored.js';
import { asOfVersion } from '../../support/search/older-index.js';
import { type Bench, createBenches, gate, inspect, memory, notes, task } from '../../support/search/search.js';
import { sqliteFactory } from '../../support/sqlite.js';

const benches = createBenches();
const stores = restoringInto(sqliteFactory());
let bench: Bench;
let restore: () => Promise<void>;

const kept = memory('a red lighthouse');
const edited = memory('a quiet harbour');
const lost = memory('a ghost ship');
const lostTask = task('Row to the ghost');

beforeEach(async () => {
  bench = await benches.open();
  await bench.create(kept, edited);
  await bench.search.settled();
  restore = await stores.copy(bench.storePath);
  await bench.update(edited, { content: 'a haunted harbour' });
  await bench.create(lost, lostTask);
  await bench.search.settled();
});
afterEach(() => benches.cleanUp());

const found = async () => ({
  ghosts: await bench.find('ghost', { mode: 'TEXT' }),
  near: await bench.find('ghost', { mode: 'VECTOR', minSimilarity: 0.4 }),
  tasks: (await bench.search.tasks({ text: 'ghost', limit: 10, filter: {} })).map(({ id }) => id),
  haunted: await bench.find('haunted', { mode: 'TEXT' }),
  quiet: await bench.find('quiet', { mode: 'TEXT' }),
  red: await bench.find('lighthouse', { mode: 'TEXT' }),
});
const TRUE_NOW = { ghosts: [], near: [], tasks: [], haunted: [], quiet: [edited.id], red: [kept.id] };

describe('a search index whose store was restored to an older state', () => {
  it.each([0, 3, 4, 300])('finds what is stored, and nothing else, with %s entries since', async (count) => {
    await restore();
    const since = notes(count);
    for (const each of since) await bench.create(each);
    expect(await found()).toEqual(TRUE_NOW);
    await bench.search.settled();
    expect(await found()).toEqual(TRUE_NOW);
    const stored = 2 + count;
    const status = { stored, searchable: stored, pending: 0, isBuilding: false };
    await expect.poll(() => bench.search.status()).toMatchObject(status);
    expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it.each([0, 4])('is the same when it was closed meanwhile, with %s entries since', async (count) => {
    await bench.search.close();
    await restore();
    for (const each of notes(count)) await bench.create(each);
    await bench.reopen();
    expect(await found()).toEqual(TRUE_NOW);
    await bench.search.settled();
    expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('keeps the vectors of contents that are as they were, and its file', async () => {
    bench.embedder.asked.length = 0;
    await restore();
    await bench.create(memory('something new'));
    await bench.search.settled();
    expect([...bench.embedder.asked].toSorted()).toEqual(['a quiet harbour', 'something new']);
    const files = readdirSync(dirname(bench.indexPath)).filter((file) => file.startsWith(basename(bench.indexPath)));
    expect(files.filter((file) => file.includes('damaged'))).toEqual([]);
  });

  it('answers nothing that isn’t stored while it is compared', async () => {
    await bench.create(...notes(400));
    await bench.search.settled();
    await bench.search.close();
    await restore();
    const { passed, open } = gate();
    const scan: typeof bench.store.scan = async (...args) => {
      await passed;
      return bench.store.scan(...args);
    };
    await bench.reopen({ store: { ...bench.store, scan } });
    const meanwhile = await found().finally(open);
    expect(meanwhile).toEqual({ ...TRUE_NOW, quiet: [] });
    await bench.search.settled();
    expect(await found()).toEqual(TRUE_NOW);
  });

  it('finds documents that were put back after the log, although no entry tells of them', async () => {
    await bench.search.close();
    await restore();
    let isPutBack = false;
    const scan: typeof bench.store.scan = async (spec, ...page) => {
      if (isPutBack) return bench.store.scan(spec, ...page);
      isPutBack = spec.name === SEARCHED.at(-1)!.name;
      return [];
    };
    await bench.reopen({ store: { ...bench.store, scan } });
    // Read without a search, which would compare as well.
    await expect.poll(async () => (await bench.search.counts()).ready).toBe(2);
    expect(await found()).toEqual(TRUE_NOW);
    expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('is compared with what is stored when an earlier version wrote its file, which doesn’t name its log', async () => {
    await bench.search.close();
    const { seq } = await bench.store.log.head();
    inspect(bench.indexPath, (db) => {
      db.exec(asOfVersion(3));
      db.prepare("UPDATE meta SET value = ? WHERE key = 'applied'").run(`${seq}`);
    });
    bench.embedder.asked.length = 0;
    await restore();
    for (const each of notes(seq - 2)) await bench.create(each);
    await bench.reopen();
    expect(await found()).toEqual(TRUE_NOW);
    await bench.search.settled();
    expect(bench.embedder.asked).toHaveLength(1 + seq - 2);
  });
});
