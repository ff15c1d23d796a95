import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '../../../src/search/index/index-record.js';
import type { VectorDonor } from '../../../src/search/vectors/vector-index.js';
import { type Bench, createBenches, createWordEmbedder, inspect, memory, notes } from '../../support/search/search.js';

const benches = createBenches();
let source: Bench;
let target: Bench;

beforeEach(async () => {
  source = await benches.open();
  target = await benches.open();
});
afterEach(() => benches.cleanUp());

const donorOf = ({ search }: Bench, own: Partial<VectorDonor> = {}): VectorDonor => ({
  model: search.vectors.model.name,
  read: search.vectors.read,
  ...own,
});

describe('with a donor of the same model', () => {
  it('nothing is embedded, and the vectors are the same', async () => {
    const all = notes(600);
    await source.create(...all);
    await source.search.settled();
    await target.reopen({ donor: donorOf(source) });
    await target.create(...all);
    await target.search.settled();
    expect(target.embedder.asked).toEqual([]);
    const ids = all.map(({ id }) => id);
    expect(await target.search.vectors.get(ids)).toEqual(await source.search.vectors.get(ids));
    expect(await target.find('number 599', { mode: 'VECTOR', limit: 1 })).toEqual([all[599]!.id]);
  });

  it('only what the donor has no vector of, or a damaged one, is embedded', async () => {
    const [damaged, copied, unknown] = [memory('a boat'), memory('a ship'), memory('a train')];
    await source.create(damaged, copied);
    await source.search.settled();
    const read: VectorDonor['read'] = async (hashes) => {
      const found = new Map(await source.search.vectors.read(hashes));
      const hash = contentHash(damaged.content);
      const [vector] = found.get(hash) ?? [];
      if (vector) found.set(hash, [{ ...vector, vector: new Float32Array(vector.vector.length) }]);
      return found;
    };
    await target.reopen({ donor: donorOf(source, { read }) });
    await target.create(damaged, copied, unknown);
    await target.search.settled();
    expect(target.embedder.asked.toSorted()).toEqual(['a boat', 'a train']);
    expect(await target.search.status()).toMatchObject({ searchable: 3, pending: 0 });
  });

  it('the rest is embedded when it is closed half-way', async () => {
    const all = notes(600);
    await source.create(...all);
    await source.search.settled();
    let hasGiven = false;
    const read: VectorDonor['read'] = async (hashes) => {
      if (hasGiven) await source.search.close();
      const found = await source.search.vectors.read(hashes);
      hasGiven = true;
      return found;
    };
    const warnings: unknown[] = [];
    const logger = { info: () => {}, warn: (_: unknown, message: string) => void warnings.push(message) };
    await target.reopen({ donor: donorOf(source, { read }), logger });
    await target.create(...all);
    await target.search.settled();
    expect(await target.search.status()).toMatchObject({ searchable: 600, pending: 0, failed: 0 });
    expect(target.embedder.asked.length).toBeGreaterThan(0);
    expect(target.embedder.asked.length).toBeLessThan(600);
    expect(warnings).toHaveLength(1);
  });

  it('only what is written later is embedded, a few at a time as ever', async () => {
    const all = notes(300);
    await source.create(...all);
    await source.search.settled();
    await target.reopen({ donor: donorOf(source) });
    await target.create(...all);
    await target.search.settled();
    await target.create(...Array.from({ length: 40 }, (_, n) => memory(`another ${n}`)));
    await target.search.settled();
    expect(target.embedder.asked).toHaveLength(40);
    expect(await target.search.counts()).toEqual({ ready: 340, pending: 0, failed: 0, skipped: 0, lag: 0 });
  });
});

describe('with a donor of another model', () => {
  it('everything is embedded', async () => {
    const all = notes(30);
    await source.create(...all);
    await source.search.settled();
    const embedder = createWordEmbedder('other words');
    await target.reopen({ donor: donorOf(source), embedder });
    await target.create(...all);
    await target.search.settled();
    expect(embedder.asked).toHaveLength(30);
  });
});

describe('the status of embeddings', () => {
  it('is counted by state, with what the log has since', async () => {
    target.embedder.refuse = (text) => (text === 'poison' ? new Error('The text is poison.') : null);
    const gone = memory('gone');
    await target.create(memory('a boat'), memory('a ship'), memory(' '), memory('poison'), gone);
    await target.delete(gone);
    while ((await target.search.counts()).failed === 0) await delay(5);
    await target.search.settled();
    expect(await target.search.counts()).toEqual({ ready: 2, pending: 0, failed: 1, skipped: 1, lag: 0 });
    target.embedder.gate = new Promise(() => {});
    await target.create(memory('a train'));
    expect((await target.search.counts()).lag).toBe(1);
    expect(await target.find('train', { mode: 'TEXT' })).toHaveLength(1);
    expect(await target.search.counts()).toEqual({ ready: 2, pending: 1, failed: 1, skipped: 1, lag: 0 });
  });
});

describe('vectors that are renewed', () => {
  /** Replaces the vector of a memory by one that is valid but wrong. */
  function damage(path: string, id: string): void {
    const wrong = new Float32Array(source.embedder.model.dimensions);
    wrong[0] = 1;
    const sql = 'UPDATE vectors SET vector = ? WHERE memory = (SELECT rowid FROM records WHERE id = ?)';
    inspect(path, (db) => db.prepare(sql).run(Buffer.from(wrong.buffer), id));
  }

  it('come from the donor', async () => {
    const [boat, ship] = [memory('a boat'), memory('a ship')];
    await source.create(boat, ship);
    await source.search.settled();
    await target.reopen({ donor: donorOf(source) });
    await target.create(boat, ship);
    await target.search.settled();
    damage(target.indexPath, boat.id);
    expect(await target.search.vectors.get([boat.id])).not.toEqual(await source.search.vectors.get([boat.id]));
    await target.search.renew([boat.id, 'unknown']);
    await target.search.settled();
    const ids = [boat.id, ship.id];
    expect(await target.search.vectors.get(ids)).toEqual(await source.search.vectors.get(ids));
    expect(target.embedder.asked).toEqual([]);
  });

  it('are embedded when there is no donor, even if others have the same content', async () => {
    const [one, same, other] = [memory('a boat'), memory('a boat'), memory('a ship')];
    await target.create(one, same, other);
    await target.search.settled();
    const right = await target.search.vectors.get([one.id, same.id]);
    damage(target.indexPath, one.id);
    damage(target.indexPath, same.id);
    const before = target.embedder.asked.length;
    await target.search.renew([same.id]);
    await target.search.settled();
    expect(await target.search.vectors.get([one.id, same.id])).toEqual(right);
    expect(new Set(target.embedder.asked.slice(before))).toEqual(new Set(['a boat']));
  });

  it('are never those that were in flight when the renewal was requested', async () => {
    let open = () => {};
    target.embedder.gate = new Promise((resolve) => {
      open = resolve;
    });
    const boat = memory('a boat');
    await target.create(boat);
    await target.search.counts();
    let isRenewed = false;
    const renewed = target.search.renew([boat.id]).then(() => {
      isRenewed = true;
    });
    await target.search.embeddings([boat.id]);
    open();
    await renewed;
    await target.search.settled();
    expect(isRenewed).toBe(true);
    expect(await target.search.counts()).toMatchObject({ ready: 1, pending: 0 });
  });
});
