import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IndexedMemory, VectorIndex } from '../../../src/search/vectors/vector-index.js';
import { type Bench, createBenches, createWordEmbedder, memory } from '../../support/search/search.js';
import { until } from '../../support/until.js';

/** An index on a server that can be cut off. It keeps what was removed, until it is erased. */
interface FakeRemote extends VectorIndex {
  isCutOff: boolean;
  /** Whether it can remove anything. */
  forgets: boolean;
  readonly kept: Map<string, IndexedMemory>;
  readonly live: Set<string>;
}

function createFakeRemote(name = 'remote'): FakeRemote {
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);
  const hitOf = ({ id, vectors }: IndexedMemory, vector: Float32Array) =>
    vectors
      .map(({ passage, vector: own }) => ({ id, passage, similarity: cosine(own, vector) }))
      .sort((a, b) => b.similarity - a.similarity)[0]!;
  const reach = () => {
    if (index.isCutOff) throw new Error('The server is out of reach.');
  };
  const index: FakeRemote = {
    name,
    isCutOff: false,
    forgets: true,
    kept: new Map(),
    live: new Set(),
    async add(memories) {
      reach();
      for (const each of memories) {
        index.kept.set(each.id, each);
        index.live.add(each.id);
      }
    },
    async remove(ids) {
      reach();
      if (!index.forgets) throw new Error('Nothing can be removed now.');
      for (const id of ids) index.live.delete(id);
    },
    async erase(ids) {
      reach();
      if (!index.forgets) throw new Error('Nothing can be removed now.');
      for (const id of ids) {
        index.live.delete(id);
        index.kept.delete(id);
      }
    },
    async clear() {
      index.live.clear();
    },
    get: async (ids) => {
      reach();
      return ids.map((id) => (index.live.has(id) ? index.kept.get(id)! : null));
    },
    held: async () => new Map([...index.live].map((id) => [id, index.kept.get(id)!.hash])),
    async read(hashes) {
      reach();
      return new Map(
        [...index.kept.values()]
          .filter(({ hash }) => hashes.includes(hash))
          .map(({ hash, vectors }) => [hash, vectors]),
      );
    },
    async search(vector, filter, limit) {
      reach();
      return [...index.live]
        .map((id) => index.kept.get(id)!)
        .filter(({ sessionId }) => filter.sessionId === undefined || sessionId === filter.sessionId)
        .map((each) => hitOf(each, vector))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, limit);
    },
    compare: async (vector, ids) => ids.map((id) => (index.live.has(id) ? hitOf(index.kept.get(id)!, vector) : null)),
    close: async () => {},
  };
  return index;
}

const benches = createBenches();
let remote: FakeRemote;
let bench: Bench;
beforeEach(async () => {
  remote = createFakeRemote();
  bench = await benches.open({ vectorIndex: remote });
});
afterEach(() => benches.cleanUp());

const byMeaning = (text: string, filter = {}) => bench.find(text, { mode: 'VECTOR', filter });

describe('vectors kept outside the index file', () => {
  it('find what was saved', async () => {
    const boat = memory('a boat in the harbour');
    await bench.create(boat, memory('interest rates'));
    await bench.search.settled();
    expect((await byMeaning('harbour boat'))[0]).toBe(boat.id);
    expect([...remote.live]).toContain(boat.id);
  });

  it('that can’t be reached are retried, and logged once for each outage', async () => {
    const said: string[] = [];
    let isCutOff = false;
    let attempts = 0;
    Object.defineProperty(remote, 'isCutOff', {
      get() {
        attempts += 1;
        return isCutOff;
      },
    });
    const logger = { info: () => {}, warn: (_: object, message: string) => void said.push(message) };
    bench = await benches.open({ vectorIndex: remote, logger });
    const once = [expect.stringContaining('could not be embedded')];
    for (const content of ['a boat', 'a ship']) {
      isCutOff = true;
      await bench.create(memory(content));
      await until(() => said.length > 0);
      attempts = 0;
      await until(() => attempts >= 3);
      expect(said.splice(0)).toEqual(once);
      isCutOff = false;
      await bench.search.settled();
    }
    expect(remote.live.size).toBe(2);
  });

  it('are filtered by what only the file knows, however few pass', async () => {
    const notes = Array.from({ length: 150 }, (_, n) => memory(`a boat ${n}`, { kind: 'NOTE' }));
    const far = memory('interest rates', { kind: 'FACT', pinned: true, sessionId: 'bank' });
    const old = memory('a boat', { supersedes: null });
    await bench.create(...notes, far, old, memory('a ship', { supersedes: old.id }));
    await bench.search.settled();
    const adds = [...remote.kept.values()];
    const { search } = remote;
    remote.search = () => Promise.reject(new Error('not asked: few pass, and are compared'));
    expect(await byMeaning('boat', { pinned: true })).toEqual([far.id]);
    expect(await byMeaning('boat', { kinds: ['FACT'] })).toEqual([far.id]);
    expect(await byMeaning('boat', { superseded: true })).toEqual([old.id]);
    remote.search = search;
    const nearest = (filter: object) => bench.find('interest rates', { mode: 'VECTOR', limit: 1, filter });
    expect(await nearest({ exceptSessionId: 'hold' })).toEqual([far.id]);
    expect(await nearest({ exceptSessionId: 'bank' })).toEqual([expect.not.stringMatching(far.id)]);
    // More pass than are compared one by one, and one that doesn't is nearest.
    const found = await byMeaning('boat', { kinds: ['NOTE', 'FACT'] });
    expect(found).not.toContain(old.id);
    expect(found).toHaveLength(10);
    await bench.update(far, { pinned: false });
    expect(await byMeaning('boat', { pinned: true })).toEqual([]);
    expect([...remote.kept.values()]).toEqual(adds);
  });

  it('follow a change of filter fields, without embedding again', async () => {
    const boat = memory('a boat', { sessionId: 'old' });
    await bench.create(boat);
    await bench.search.settled();
    await bench.update(boat, { sessionId: 'new' });
    await bench.search.settled();
    expect(await byMeaning('boat', { sessionId: 'new' })).toEqual([boat.id]);
    expect(await byMeaning('boat', { sessionId: 'old' })).toEqual([]);
    expect(bench.embedder.asked).toEqual(['a boat']);
  });

  it('are reused when a memory is restored or its content is saved once more', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    const deleted = await bench.delete(boat);
    await until(() => remote.live.size === 0);
    await bench.restore(deleted);
    const twin = memory('a boat');
    await bench.create(twin);
    await bench.search.settled();
    expect(new Set(await byMeaning('boat'))).toEqual(new Set([boat.id, twin.id]));
    expect(bench.embedder.asked).toEqual(['a boat']);
  });

  it('are not found once the memory is gone, and are removed as soon as the index can be reached', async () => {
    const [boat, ship] = [memory('a boat'), memory('a ship')];
    await bench.create(boat, ship);
    await bench.search.settled();
    remote.isCutOff = true;
    await bench.delete(boat);
    await bench.purge(ship);
    await bench.search.catchUp();
    expect(remote.live.size).toBe(2);
    remote.forgets = false;
    remote.isCutOff = false;
    expect(await byMeaning('boat ship')).toEqual([]);
    remote.forgets = true;
    await bench.create(memory('a wakening'));
    await until(() => !remote.live.has(boat.id) && !remote.kept.has(ship.id));
    expect([...remote.kept.keys()]).toContain(boat.id);
  });

  it('leave nothing of a memory that is purged after its deletion', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    const deleted = await bench.delete(boat);
    await until(() => remote.live.size === 0);
    await bench.purge(deleted);
    await bench.search.catchUp();
    expect(remote.kept.size).toBe(0);
  });

  it('of an older content are not found while the new one waits', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    bench.embedder.gate = new Promise(() => {});
    await bench.update(boat, { content: 'a house' });
    const { hits, answeredBy } = await bench.ask('boat', { mode: 'VECTOR' });
    expect({ hits, answeredBy }).toEqual({ hits: [], answeredBy: 'TEXT' });
  });

  it('are replaced by words while the index can’t be reached, and searched again afterwards', async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    remote.isCutOff = true;
    expect(await bench.ask('boat')).toMatchObject({ answeredBy: 'TEXT', hits: [{ id: boat.id }] });
    const later = memory('a later boat');
    await bench.create(later);
    expect(await bench.find('later')).toEqual([later.id]);
    remote.isCutOff = false;
    await bench.search.settled();
    expect(await bench.ask('boat')).toMatchObject({ answeredBy: 'HYBRID', pending: 0 });
    expect(remote.live.has(later.id)).toBe(true);
  });

  it('are copied to another index when it takes over, without embedding again', async () => {
    await bench.create(memory('a boat'), memory('a ship'));
    await bench.search.settled();
    await bench.reopen({});
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 2, pending: 0 });
    const asked = bench.embedder.asked.length;
    const another = createFakeRemote('another');
    await bench.reopen({ vectorIndex: another });
    await bench.search.settled();
    expect(another.live.size).toBe(2);
    expect(bench.embedder.asked).toHaveLength(asked);
    expect(await byMeaning('boat')).toHaveLength(2);
  });
});

describe('an index that holds very much', () => {
  it('is never asked for all of it by background work', async () => {
    remote.held = async () => {
      throw new Error('That is too much.');
    };
    const [boat, gone] = [memory('a boat'), memory('gone')];
    await bench.create(boat, gone);
    await bench.search.settled();
    await bench.delete(gone);
    await bench.search.renew([boat.id]);
    await bench.search.settled();
    await bench.reopen({ vectorIndex: remote });
    await bench.search.settled();
    expect(await bench.search.counts()).toEqual({ ready: 1, pending: 0, failed: 0, skipped: 0, lag: 0 });
    expect(await byMeaning('boat')).toEqual([boat.id]);
  });
});

describe('what changes while vectors are being added', () => {
  it('is what they are filtered by in the end', async () => {
    const { add } = remote;
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isAdding = false;
    remote.add = async (memories) => {
      isAdding = true;
      await held;
      await add(memories);
    };
    const boat = memory('a boat', { sessionId: 'old' });
    await bench.create(boat);
    await until(() => isAdding);
    await bench.update(boat, { sessionId: 'new' });
    // The index file knows of the change before the vectors are there.
    await bench.search.status();
    release();
    await bench.search.settled();
    expect(await byMeaning('boat', { sessionId: 'new' })).toEqual([boat.id]);
    expect(await byMeaning('boat', { sessionId: 'old' })).toEqual([]);
  });
});

describe('a remote index that fails to delete', () => {
  it('is not asked again for every deletion, and keeps no purge waiting', async () => {
    const memories = Array.from({ length: 30 }, (_, n) => memory(`boat ${n}`));
    await bench.create(...memories);
    await bench.search.settled();
    remote.forgets = false;
    let asked = 0;
    const { remove } = remote;
    remote.remove = (ids) => {
      asked += 1;
      return remove(ids);
    };
    await bench.reopen({ vectorIndex: remote, retryMs: 60_000 });
    for (const each of memories.slice(1)) {
      await bench.delete(each);
      await bench.search.status();
    }
    await bench.purge(memories[0]!);
    await bench.search.catchUp();
    expect(asked).toBeLessThanOrEqual(2);
  });
});

describe('what a remote index holds of memories', () => {
  const held = async (...ids: readonly string[]) =>
    (await bench.search.vectors.get(ids)).map((each) => each && [each.id, each.vectors.length]);

  it('is returned by id', async () => {
    const boat = memory('a boat\n\na harbour');
    await bench.create(boat);
    await bench.search.settled();
    expect(await held('unknown', boat.id)).toEqual([null, [boat.id, 2]]);
  });

  it("doesn't include deletions that couldn't be applied yet", async () => {
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    remote.forgets = false;
    await bench.delete(boat);
    await bench.search.status();
    expect(remote.live.has(boat.id)).toBe(true);
    expect(await held(boat.id)).toEqual([null]);
  });

  it('is what the archive has, where there is one', async () => {
    const archive = createFakeRemote('archive');
    await bench.reopen({ archive });
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    archive.live.clear();
    expect(await held(boat.id)).toEqual([null]);
  });
});

describe('an archive of vectors', () => {
  it('returns them to a new index file', async () => {
    const archive = createFakeRemote('archive');
    await bench.reopen({ archive });
    const boat = memory('a boat');
    await bench.create(boat, memory('a ship'));
    await bench.search.settled();
    expect(archive.live.size).toBe(2);
    const embedder = createWordEmbedder();
    const elsewhere = await bench.join({ archive, embedder, path: `${bench.indexPath}.other` });
    await elsewhere.settled();
    const { hits } = await elsewhere.memories({ text: 'boat', mode: 'VECTOR', limit: 1, filter: {} });
    expect(hits[0]!.id).toBe(boat.id);
    expect(embedder.asked).toEqual([]);
  });

  it('that lost them has them again after a repair, without embedding again', async () => {
    const archive = createFakeRemote('archive');
    await bench.reopen({ archive });
    const boat = memory('a boat');
    await bench.create(boat);
    await bench.search.settled();
    const asked = bench.embedder.asked.length;
    archive.kept.clear();
    archive.live.clear();
    expect(await bench.search.repair()).toMatchObject({ added: 1 });
    await bench.search.settled();
    expect([...archive.live]).toEqual([boat.id]);
    expect(bench.embedder.asked).toHaveLength(asked);
  });
});
