import { copyFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import type { RecordBase } from '../../../src/domain/record.js';
import type { Task } from '../../../src/domain/task.js';
import { memories, tasks } from '../../../src/storage/collections.js';
import type { CollectionSpec, Store } from '../../../src/storage/store.js';
import { amount } from '../../support/extent.js';
import { type Bench, createBenches, inspect, memory, task } from '../../support/search/search.js';

const SEARCHED = [memories, tasks] as unknown as readonly CollectionSpec<RecordBase>[];
const EPOCH = -7;
const BATCH = 100;
const benches = createBenches();
let source: Bench;
let target: Bench;

beforeEach(async () => {
  source = await benches.open();
  target = await benches.open({ donor: { model: 'words', read: source.search.vectors.read } }, EPOCH);
});
afterEach(() => benches.cleanUp());

const donor = () => ({ model: 'words', read: source.search.vectors.read });

/** Copies all documents, in the order of their ids and without entries in the log. */
async function copyDocuments(to: Store = target.store): Promise<void> {
  for (const spec of SEARCHED) {
    for (let after: string | null = null; ; ) {
      const page: readonly RecordBase[] = await source.store.scan(spec, after, BATCH);
      if (page.length === 0) break;
      const documents = page.map((document) => ({ collection: spec.name, document }));
      await to.import({ documents, entries: [], removed: [] }, EPOCH);
      after = page.at(-1)!.id;
    }
  }
}

async function copyLog(after: number, to: number): Promise<void> {
  for (let at = after; at < to; ) {
    const entries = await source.store.log.read(at, Math.min(BATCH, to - at));
    await target.store.import({ documents: [], entries, removed: [] }, EPOCH);
    at = entries.at(-1)!.seq;
  }
}

/** Imports entries with their current records. */
async function replay(from: Store, to: Store, after: number, epoch: number): Promise<void> {
  for (let at = after; ; ) {
    const entries = await from.log.read(at, BATCH);
    if (entries.length === 0) return;
    const documents = [];
    const removed = [];
    for (const spec of SEARCHED) {
      const named = entries.filter(({ collection }) => collection === spec.name).map(({ recordId }) => recordId);
      const ids = [...new Set(named)];
      const found = await from.collection(spec).get(ids);
      for (const [index, document] of found.entries()) {
        if (document) documents.push({ collection: spec.name, document });
        else removed.push({ collection: spec.name, id: ids[index]! });
      }
    }
    await to.import({ documents, entries, removed }, epoch);
    at = entries.at(-1)!.seq;
  }
}

const headOf = async ({ store }: Bench) => (await store.log.head()).seq;
const rowsOf = ({ indexPath }: Bench) =>
  inspect(indexPath, (db) => ({
    records: db.prepare('SELECT id, hash, digest, state FROM records ORDER BY id').all(),
    words: db
      .prepare(
        'SELECT r.id, w.text, w.parts FROM memories_words w JOIN records r ON r.rowid = w.rowid UNION ALL SELECT r.id, w.text, w.parts FROM tasks_words w JOIN records r ON r.rowid = w.rowid ORDER BY 1',
      )
      .all(),
    vectors: db
      .prepare(
        'SELECT r.id, v.model, v.start, v.end, v.vector FROM vectors v JOIN records r ON r.rowid = v.memory ORDER BY 1, 3',
      )
      .all(),
  }));

/** The index of the target holds what the source's does, and nothing of it was embedded. */
async function expectTheSame(): Promise<void> {
  await Promise.all([source.search.settled(), target.search.settled()]);
  expect(rowsOf(target)).toEqual(rowsOf(source));
  expect(target.embedder.asked).toEqual([]);
  expect(await target.search.counts()).toEqual(await source.search.counts());
  expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
}

interface Life {
  readonly notes: readonly Memory[];
  readonly tasks: readonly Task[];
}

/** Records that were created, edited, deleted, restored and purged: this many memories, and a quarter as many tasks. */
async function live(count: number): Promise<Life> {
  const notes = Array.from({ length: count }, (_, n) => memory(`note number ${n}`));
  const tasks = Array.from({ length: count / 4 }, (_, n) => task(`Job ${n}`));
  for (let from = 0; from < count; from += 500) await source.create(...notes.slice(from, from + 500));
  for (let from = 0; from < tasks.length; from += 500) await source.create(...tasks.slice(from, from + 500));
  for (const each of notes.slice(0, 40)) await source.update(each, { content: `${each.content} edited` });
  for (const each of notes.slice(40, 60)) await source.delete(each);
  for (const each of notes.slice(60, 70)) await source.restore(await source.delete(each));
  for (const each of notes.slice(70, 80)) await source.purge(each);
  await source.update(tasks[0]!, { title: 'Another job' });
  await source.search.settled();
  return { notes, tasks };
}

describe('an index that is opened on an empty store which is then filled', () => {
  it('ends with what the index of the source holds, having read each entry of the log once', async () => {
    let read = 0;
    const counting: Store = {
      ...target.store,
      collection(spec) {
        const collection = target.store.collection(spec);
        const get: typeof collection.get = (ids) => {
          read += ids.length;
          return collection.get(ids);
        };
        return { ...collection, get };
      },
    };
    await target.reopen({ store: counting, donor: donor() });
    await target.search.settled();
    await live(amount({ quick: 1_200, all: 4_000 }));
    const start = await headOf(source);
    await copyDocuments();
    await copyLog(0, start);
    await source.create(memory('written meanwhile'), task('Begun meanwhile'));
    await replay(source.store, target.store, start, EPOCH);
    await target.search.settled();
    expect(read).toBeLessThanOrEqual(await headOf(source));
    await expectTheSame();
    expect(await target.find('meanwhile', { mode: 'TEXT' })).toHaveLength(1);
    expect(await target.search.tasks({ text: 'meanwhile', limit: 10, filter: {} })).toHaveLength(1);
  });

  it('is as good when it was closed and opened again half-way, wherever that was', async () => {
    await live(400);
    const start = await headOf(source);
    await target.search.settled();
    await copyDocuments();
    await target.reopen({ donor: donor() });
    const half = Math.floor(start / 2);
    await copyLog(0, half);
    await target.search.catchUp();
    await target.reopen({ donor: donor() });
    await copyLog(half, start);
    await target.search.close();
    await source.create(memory('written while it was closed'));
    await replay(source.store, target.store, start, EPOCH);
    await target.reopen({ donor: donor() });
    await expectTheSame();
  });

  it('follows an edit, a deletion and a purge that come by the log', async () => {
    const { notes } = await live(200);
    const start = await headOf(source);
    await copyDocuments();
    await copyLog(0, start);
    await target.search.settled();
    const [edited, deleted, purged] = notes.slice(100);
    expect(await target.find(purged!.content, { limit: 1 })).toEqual([purged!.id]);
    await source.update(edited!, { content: 'a lighthouse' });
    await source.delete(deleted!);
    await source.purge(purged!);
    await source.search.settled();
    await replay(source.store, target.store, start, EPOCH);
    await target.search.catchUp();
    expect(await target.find('lighthouse')).toContain(edited!.id);
    const found = await target.find('note number', { limit: 500, mode: 'TEXT' });
    expect(found).not.toContain(deleted!.id);
    expect(found).not.toContain(purged!.id);
    expect(await target.search.vectors.get([deleted!.id, purged!.id])).toEqual([null, null]);
    await expectTheSame();
  });

  it('finds documents that no log names by a repair', async () => {
    await target.search.settled();
    const [named, unnamed] = [memory('a boat'), memory('a ship')];
    await source.create(named);
    await copyDocuments();
    await copyLog(0, await headOf(source));
    await target.store.import(
      { documents: [{ collection: 'memories', document: unnamed }], entries: [], removed: [] },
      EPOCH,
    );
    await target.search.settled();
    expect(await target.search.counts()).toMatchObject({ ready: 1, pending: 0 });
    expect(await target.search.repair()).toEqual({ added: 1, removed: 0, retried: 0 });
    await target.search.settled();
    expect(await target.find('ship')).toContain(unnamed.id);
  });

  it('replaces one that was left over and is ahead of the log', async () => {
    await live(200);
    await source.search.settled();
    await target.search.close();
    inspect(source.indexPath, (db) => db.pragma('wal_checkpoint(TRUNCATE)'));
    const path = `${target.indexPath}.left`;
    copyFileSync(source.indexPath, path);
    await target.reopen({ path, donor: donor() });
    expect(await target.find('note number')).toEqual([]);
    await copyDocuments();
    await copyLog(0, await headOf(source));
    await target.search.settled();
    expect(await target.search.counts()).toEqual(await source.search.counts());
    expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });
});

describe('an index that was idle while its store imported what was written elsewhere', () => {
  const roll = -9;

  it.each(['open', 'closed'])('has it all, %s though it was', async (how) => {
    const { notes } = await live(200);
    const start = await headOf(source);
    await copyDocuments();
    await copyLog(0, start);
    await target.search.settled();
    await target.store.setEpoch(EPOCH, 1);
    const at = { epoch: 1, actor: 'tester', requestId: 'test', at: '2026-01-31T09:30:00.000Z' };
    const later = Array.from({ length: 300 }, (_, n) => memory(`later ${n}`));
    const put = (operation: 'CREATE' | 'UPDATE', document: Memory) =>
      ({ kind: 'put', collection: 'memories', operation, document }) as const;
    await target.store.commit(
      later.map((document) => put('CREATE', document)),
      at,
    );
    await target.store.commit([put('UPDATE', { ...notes[150]!, content: 'a lighthouse', version: 2 })], at);
    await target.store.commit([{ kind: 'remove', collection: 'memories', id: notes[160]!.id, version: 1 }], at);
    await target.search.settled();
    if (how === 'closed') await source.search.close();
    await source.store.setEpoch(1, roll);
    await replay(target.store, source.store, start, roll);
    const donor = { model: 'words', read: target.search.vectors.read };
    if (how === 'closed') await source.reopen({ donor });
    await source.search.settled();
    expect(await source.find('lighthouse')).toContain(notes[150]!.id);
    expect(rowsOf(source)).toEqual(rowsOf(target));
  });
});
