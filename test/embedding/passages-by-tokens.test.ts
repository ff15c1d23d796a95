import { describe, expect, it } from 'vitest';
import { modelDirectory } from '../../src/embedding/minilm/files.js';
import { cutByTokens } from '../../src/embedding/minilm/passages-by-tokens.js';
import { CONTENT_TOKENS, loadTokenizer, WINDOW } from '../../src/embedding/minilm/tokenizer.js';
import { expectToCover } from '../contract/embedder.js';

const tokenizer = loadTokenizer(modelDirectory());
const cut = (text: string) => [...cutByTokens(text, tokenizer.count)];

const ALPHABETS = {
  words: ['the ', 'boat ', 'unmoored, ', 'parseConfigFile ', 'src/app.ts\n', 'naïve ', '[SEP] ', '\r\n\t'],
  'words without spaces': ['boat', 'Quay', '_', '/', '.', 'x9', '«', '漢', '[MASK]'],
  'odd characters': [
    '\0',
    '\ufeff',
    '\u200b',
    '\ud800',
    '\udc00',
    '🚢',
    '≯',
    '한',
    '漢',
    'e\u0301',
    '\u000b',
    '\u2028',
    ' ',
    'ab',
  ],
  'torn words': ['abcdefghij'.repeat(60), '≯', '한국'.repeat(90), ' ', '🚢'.repeat(700)],
};

describe('passages of MiniLM', () => {
  it.each(Object.entries(ALPHABETS))('of %s each fit into the window, and cover the text', (_, pieces) => {
    const random = randomNumbers(7);
    const text = Array.from({ length: 6_000 }, () => pieces[Math.floor(random() * pieces.length)]!).join('');
    const passages = cut(text);
    expectToCover(passages, text);
    const counts = passages.map(({ start, end }) => tokenizer.count(text.slice(start, end)));
    expect(Math.max(...counts)).toBeLessThanOrEqual(CONTENT_TOKENS);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it('begin at words, fill the window, and share some words with the one before', () => {
    const text = 'harbour lights are burning '.repeat(400);
    const passages = cut(text);
    for (const [i, { start, end }] of passages.entries()) {
      if (i > 0) expect(text[start - 1]).toBe(' ');
      if (i > 0) expect(tokenizer.count(text.slice(start, passages[i - 1]!.end))).toBe(32);
      if (i < passages.length - 1) expect(tokenizer.count(text.slice(start, end))).toBe(CONTENT_TOKENS);
    }
  });

  it('leave out nothing but texts without a token', () => {
    expect(cut('\0\0\u0001 \ufeff')).toEqual([]);
    expect(cut('\0 a \0')).toEqual([{ start: 0, end: 5 }]);
  });
});

describe('tokens of MiniLM', () => {
  it('end with the special one, however long the text is', () => {
    const whole = tokenizer.encode('boat');
    for (const long of ['boat '.repeat(300), 'boat '.repeat(50_000)]) {
      const ids = tokenizer.encode(long);
      expect(ids).toHaveLength(WINDOW);
      expect([ids[0], ids[1], ids.at(-1)]).toEqual(whole);
    }
  });
});

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
