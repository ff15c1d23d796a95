import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordBase } from '../../../src/domain/record.js';
import { donorOf } from '../../../src/migration/route.js';
import type { VectorDonor } from '../../../src/search/vectors/vector-index.js';
import { memories, tasks } from '../../../src/storage/collections.js';
import type { CollectionSpec, Store } from '../../../src/storage/store.js';
import {
  type Bench,
  createBenches,
  createWordEmbedder,
  gate,
  inspect,
  memory,
  notes,
  task,
} from '../../support/search/search.js';
import { until } from '../../support/until.js';

const EPOCH = -7;
const SEARCHED = [memories, tasks] as unknown as readonly CollectionSpec<RecordBase>[];
const benches = createBenches();
let source: Bench;
let target: Bench;

beforeEach(async () => {
  source = await benches.open();
  target = await benches.open({}, EPOCH);
});
afterEach(() => benches.cleanUp());

/** Opens the search of the target as a move does, while it has no index yet. */
async function openTarget(own: Parameters<Bench['reopen']>[0] = {}): Promise<void> {
  await target.reopen({ path: `${target.indexPath}.moved`, donor: donorOf(source), ...own });
}
const path = () => `${target.indexPath}.moved`;

async function copyDocuments(isCopied: (document: RecordBase) => boolean = () => true): Promise<void> {
  for (const { name } of SEARCHED) {
    const spec = SEARCHED.find((each) => each.name === name)!;
    const found = await source.store.scan(spec, null, 100_000);
    const documents = found.filter(isCopied).map((document) => ({ collection: name, document }));
    await target.store.import({ documents, entries: [], removed: [] }, EPOCH);
  }
}

async function copyLog(after = 0, until = Number.POSITIVE_INFINITY): Promise<void> {
  const entries = (await source.store.log.read(after, 100_000)).filter(({ seq }) => seq <= until);
  await target.store.import({ documents: [], entries, removed: [] }, EPOCH);
}

/** Lets the target's search do its background work while the store is still empty. */
async function idle(): Promise<void> {
  await target.search.counts();
  for (let turns = 0; turns < 100; turns += 1) await new Promise(setImmediate);
}

/** Counts the records that the index reads by their ids. */
function counting(store: Store): { readonly store: Store; read: number } {
  const counted = {
    read: 0,
    store: {
      ...store,
      collection<T extends RecordBase>(spec: CollectionSpec<T>) {
        const collection = store.collection(spec);
        const get: typeof collection.get = (ids) => {
          counted.read += ids.length;
          return collection.get(ids);
        };
        return { ...collection, get };
      },
    },
  };
  return counted;
}

/** The row ids of vectors, which are never reused: recreated rows have others. */
const rowsOf = (file: string) =>
  inspect(file, (db) =>
    db.prepare('SELECT r.id, v.rowid FROM vectors v JOIN records r ON r.rowid = v.memory ORDER BY 1').all(),
  );

describe('the index of a store that is filled by a move', () => {
  it('is a copy of the existing one: nothing is embedded or tokenized again', async () => {
    const all = notes(300);
    await source.create(...all, task('Mend the pier'));
    await source.update(all[3]!, { content: 'a lighthouse' });
    await source.search.settled();
    const asked: string[] = [];
    const read: VectorDonor['read'] = async (hashes) => {
      asked.push(...hashes);
      return new Map();
    };
    await openTarget({ donor: { ...donorOf(source), read } });
    await idle();
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(rowsOf(path())).toEqual(rowsOf(source.indexPath));
    expect([...asked, ...target.embedder.asked]).toEqual([]);
    expect(await target.search.counts()).toEqual({ ready: 300, pending: 0, failed: 0, skipped: 0, lag: 0 });
    expect(await target.find('lighthouse')).toContain(all[3]!.id);
    expect(await target.search.tasks({ text: 'pier', limit: 5, filter: {} })).toHaveLength(1);
    expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('finds what is stored there and nothing else, though the copy had more, fewer and other records', async () => {
    const [left, edited, deleted, purged, kept] = notes(5);
    await source.create(left!, edited!, deleted!, purged!, kept!);
    await source.search.settled();
    await openTarget();
    await target.search.counts();
    const late = memory('written after the copy was made');
    await source.create(late);
    await source.update(edited!, { content: 'a lighthouse' });
    await source.delete(deleted!);
    await source.purge(purged!);
    await copyDocuments(({ id }) => id !== left!.id);
    await copyLog();
    await target.search.settled();
    const found = await target.find('number', { mode: 'TEXT' });
    expect(found).toEqual([kept!.id]);
    expect(await target.find('lighthouse', { mode: 'TEXT' })).toEqual([edited!.id]);
    expect(await target.find('after the copy', { mode: 'TEXT' })).toEqual([late.id]);
    expect(await target.search.vectors.get([left!.id, deleted!.id, purged!.id])).toEqual([null, null, null]);
    expect(await target.search.counts()).toEqual({ ready: 3, pending: 0, failed: 0, skipped: 0, lag: 0 });
    expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('keeps nothing of what was purged before the copy was made, and left the copied file later', async () => {
    const purged = memory('the xylophonequux password');
    const all = notes(20);
    await source.create(purged, ...all);
    await source.search.settled();
    await source.search.close();
    await source.purge(purged);
    const copyIndex: VectorDonor['copyIndex'] = async (to) => {
      copyFileSync(source.indexPath, to);
      inspect(to, (db) => {
        db.prepare("DELETE FROM meta WHERE key NOT IN ('model', 'vectors')").run();
        db.prepare("INSERT INTO meta VALUES ('doubt', 'as a copy has it')").run();
      });
      return true;
    };
    await openTarget({ donor: { ...donorOf(source), copyIndex } });
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(await target.search.counts()).toMatchObject({ ready: 20 });
    const left = () => ['', '-wal'].filter((end) => readFileSync(path() + end).includes('quux'));
    await until(() => left().length === 0);
  });

  it('reads no record for an entry that its row is as new as, and reads it for one that is newer', async () => {
    const all = notes(200);
    await source.create(...all);
    for (const each of all.slice(0, 20)) await source.update(each, { content: `${each.content} again` });
    await source.search.settled();
    const counted = counting(target.store);
    await openTarget({ store: counted.store });
    await copyDocuments();
    await copyLog(0, 10);
    await target.search.settled();
    await copyLog(10);
    await target.search.settled();
    expect(counted.read).toBe(0);
    const { seq: before } = await source.store.log.head();
    // What it is filtered by: another content would be read again to be embedded.
    await source.update(all[50]!, { sessionId: 'another' });
    await copyDocuments(({ id }) => id === all[50]!.id);
    await copyLog(before);
    await target.search.settled();
    expect(counted.read).toBe(1);
    expect(await target.find('number', { filter: { sessionId: 'another' } })).toEqual([all[50]!.id]);
  });

  it('is embedded by its own model when the donor has another, and has none of that one’s vectors', async () => {
    await source.create(...notes(20));
    await source.search.settled();
    const embedder = createWordEmbedder('other words');
    await openTarget({ embedder });
    await idle();
    expect(rowsOf(path())).toEqual([]);
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(embedder.asked).toHaveLength(20);
    expect(await target.search.counts()).toMatchObject({ ready: 20, pending: 0 });
    expect(inspect(path(), (db) => db.prepare('SELECT DISTINCT model FROM vectors').pluck().all())).toEqual([
      'other words',
    ]);
  });

  it('is as good when it is searched while documents are copied', async () => {
    const all = notes(300);
    await source.create(...all);
    await source.search.settled();
    await openTarget();
    await copyDocuments(({ id }) => all.findIndex((each) => each.id === id) < 150);
    await target.search.settled();
    expect(await target.search.counts()).toMatchObject({ ready: 150, pending: 0 });
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(await target.search.counts()).toMatchObject({ ready: 300, pending: 0 });
    expect(target.embedder.asked).toEqual([]);
    expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('is built from what is stored when it can’t be copied, and nothing is left of the attempt', async () => {
    const all = notes(40);
    await source.create(...all);
    await source.search.settled();
    const warnings: string[] = [];
    const logger = { info: () => {}, warn: (_: unknown, message: string) => void warnings.push(message) };
    const copyIndex: VectorDonor['copyIndex'] = async (to) => {
      writeFileSync(to, 'half of it');
      throw new Error('The disk is full.');
    };
    await openTarget({ donor: { ...donorOf(source), copyIndex }, logger });
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(warnings).toEqual(["The search index couldn't be copied from the donor: it is rebuilt."]);
    expect(await target.search.counts()).toMatchObject({ ready: 40, pending: 0 });
    expect(target.embedder.asked).toEqual([]);
    const left = readdirSync(dirname(path())).filter((name) => name.includes('.copy'));
    expect(left).toEqual([]);
  });

  it('is never half a copy: what a killed process left is not used', async () => {
    await source.create(...notes(10));
    await source.search.settled();
    writeFileSync(`${path()}.copy`, 'half of it');
    await openTarget();
    await copyDocuments();
    await copyLog();
    await target.search.settled();
    expect(await target.search.counts()).toMatchObject({ ready: 10 });
    expect(readdirSync(dirname(path())).filter((name) => name.startsWith(`${basename(path())}.copy`))).toEqual([]);
  });

  it('leaves no draft behind when nothing is copied any more', async () => {
    for (const suffix of ['', '-journal', '-4f1e', '-4f1e-wal'])
      writeFileSync(`${target.indexPath}.copy${suffix}`, 'texts');
    await target.reopen();
    await target.search.settled();
    expect(readdirSync(dirname(target.indexPath)).filter((name) => name.includes('.copy'))).toEqual([]);
  });

  it('is closed while it is copied', async () => {
    const [asked, never] = [gate(), new Promise<never>(() => {})];
    const copyIndex: VectorDonor['copyIndex'] = (_, __, signal) => {
      asked.open();
      return Promise.race([
        never,
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ]);
    };
    await openTarget({ donor: { ...donorOf(source), copyIndex } });
    await asked.passed;
    await target.search.close();
    expect(existsSync(path())).toBe(false);
  });
});
