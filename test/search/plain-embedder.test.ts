import { afterEach, expect, it } from 'vitest';
import { createMiniLmEmbedder } from '../../src/embedding/minilm/minilm.js';
import { MAX_QUERY } from '../../src/search/contract.js';
import { createPlainEmbedder } from '../../src/search/create-search.js';
import { createBenches, createWordEmbedder, memory } from '../support/search/search.js';

const benches = createBenches();
afterEach(() => benches.cleanUp());

const RED = '\u001b[1;31m';
const PLAIN = '\u001b[0m';

it('the embedded text of a memory has no escape sequences, and its passages refer to the stored text', async () => {
  const bench = await benches.open();
  const content = `${RED}Error${PLAIN}: de${RED}ploy${PLAIN} failed\n\n\u001b]0;title\u0007second passage\u001b[K`;
  const stored = memory(content);
  await bench.create(stored);
  await bench.search.settled();
  expect(bench.embedder.asked).toEqual(['Error: deploy failed', 'second passage']);
  const { hits } = await bench.ask('second passage', { mode: 'VECTOR' });
  const { start, end } = hits[0]!.passage!;
  expect(content.slice(start, end)).toBe('second passage');
});

it('a memory of nothing but escape sequences has nothing to embed', async () => {
  const bench = await benches.open();
  await bench.create(memory(`${RED} ${PLAIN}`));
  await bench.search.settled();
  expect(bench.embedder.asked).toEqual([]);
  expect(await bench.search.counts()).toMatchObject({ ready: 0, pending: 0, skipped: 1 });
});

it('no passage of a real model begins or ends within an escape sequence', async () => {
  const model = createMiniLmEmbedder();
  try {
    const embedder = createPlainEmbedder(model);
    const content = Array.from({ length: 3_000 }, (_, n) => `${RED}w${n}${PLAIN}`).join('');
    const passages = await embedder.passages(content);
    expect(passages.length).toBeGreaterThan(1);
    const texts = passages.map(({ start, end }) => content.slice(start, end));
    expect(texts.join('').replaceAll(RED, '').replaceAll(PLAIN, '')).toMatch(/^[w\d]+$/);
    const [coloured, plain] = await Promise.all([
      embedder.embedQuery(`${RED}red${PLAIN} boat`),
      model.embedQuery('red boat'),
    ]);
    expect(coloured).toEqual(plain);
  } finally {
    await model.close();
  }
});

it('as much of a query is embedded as is searched for words', async () => {
  const asked: string[] = [];
  const words = createWordEmbedder();
  const embedder = createPlainEmbedder({
    ...words,
    embedQuery: (text) => {
      asked.push(text);
      return words.embedQuery(text);
    },
  });
  await embedder.embedQuery(`${RED}boat${PLAIN} ${'x'.repeat(5_000_000)}`);
  expect(asked[0]).toMatch(/^boat x+$/);
  expect(asked[0]!.length).toBeLessThanOrEqual(MAX_QUERY);
});
