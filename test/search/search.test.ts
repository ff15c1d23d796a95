import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../src/domain/errors.js';
import { type Bench, createBenches, memory, task } from '../support/search/search.js';

const benches = createBenches();
let bench: Bench;

beforeEach(async () => {
  bench = await benches.open();
});
afterEach(() => benches.cleanUp());

describe('a memory that was just saved', () => {
  it('is found by meaning and by words at once', async () => {
    const saved = memory('the harbour opens at dawn');
    await bench.create(saved, memory('nothing of the kind'));
    const { hits, answeredBy, pending } = await bench.ask('harbour dawn');
    expect({ answeredBy, pending }).toEqual({ answeredBy: 'HYBRID', pending: 0 });
    expect(hits[0]).toMatchObject({ id: saved.id, score: 1, passage: { start: 0, end: saved.content.length } });
    expect(hits[0]!.similarity).toBeGreaterThan(0.5);
  });

  it('is found by words while its vector is still to come, and the answer says so', async () => {
    let open = () => {};
    bench.embedder.gate = new Promise((resolve) => {
      open = resolve;
    });
    const saved = memory('the harbour opens at dawn');
    await bench.create(saved);
    for (const mode of ['HYBRID', 'VECTOR'] as const) {
      const answer = await bench.ask('harbour', { mode });
      expect(answer).toMatchObject({
        answeredBy: 'TEXT',
        pending: 1,
        hits: [{ id: saved.id, similarity: null, passage: null }],
      });
    }
    expect(await bench.search.embeddings([saved.id])).toEqual([{ state: 'PENDING', reason: null, model: 'words' }]);
    open();
    await bench.search.settled();
    expect(await bench.ask('harbour', { mode: 'VECTOR' })).toMatchObject({
      answeredBy: 'VECTOR',
      pending: 0,
      hits: [{ id: saved.id }],
    });
  });
});

describe('the modes', () => {
  const words = memory('zebra');
  const alike = memory('crossing the road at the crossing for the zebra walk');
  const other = memory('completely different matter');

  beforeEach(() => bench.create(words, alike, other));

  it('TEXT returns only records with the words, the best with score 1', async () => {
    const { hits, answeredBy } = await bench.ask('zebra', { mode: 'TEXT' });
    expect(answeredBy).toBe('TEXT');
    expect(hits.map(({ id }) => id)).toEqual([words.id, alike.id]);
    expect(hits[0]).toEqual({ id: words.id, score: 1, similarity: null, passage: null });
    expect(hits[1]!.score).toBeGreaterThan(0);
    expect(hits[1]!.score).toBeLessThan(1);
  });

  it('VECTOR returns all by similarity, with (1 + cosine) / 2 as score', async () => {
    const { hits, answeredBy } = await bench.ask('zebra', { mode: 'VECTOR' });
    expect(answeredBy).toBe('VECTOR');
    expect(hits.map(({ id }) => id).slice(0, 2)).toEqual([words.id, alike.id]);
    expect(hits).toHaveLength(3);
    for (const { score, similarity } of hits) expect(score).toBeCloseTo((1 + similarity!) / 2, 6);
  });

  it('HYBRID ranks what both find above what one finds', async () => {
    const { hits } = await bench.ask('zebra', { mode: 'HYBRID' });
    expect(hits.map(({ id }) => id)).toEqual([words.id, alike.id, other.id]);
    expect(hits[0]!.score).toBe(1);
    expect(hits[2]!.score).toBeCloseTo(1 / 63 / (2 / 61), 6);
  });

  it('HYBRID ranks the only one with a word before the nearest without it, however many are nearer', async () => {
    const named = memory('the schooner Xanthippe');
    await bench.create(...Array.from({ length: 80 }, (_, n) => memory(`boat ${n}`)), named);
    await bench.search.settled();
    bench.embedder.embedQuery = async () => (await bench.embedder.embedDocuments(['boat 7']))[0]!;
    expect((await bench.find('xanthippe', { mode: 'HYBRID' }))[0]).toBe(named.id);
  });

  it('return no more than requested', async () => {
    for (const mode of ['HYBRID', 'VECTOR', 'TEXT'] as const) {
      expect((await bench.ask('zebra', { mode, limit: 1 })).hits).toHaveLength(1);
    }
  });

  it('find nothing for a blank query, and only by meaning what has no words', async () => {
    for (const text of ['', ' \n\t']) expect((await bench.ask(text)).hits).toEqual([]);
    expect((await bench.ask('🙂', { mode: 'TEXT' })).hits).toEqual([]);
    expect((await bench.ask('🙂', { mode: 'HYBRID' })).answeredBy).toBe('HYBRID');
  });
});

describe('minSimilarity', () => {
  it('leaves out less similar memories, in every ranking', async () => {
    const near = memory('zebra');
    const far = memory('one two three four five six seven eight nine ten eleven twelve zebra');
    await bench.create(near, far);
    const similarity = (await bench.ask('zebra')).hits.find(({ id }) => id === far.id)!.similarity!;
    for (const mode of ['HYBRID', 'VECTOR'] as const) {
      expect(await bench.find('zebra', { mode, minSimilarity: similarity - 0.01 })).toEqual([near.id, far.id]);
      expect(await bench.find('zebra', { mode, minSimilarity: similarity + 0.01 })).toEqual([near.id]);
    }
  });

  it('applies to memories that only words found, too, however many vectors are nearer', async () => {
    const worded = memory(`needle ${Array.from({ length: 60 }, (_, i) => `other${i}`).join(' ')}`);
    await bench.create(worded, ...Array.from({ length: 120 }, (_, i) => memory(`hay hay hay ${i}`)));
    await bench.search.settled();
    const { hits } = await bench.ask('needle hay', { limit: 50 });
    const { similarity, passage } = hits.find(({ id }) => id === worded.id)!;
    expect(passage).toEqual({ start: 0, end: worded.content.length });
    expect(await bench.find('needle hay', { minSimilarity: similarity! - 0.01 })).toContain(worded.id);
    expect(await bench.find('needle hay', { minSimilarity: similarity! + 0.01 })).not.toContain(worded.id);
  });
});

describe('when a query cannot be embedded', () => {
  it.each(['HYBRID', 'VECTOR'] as const)('%s is answered by words', async (mode) => {
    const saved = memory('the harbour opens at dawn');
    await bench.create(saved);
    await bench.search.settled();
    bench.embedder.embedQuery = async () => {
      throw new EmbeddingError('The model is gone.', 'Put it back.');
    };
    expect(await bench.ask('harbour', { mode })).toMatchObject({
      answeredBy: 'TEXT',
      pending: 0,
      hits: [{ id: saved.id, score: 1 }],
    });
  });
});

describe('a long memory', () => {
  it('is found once, by the passage that fits best', async () => {
    const saved = memory('lorem ipsum dolor\n\nzebra crossing ahead\n\nsit amet zebra');
    await bench.create(saved);
    const { hits } = await bench.ask('zebra crossing');
    expect(hits).toHaveLength(1);
    const { start, end } = hits[0]!.passage!;
    expect(saved.content.slice(start, end)).toBe('zebra crossing ahead');
  });
});

describe('filters', () => {
  it.each(['HYBRID', 'VECTOR', 'TEXT'] as const)('hold in %s', async (mode) => {
    const mine = memory('zebra', { sessionId: 's1', metadata: { file: 'a.ts' } });
    await bench.create(mine, memory('zebra', { sessionId: 's2' }), memory('zebra'));
    const found = (filter: object) => bench.find('zebra', { mode, filter });
    expect(await found({ sessionId: 's1' })).toEqual([mine.id]);
    expect(await found({ metadata: { file: 'a.ts' } })).toEqual([mine.id]);
    expect(await found({ sessionId: 's3' })).toEqual([]);
    expect(await found({})).toHaveLength(3);
  });
});

describe('tasks', () => {
  it('are found by the words of title, description and analysis, with a score', async () => {
    const titled = task('Rotate keys');
    const described = task('Something', {
      description: 'about the keys that we rotate every month, among many other things',
    });
    const analysed = task('Other', { analysis: 'see rotateKeys()' });
    await bench.create(titled, described, analysed, task('Unrelated'));
    const hits = await bench.search.tasks({ text: 'rotate keys', limit: 10, filter: {} });
    expect(hits.map(({ id }) => id).toSorted()).toEqual([titled.id, described.id, analysed.id].toSorted());
    expect(hits[0]).toEqual({ id: titled.id, score: 1 });
    for (const { score } of hits) expect(score).toBeGreaterThan(0);
  });

  it('are found by what they are now', async () => {
    const first = task('Rotate keys', { status: 'BACKLOG', assignedAgent: 'ada' });
    await bench.create(first);
    const find = async (text: string, filter = {}) =>
      (await bench.search.tasks({ text, limit: 10, filter })).map(({ id }) => id);
    expect(await find('rotate', { statuses: ['BACKLOG'], assignedAgent: 'ada' })).toEqual([first.id]);
    const moved = await bench.update(first, { status: 'DONE', title: 'Rotate certificates' });
    expect(await find('rotate', { statuses: ['BACKLOG'] })).toEqual([]);
    expect(await find('certificates', { statuses: ['DONE'] })).toEqual([first.id]);
    expect(await find('keys')).toEqual([]);
    const deleted = await bench.delete(moved);
    expect(await find('rotate')).toEqual([]);
    await bench.restore(deleted);
    expect(await find('rotate')).toEqual([first.id]);
  });
});
