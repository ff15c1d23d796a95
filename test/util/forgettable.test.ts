import { expect, it } from 'vitest';
import { forgetTexts, forgettable } from '../../src/util/forgettable.js';
import { memoize } from '../../src/util/memoize.js';

it('a memoized function of texts computes each once, until texts are forgotten', () => {
  const made: string[] = [];
  const length = memoize(
    (text) => {
      made.push(text);
      return text.length;
    },
    { texts: 10, length: 5 },
  );
  for (const text of ['one', 'one', 'longer', 'longer']) expect(length(text)).toBe(text.length);
  expect(made).toEqual(['one', 'longer', 'longer']);
  forgetTexts();
  expect(length('one')).toBe(3);
  expect(made.slice(3)).toEqual(['one']);
});

it('every cache of texts is emptied', () => {
  const caches = [forgettable(new Map([['a', 1]])), forgettable(new Map([['b', 2]]))];
  forgetTexts();
  expect(caches.map(({ size }) => size)).toEqual([0, 0]);
});
