import { describe, expect, it } from 'vitest';
import { cutByBytes } from '../../src/embedding/voyage/passages-by-bytes.js';
import { expectToCover } from '../contract/embedder.js';

const cut = (text: string, bytes: number) =>
  cutByBytes(text, bytes).map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));

const PIECES = {
  words: ['the ', 'boat ', 'unmoored, ', 'src/app.ts\n', 'naïve. ', '\n\n', 'Done! '],
  'odd characters': ['\0', '\ufeff', '\ud800', '\udc00', '🚢', '≯', '한', 'e\u0301', ' ', '\u2028', 'ab'],
  'no spaces': ['漢', '。', '🚢', 'é', 'x'],
};

describe('passages of Voyage', () => {
  it.each(Object.entries(PIECES))("of %s don't exceed the limit of bytes, and cover the text", (_, pieces) => {
    let state = 7;
    const next = () => {
      state = (state * 48_271) % 2_147_483_647;
      return pieces[state % pieces.length]!;
    };
    const text = Array.from({ length: 5_000 }, next).join('');
    for (const bytes of [64, 1_000, 4_096]) {
      const passages = cut(text, bytes);
      expectToCover(passages, text);
      expect(Math.max(...passages.map((each) => Buffer.byteLength(each.text)))).toBeLessThanOrEqual(bytes);
      expect(passages.length).toBeLessThan((Buffer.byteLength(text) / bytes) * 1.6 + 2);
    }
  });

  it('end at paragraphs, else sentences, else words, and begin at words', () => {
    const sentence = 'The boats lie at the quay. ';
    const paragraphs = cut(`${sentence.repeat(8)}\n\n`.repeat(9), 1_000);
    const sentences = cut(sentence.repeat(90), 1_000);
    const words = cut('quay '.repeat(900), 1_000);
    for (const { text } of paragraphs.slice(0, -1)) expect(text).toMatch(/\n\n$/);
    for (const { text } of sentences.slice(0, -1)) expect(text).toMatch(/quay\. $/);
    for (const { text } of [...words.slice(0, -1)]) expect(text).toMatch(/quay $/);
    for (const { text } of [...paragraphs, ...sentences, ...words]) expect(text).toMatch(/^\w+/);
  });

  it('share about a tenth with the one before', () => {
    const passages = cut('quay '.repeat(900), 1_000);
    for (const [i, { start }] of passages.slice(1).entries()) {
      const shared = passages[i]!.end - start;
      expect(shared).toBeGreaterThan(80);
      expect(shared).toBeLessThanOrEqual(100);
    }
  });

  it('are one for a text that fits, and none for a blank one', () => {
    expect(cutByBytes('⚓'.repeat(10), 30)).toEqual([{ start: 0, end: 10 }]);
    expect(cutByBytes('⚓'.repeat(10), 29)).toHaveLength(2);
    expect(cutByBytes(' \n ', 1)).toEqual([]);
  });
});
