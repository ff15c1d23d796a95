import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../src/domain/errors.js';
import type { Embedder } from '../../src/embedding/embedder.js';

/** What every embedder promises. The factory returns one that is ready for use. */
export function describeEmbedder(name: string, create: () => Embedder | Promise<Embedder>): void {
  describe(`${name} as an embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await create();
    });
    afterAll(() => embedder.close());

    it('returns a vector of unit length and the stated dimensions for each text, in their order', async () => {
      const texts = ['The cat sleeps on the sofa.', 'Interest rates rose again in spring.', 'x'];
      const vectors = await embedder.embedDocuments(texts);
      expect(vectors).toHaveLength(3);
      for (const [i, vector] of vectors.entries()) {
        expect(vector).toHaveLength(embedder.model.dimensions);
        expect(similarity(vector, vector)).toBeCloseTo(1, 4);
        const [alone] = await embedder.embedDocuments([texts[i]!]);
        expect(similarity(vector, alone!)).toBeGreaterThan(0.97);
      }
    });

    it('returns no vectors for no texts', async () => {
      expect(await embedder.embedDocuments([])).toEqual([]);
    });

    it('places texts of similar meaning nearer than others', async () => {
      const query = await embedder.embedQuery('How do I read the settings?');
      const [related, unrelated] = await embedder.embedDocuments([
        'The configuration file is parsed when the program starts.',
        'We had pancakes with blueberries for breakfast.',
      ]);
      expect(similarity(query, related!)).toBeGreaterThan(similarity(query, unrelated!) + 0.1);
    });

    it('embeds a full batch, each text as it would be alone', async () => {
      const texts = Array.from(
        { length: embedder.model.maxBatch },
        (_, i) => `Note ${i}: ${'again and '.repeat(i % 17)}done`,
      );
      const vectors = await embedder.embedDocuments(texts);
      const [alone] = await embedder.embedDocuments([texts[38]!]);
      expect(vectors).toHaveLength(texts.length);
      expect(similarity(vectors[38]!, alone!)).toBeGreaterThan(0.97);
    });

    it('leaves a short text whole', async () => {
      expect(await embedder.passages('One sentence.')).toEqual([{ start: 0, end: 13 }]);
    });

    it('finds nothing to embed in a blank text', async () => {
      expect(await embedder.passages('')).toEqual([]);
      expect(await embedder.passages(' \n\t\u00a0 ')).toEqual([]);
    });

    it('cuts a long text into overlapping passages that cover all of it', async () => {
      const text = `  ${'Every morning the boats go out, and every evening they come back. '.repeat(3_000)}`;
      const passages = await embedder.passages(text);
      expect(passages.length).toBeGreaterThan(1);
      expectToCover(passages, text);
      for (const [i, passage] of passages.slice(1).entries()) expect(passage.start).toBeLessThan(passages[i]!.end);
    });

    it.each([
      ['one word without end', 'a'.repeat(100_000)],
      ['emoji', '🚢⚓️'.repeat(30_000)],
      ['Chinese', '系泊于此的船只都很安全。'.repeat(3_000)],
      ['control characters and NUL', 'a\u0000\u0001\u000b '.repeat(20_000)],
      ['lone surrogates', 'x\ud800 \udc00y'.repeat(20_000)],
    ])('accepts %s', async (_, text) => {
      const passages = await embedder.passages(text);
      expectToCover(passages, text);
      const first = passages[0]!;
      const [vector] = await embedder.embedDocuments([text.slice(first.start, first.end)]);
      expect(similarity(vector!, vector!)).toBeCloseTo(1, 4);
    });

    it('lets a query overtake a batch that came before it', async () => {
      const order: string[] = [];
      const texts = Array.from(
        { length: embedder.model.maxBatch },
        (_, i) => `${i} ${'many words in a row '.repeat(8)}`,
      );
      const batch = embedder.embedDocuments(texts).then(() => order.push('batch'));
      const query = embedder.embedQuery('a question').then(() => order.push('query'));
      await Promise.all([batch, query]);
      expect(order).toEqual(['query', 'batch']);
    });

    it('fails waiting and later calls when it is closed, once or twice', async () => {
      const closing = await create();
      const waiting = expect(closing.embedQuery('late')).rejects.toBeInstanceOf(EmbeddingError);
      await Promise.all([closing.close(), closing.close()]);
      await waiting;
      await expect(closing.embedDocuments(['later'])).rejects.toBeInstanceOf(EmbeddingError);
      await closing.close();
    });
  });
}

/** The cosine of two vectors of unit length. */
export function similarity(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Passages begin and end with the text, leave no gap, go forward, and part no surrogate pair. */
export function expectToCover(passages: readonly { start: number; end: number }[], text: string): void {
  expect(passages[0]?.start).toBe(0);
  expect(passages.at(-1)?.end).toBe(text.length);
  for (const [i, { start, end }] of passages.entries()) {
    const before = passages[i - 1];
    if (before && !(start > before.start && start <= before.end && end > before.end)) {
      expect.fail(`passage ${i} (${start}-${end}) doesn't follow on ${before.start}-${before.end}`);
    }
    if (partsPair(text, start) || partsPair(text, end)) expect.fail(`passage ${i} (${start}-${end}) parts a pair`);
  }
}

function partsPair(text: string, offset: number): boolean {
  return offset > 0 && offset < text.length && text.codePointAt(offset - 1)! > 0xffff;
}
