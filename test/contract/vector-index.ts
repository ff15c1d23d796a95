import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IndexedMemory, MemorySearchFilter, VectorIndex } from '../../src/search/vectors/vector-index.js';
import { cases } from '../support/extent.js';

/** An index under test, empty. */
export interface VectorIndexHarness {
  readonly index: VectorIndex;
  /** The same vectors, as another process sees them. */
  join(): Promise<VectorIndex>;
  cleanUp(): Promise<void>;
}

export const DIMENSIONS = 32;

/** A generator of the same numbers from -1 to 1 every time (Park and Miller's). */
function createNoise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647) * 2 - 1;
  };
}

function unit(values: readonly number[]): Float32Array {
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
}

const randomVector = (noise: () => number) => unit(Array.from({ length: DIMENSIONS }, noise));

/** A vector whose cosine with the first axis is this one. */
function at(cosine: number, axis = 1): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = cosine;
  vector[axis] = Math.sqrt(1 - cosine * cosine);
  return vector;
}

const QUERY = at(1);

function indexed(id: string, vectors: readonly Float32Array[], own: Partial<IndexedMemory> = {}): IndexedMemory {
  const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
  const passages = vectors.map((vector, index) => ({ passage: { start: index * 10, end: index * 10 + 9 }, vector }));
  return { id, hash: `hash of ${id}`, ...fields, metadata: {}, vectors: passages, ...own };
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

export interface VectorIndexLimits {
  /** The most passages to search among: what the index can, or a test has time for. Left out: 3,000. */
  readonly passages?: number;
  /** Leaves out what doesn't depend on how a search is answered. Default: no. */
  readonly isSearchedOnly?: boolean;
}

/** What every vector index promises. */
export function vectorIndexContract(
  create: () => Promise<VectorIndexHarness>,
  { passages: most = 3_000, isSearchedOnly = false }: VectorIndexLimits = {},
): void {
  let harness: VectorIndexHarness;
  let index: VectorIndex;
  /** Memories of two passages each at most. */
  const total = Math.floor(most / 2);
  beforeEach(async () => {
    harness = await create();
    index = harness.index;
  });
  afterEach(() => harness.cleanUp());

  const ids = async (limit = 10, filter: MemorySearchFilter = {}, vector = QUERY) =>
    (await index.search(vector, filter, limit)).map(({ id }) => id);

  describe('a search', () => {
    it('finds nothing in an empty index', async () => {
      expect(await index.search(QUERY, {}, 10)).toEqual([]);
    });

    it('returns the nearest memories first, with their cosine', async () => {
      await index.add([indexed('far', [at(0.1)]), indexed('near', [at(0.9)]), indexed('opposite', [at(-1)])]);
      const hits = await index.search(QUERY, {}, 10);
      expect(hits.map(({ id }) => id)).toEqual(['near', 'far', 'opposite']);
      expect(hits[0]!.similarity).toBeCloseTo(0.9, 5);
      expect(hits[2]!.similarity).toBeCloseTo(-1, 5);
    });

    it('returns no more than requested', async () => {
      await index.add(['a', 'b', 'c'].map((id, n) => indexed(id, [at(0.9 - n / 10)])));
      expect(await ids(2)).toEqual(['a', 'b']);
      expect(await ids(0)).toEqual([]);
    });

    it('distinguishes memories that differ by less than eight bits show', async () => {
      const cosines = Array.from({ length: 300 }, (_, n) => 0.8 + n * 0.00005);
      await index.add(cosines.map((value, n) => indexed(`m${n}`, [at(value)])));
      expect(await ids(5)).toEqual(['m299', 'm298', 'm297', 'm296', 'm295']);
    });

    it('returns a memory once, for its best passage', async () => {
      await index.add([indexed('long', [at(0.2), at(0.7), at(0.5)]), indexed('short', [at(0.6)])]);
      const hits = await index.search(QUERY, {}, 10);
      expect(hits.map(({ id }) => id)).toEqual(['long', 'short']);
      expect(hits[0]!.passage).toEqual({ start: 10, end: 19 });
    });

    it("distinguishes a memory's passages that differ by less than eight bits show", async () => {
      await index.add([
        indexed(
          'a',
          Array.from({ length: 100 }, (_, n) => at(0.8 + ((n * 37) % 100) * 0.00005)),
        ),
      ]);
      const [hit] = await index.search(QUERY, {}, 1);
      expect(hit!.similarity).toBeCloseTo(0.80495, 6);
    });

    it('finds every other memory after one whose 1,500 passages are all nearer', async () => {
      const passages = Array.from({ length: 1_500 }, (_, n) => at(0.99, 1 + (n % (DIMENSIONS - 1))));
      await index.add([indexed('huge', passages)]);
      await index.add(Array.from({ length: 20 }, (_, n) => indexed(`m${n}`, [at(0.5 - n / 100)])));
      expect(await ids(21)).toEqual(['huge', ...Array.from({ length: 20 }, (_, n) => `m${n}`)]);
      expect(await ids(3)).toEqual(['huge', 'm0', 'm1']);
    });

    it('agrees with an exact comparison of every vector', async () => {
      const noise = createNoise(7);
      const memories = Array.from({ length: total }, (_, n) => indexed(`m${n}`, [randomVector(noise)]));
      await index.add(memories);
      for (let query = 0; query < 20; query += 1) {
        const vector = randomVector(noise);
        const exact = memories
          .map(({ id, vectors }) => ({ id, similarity: cosine(vectors[0]!.vector, vector) }))
          .sort((a, b) => b.similarity - a.similarity);
        expect(await ids(10, {}, vector)).toEqual(exact.slice(0, 10).map(({ id }) => id));
      }
    });
  });

  describe('a filtered search', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

    it.each<[string, MemorySearchFilter, readonly string[]]>([
      ['a session', { sessionId: 's1' }, ['a', 'b']],
      ['no session', { sessionId: null }, ['c', 'd']],
      ['a task', { taskId: 't1' }, ['a', 'c']],
      ['no task', { taskId: null }, ['b', 'd']],
      ['roles', { roles: ['SYSTEM', 'ASSISTANT'] }, ['b', 'c']],
      ['no role at all', { roles: [] }, []],
      ['a time and later', { occurredAfter: day(2) }, ['c', 'd']],
      ['before a time', { occurredBefore: day(2) }, ['a', 'b']],
      ['metadata', { metadata: { n: 1 } }, ['a', 'c']],
      ['metadata that is an object', { metadata: { o: { y: null, x: [1] } } }, ['b']],
      ['every key of the metadata', { metadata: { n: 1, s: 'x' } }, ['c']],
      ['all of it together', { sessionId: 's1', taskId: 't1', roles: ['USER'], metadata: { n: 1 } }, ['a']],
      ['what nothing is', { sessionId: 's1', occurredAfter: day(3) }, []],
    ])('by %s sees only those', async (_, filter, expected) => {
      await index.add([
        indexed('a', [at(0.9)], { sessionId: 's1', taskId: 't1', occurredAt: day(0), metadata: { n: 1 } }),
        indexed('b', [at(0.8)], {
          sessionId: 's1',
          role: 'SYSTEM',
          occurredAt: day(1),
          metadata: { o: { x: [1], y: null } },
        }),
        indexed('c', [at(0.7)], { taskId: 't1', role: 'ASSISTANT', occurredAt: day(2), metadata: { s: 'x', n: 1 } }),
        indexed('d', [at(0.6)], { occurredAt: day(3), metadata: { n: '1' } }),
      ]);
      expect(await ids(10, filter)).toEqual(expected);
    });

    it.each(cases([13, total - 100], [1, 150]))(
      'returns the true best of the %i that pass, and never fewer than there are',
      async (count) => {
        const noise = createNoise(11);
        const memories = Array.from({ length: total }, (_, n) =>
          indexed(`m${n}`, [randomVector(noise), randomVector(noise)], {
            sessionId: (n * 7) % total < count ? 'in' : 'out',
          }),
        );
        await index.add(memories);
        const vector = randomVector(noise);
        const exact = memories
          .filter(({ sessionId }) => sessionId === 'in')
          .map(({ id, vectors }) => ({
            id,
            similarity: Math.max(...vectors.map((each) => cosine(each.vector, vector))),
          }))
          .sort((a, b) => b.similarity - a.similarity);
        expect(await ids(20, { sessionId: 'in' }, vector)).toEqual(exact.slice(0, 20).map(({ id }) => id));
        expect(await ids(2_000, { sessionId: 'in' }, vector)).toHaveLength(count);
      },
    );

    it('finds the memories that pass though hundreds of others are nearer', async () => {
      const near = Array.from({ length: Math.min(1_000, most) }, (_, n) =>
        indexed(`near${n}`, [at(0.9, 1 + (n % 31))], { sessionId: 'x' }),
      );
      for (let n = 0; n < near.length; n += 200) await index.add(near.slice(n, n + 200));
      await index.add([indexed('far', [at(-0.5)], { sessionId: 'y' })]);
      expect(await ids(10, { sessionId: 'y' })).toEqual(['far']);
    });
  });

  describe('what is held', () => {
    it('is named with the hash of its content', async () => {
      await index.add([indexed('a', [at(0.5)]), indexed('b', [at(0.4), at(0.3)])]);
      expect(new Map(await index.held())).toEqual(
        new Map([
          ['a', 'hash of a'],
          ['b', 'hash of b'],
        ]),
      );
    });

    it('is replaced by adding it again', async () => {
      await index.add([indexed('a', [at(0.9), at(0.8)]), indexed('b', [at(0.5)])]);
      await index.search(QUERY, {}, 10);
      await index.add([indexed('a', [at(0.1)], { hash: 'another' })]);
      expect(await ids()).toEqual(['b', 'a']);
      expect((await index.held()).get('a')).toBe('another');
    });

    it('is forgotten when it is removed, and unknown ids are no error', async () => {
      await index.add([indexed('a', [at(0.9), at(0.8)]), indexed('b', [at(0.5)])]);
      await index.search(QUERY, {}, 10);
      await index.remove(['a', 'unknown']);
      expect(await ids()).toEqual(['b']);
      expect([...(await index.held()).keys()]).toEqual(['b']);
    });

    it('is found again when it is added after it was removed', async () => {
      await index.add([indexed('a', [at(0.9)]), indexed('b', [at(0.5)])]);
      await index.remove(['a']);
      await index.search(QUERY, {}, 10);
      await index.add([indexed('a', [at(0.8)])]);
      expect(await ids()).toEqual(['a', 'b']);
    });

    it('is all forgotten at once', async () => {
      await index.add([indexed('a', [at(0.9)]), indexed('b', [at(0.5)])]);
      await index.search(QUERY, {}, 10);
      await index.clear();
      expect(await ids()).toEqual([]);
      expect((await index.held()).size).toBe(0);
    });

    it('is compared with a vector, in the order asked, by its best passage', async () => {
      await index.add([indexed('a', [at(0.2), at(0.6)]), indexed('b', [at(0.5)])]);
      const [b, unknown, a] = await index.compare(QUERY, ['b', 'unknown', 'a']);
      expect(b).toMatchObject({ id: 'b', similarity: expect.closeTo(0.5, 5) });
      expect(unknown).toBeNull();
      expect(a).toMatchObject({ id: 'a', similarity: expect.closeTo(0.6, 5), passage: { start: 10, end: 19 } });
    });

    it('is refused when its vector is of another model', async () => {
      await expect(index.add([indexed('a', [new Float32Array(DIMENSIONS + 1).fill(0.1)])])).rejects.toThrow();
      await expect(index.add([indexed('a', [new Float32Array(DIMENSIONS).fill(Number.NaN)])])).rejects.toThrow();
      expect((await index.held()).size).toBe(0);
    });
  });

  describe('what is erased', () => {
    it('is neither found nor held nor kept, and unknown ids are no error', async () => {
      await index.add([indexed('a', [at(0.9), at(0.8)]), indexed('b', [at(0.5)])]);
      await index.add([indexed('a', [at(0.7)], { hash: 'another' })]);
      await index.erase(['a', 'unknown']);
      expect(await ids()).toEqual(['b']);
      expect([...(await index.held()).keys()]).toEqual(['b']);
      expect(await index.read(['hash of a', 'another'])).toEqual(new Map());
    });

    it('is gone though it was removed before', async () => {
      await index.add([indexed('a', [at(0.9)])]);
      await index.remove(['a']);
      await index.erase(['a']);
      expect(await index.read(['hash of a'])).toEqual(new Map());
    });
  });

  describe('another process', () => {
    it('sees what was added, replaced and removed since its last search', async () => {
      const other = await harness.join();
      const seen = async () => (await other.search(QUERY, {}, 10)).map(({ id }) => id);
      await index.add([indexed('a', [at(0.9)]), indexed('b', [at(0.5)])]);
      expect(await seen()).toEqual(['a', 'b']);
      await index.add([indexed('a', [at(0.1)]), indexed('c', [at(0.7)])]);
      expect(await seen()).toEqual(['c', 'b', 'a']);
      await index.remove(['b']);
      expect(await seen()).toEqual(['c', 'a']);
      await index.clear();
      expect(await seen()).toEqual([]);
    });
  });

  if (isSearchedOnly) return;

  describe('what is held of a memory', () => {
    it('is handed out with its content hash and its passages in their order, in the order asked', async () => {
      await index.add([indexed('a', [at(0.2), at(0.7), at(-0.5)]), indexed('b', [at(0.4)])]);
      const [b, unknown, a] = await index.get(['b', 'unknown', 'a']);
      expect(b).toMatchObject({ id: 'b', hash: 'hash of b', vectors: [{ passage: { start: 0, end: 9 } }] });
      expect(unknown).toBeNull();
      expect(a!.vectors.map(({ passage }) => passage.start)).toEqual([0, 10, 20]);
      expect(cosine(a!.vectors[1]!.vector, at(0.7))).toBeCloseTo(1, 5);
      expect(await index.get([])).toEqual([]);
    });

    it('is its own, whatever others with the same content have', async () => {
      await index.add([indexed('a', [at(0.9)], { hash: 'same' }), indexed('b', [at(0.3)], { hash: 'same' })]);
      const [b] = await index.get(['b']);
      expect(cosine(b!.vectors[0]!.vector, at(0.3))).toBeCloseTo(1, 5);
      await index.remove(['b']);
      expect(await index.get(['b', 'a'])).toMatchObject([null, { id: 'a' }]);
    });

    it('is of the content it has now', async () => {
      await index.add([indexed('a', [at(0.9), at(0.8)])]);
      await index.add([indexed('a', [at(0.1)], { hash: 'another' })]);
      const [a] = await index.get(['a']);
      expect(a).toMatchObject({ hash: 'another', vectors: [{ passage: { start: 0, end: 9 } }] });
      await index.erase(['a']);
      expect(await index.get(['a'])).toEqual([null]);
    });

    it('is handed out of many at once', async () => {
      const memories = Array.from({ length: Math.min(700, most) }, (_, n) => indexed(`m${n}`, [at(n / 1_000)]));
      await index.add(memories);
      const found = await index.get(memories.map(({ id }) => id).toReversed());
      expect(found.map((each) => each?.id)).toEqual(memories.map(({ id }) => id).toReversed());
      expect(cosine(found[0]!.vectors[0]!.vector, at((memories.length - 1) / 1_000))).toBeCloseTo(1, 5);
    });
  });

  describe('what is kept of a content', () => {
    it('is read with its passages in their order', async () => {
      await index.add([indexed('a', [at(0.2), at(0.7), at(-0.5)]), indexed('b', [at(0.4)])]);
      const found = await index.read(['hash of a', 'unknown']);
      expect([...found.keys()]).toEqual(['hash of a']);
      const [first, second, third] = found.get('hash of a')!;
      expect([first, second, third].map((each) => each?.passage.start)).toEqual([0, 10, 20]);
      expect(cosine(second!.vector, at(0.7))).toBeCloseTo(1, 5);
      expect(cosine(third!.vector, at(-0.5))).toBeCloseTo(1, 5);
    });

    it('is that of one memory where several have the same', async () => {
      await index.add(['a', 'b'].map((id) => indexed(id, [at(0.2), at(0.7)], { hash: 'same' })));
      expect((await index.read(['same'])).get('same')).toHaveLength(2);
    });

    it('remains when one of two memories that have it is removed', async () => {
      await index.add(['a', 'b'].map((id) => indexed(id, [at(0.2)], { hash: 'same' })));
      await index.erase(['a']);
      expect((await index.read(['same'])).get('same')).toHaveLength(1);
    });

    it('is read by the hash of each content that is held', async () => {
      await index.add([indexed('a', [at(0.9)])]);
      await index.add([indexed('a', [at(0.1)], { hash: 'another' })]);
      const [only] = (await index.read(['another'])).get('another')!;
      expect(cosine(only!.vector, at(0.1))).toBeCloseTo(1, 5);
      expect(await index.read([])).toEqual(new Map());
    });
  });
}
