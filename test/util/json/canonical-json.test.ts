import { describe, expect, it } from 'vitest';
import { canonical, isSameCanonical } from '../../../src/util/json/canonical-json.js';

describe('two values', () => {
  it.each<[string, unknown, unknown]>([
    ['members in another order', { a: 1, b: [{ c: 2, d: null }] }, { b: [{ d: null, c: 2 }], a: 1 }],
    ['a member that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['another member that is undefined', { a: 1, b: undefined }, { a: 1, c: undefined }],
    ['zeros of either sign', [0], [-0]],
    ['what JSON knows no number for', [Number.NaN], [null]],
    ['a key that objects have anyway', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ])('are the same with %s', (_, a, b) => {
    expect(canonical(a)).toBe(canonical(b));
    expect(isSameCanonical(a, b)).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['a list and an object', ['a'], { 0: 'a' }],
    ['an empty list and an empty object', [], {}],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['null and nothing', { a: null }, {}],
    ['as many members of other names', { a: 1 }, { b: 1 }],
    ['a key that objects have anyway', JSON.parse('{"toString":1}'), { a: 1 }],
    ['the order of a list', [1, 2], [2, 1]],
    ['a part of a list', [1], [1, 2]],
    ['characters that look alike', ['é'], ['e\u0301']],
    ['something deep inside', { a: [{ b: { c: 1 } }] }, { a: [{ b: { c: 2 } }] }],
  ])('differ in %s', (_, a, b) => {
    expect(canonical(a)).not.toBe(canonical(b));
    expect(isSameCanonical(a, b)).toBe(false);
  });
});
