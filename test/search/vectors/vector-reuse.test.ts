import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { tokenize } from '../../../src/search/text/tokenize.js';
import type { VectorDonor } from '../../../src/search/vectors/vector-index.js';
import { asFloats } from '../../../src/search/vectors/vector-table.js';
import {
  type Bench,
  createBenches,
  gate,
  inspect,
  lendLease,
  memory,
  notes,
  task,
} from '../../support/search/search.js';

const benches = createBenches();
let source: Bench;
let target: Bench;

beforeEach(async () => {
  source = await benches.open();
  target = await benches.open();
});
afterEach(() => benches.cleanUp());

const donor = (read: VectorDonor['read'] = source.search.vectors.read): VectorDonor => ({ model: 'words', read });

/** This many memories that the source has with their vectors; the target's index is closed, and has none of them yet. */
async function written(count: number): Promise<readonly Memory[]> {
  const all = notes(count);
  await source.create(...all);
  await source.search.settled();
  await target.search.close();
  await target.create(...all);
  return all;
}

/** For some seconds, only another process may embed. */
const lendTargetLease = () => lendLease(target.indexPath, Date.now() + 4_500);

/** States of memories that don't agree with their vectors. */
const halfDone = () =>
  inspect(target.indexPath, (db) =>
    db
      .prepare(
        `SELECT count(*) FROM records r WHERE (coalesce(state, '') = 'READY') <>
           EXISTS (SELECT 1 FROM vectors v WHERE v.memory = r.rowid)`,
      )
      .pluck()
      .get(),
  );

describe('a memory among many whose vectors exist', () => {
  it('gets them with its words, without waiting', async () => {
    const all = [...notes(600), memory('The same text\n\n')];
    await source.create(...all);
    await source.search.settled();
    await target.reopen({ donor: donor() });
    await target.search.settled();
    lendTargetLease();
    await target.create(...all, task('The same text'));
    expect(await target.find('599', { mode: 'TEXT' })).toEqual([all[599]!.id]);
    expect(await target.search.counts()).toMatchObject({ ready: 601, pending: 0 });
    expect(halfDone()).toBe(0);
    expect(target.embedder.asked).toEqual([]);
    expect(await target.find('number 599', { mode: 'VECTOR', limit: 1 })).toEqual([all[599]!.id]);
  });

  it('needs no donor where others here have the same contents', async () => {
    const all = notes(300);
    await target.create(...all);
    await target.search.settled();
    const asked = target.embedder.asked.length;
    lendTargetLease();
    const again = notes(300);
    await target.create(...again);
    await target.find('299', { mode: 'TEXT' });
    expect(await target.search.counts()).toMatchObject({ ready: 600, pending: 0 });
    expect(target.embedder.asked).toHaveLength(asked);
    const [first, second] = await target.search.vectors.get([all[7]!.id, again[7]!.id]);
    expect(second!.vectors).toEqual(first!.vectors);
  });

  it('gets them when its content changes, too', async () => {
    const [before, after] = [notes(300), notes(600).slice(300)];
    await source.create(...before, ...after);
    await source.search.settled();
    await target.reopen({ donor: donor() });
    await target.create(...before);
    await target.search.settled();
    await target.search.close();
    for (const [index, each] of before.entries()) await target.update(each, { content: after[index]!.content });
    await target.reopen({ donor: donor() });
    await target.search.settled();
    const ids = (all: typeof before) => all.map(({ id }) => id);
    const own = await target.search.vectors.get(ids(before));
    const theirs = await source.search.vectors.get(ids(after));
    expect(own.map((held) => held!.vectors)).toEqual(theirs.map((held) => held!.vectors));
    expect(target.embedder.asked).toEqual([]);
    expect(halfDone()).toBe(0);
  });

  it('is never half done, wherever it is closed', async () => {
    await written(2_000);
    const count = () => inspect(target.indexPath, (db) => db.prepare('SELECT count(*) FROM records').pluck().get());
    await target.reopen({ donor: donor() });
    for (let seen = 0; seen < 2_000; seen = Number(count())) {
      while (Number(count()) === seen && seen < 2_000) await new Promise(setImmediate);
      await target.search.close();
      expect(halfDone()).toBe(0);
      await target.reopen({ donor: donor() });
    }
    await target.search.settled();
    expect(await target.search.status()).toMatchObject({ stored: 2_000, searchable: 2_000 });
    expect(target.embedder.asked).toEqual([]);
  });
});

describe('while vectors are read from a donor', () => {
  /** A donor that waits before it answers, once. */
  function slow() {
    const [asked, mayAnswer] = [gate(), gate()];
    let isFirst = true;
    const read: VectorDonor['read'] = async (hashes) => {
      asked.open();
      const waits = isFirst;
      isFirst = false;
      // Only the first time: on a busy machine the words don't wait for it, and who asks again may hold the lease.
      if (waits) await mayAnswer.passed;
      return source.search.vectors.read(hashes);
    };
    return { asked: asked.passed, answer: mayAnswer.open, donor: donor(read) };
  }

  /** The text and the vector that the file has of a memory. */
  const held = (id: string) =>
    inspect(target.indexPath, (db) => {
      const row = db
        .prepare(
          `SELECT w.text, v.vector FROM records r JOIN memories_words w ON w.rowid = r.rowid
             JOIN vectors v ON v.memory = r.rowid WHERE r.id = ?`,
        )
        .get(id) as { text: string; vector: Buffer };
      return { text: row.text, vector: asFloats(row.vector) };
    });

  it('a content may change: what counts in the end is the last one', async () => {
    const all = await written(300);
    const { asked, answer, donor } = slow();
    await target.reopen({ donor });
    await asked;
    await target.update(all[0]!, { content: 'note number 1' });
    await target.update(all[1]!, { content: 'what nobody has embedded' });
    await target.delete(all[2]!);
    answer();
    await target.search.settled();
    const [vector] = await target.embedder.embedDocuments(['what nobody has embedded']);
    expect(held(all[1]!.id)).toEqual({ text: tokenize('what nobody has embedded').text, vector });
    expect(held(all[0]!.id).text).toBe(tokenize('note number 1').text);
    expect(await target.search.embeddings([all[2]!.id])).toEqual([null]);
    expect(await target.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('another process may be quicker, and nothing older covers what it wrote', async () => {
    const all = await written(300);
    const { asked, answer, donor } = slow();
    const late = await target.reopen({ donor });
    await asked;
    const quick = await target.join();
    await target.update(all[0]!, { content: 'a later version' });
    await quick.settled();
    answer();
    await late.settled();
    const [vector] = await target.embedder.embedDocuments(['a later version']);
    expect(held(all[0]!.id)).toEqual({ text: tokenize('a later version').text, vector });
    expect(halfDone()).toBe(0);
    expect(await quick.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('words are found, even if no answer ever comes', async () => {
    const all = notes(600);
    const asked: number[] = [];
    const read: VectorDonor['read'] = (hashes) => {
      asked.push(hashes.length);
      return new Promise(() => {});
    };
    await target.reopen({ donor: donor(read) });
    await target.create(...all);
    // A search waits only a moment for an index that is being built.
    await expect.poll(() => target.find('599', { mode: 'TEXT' })).toEqual([all[599]!.id]);
    expect(await target.search.counts()).toMatchObject({ ready: 0, pending: 600 });
    // Once for the words, and once for the embedding.
    expect(asked.length).toBeLessThanOrEqual(3);
  });
});
