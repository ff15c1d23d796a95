import { describe, expect, it } from 'vitest';
import { isDeeperThan, isEqual, sizeOf } from '../../../src/util/json/json.js';

describe('sizeOf', () => {
  it('is near the length of the JSON', () => {
    const value = {
      id: 'a'.repeat(100),
      tags: Array.from({ length: 50 }, (_, n) => `tag ${n}`),
      count: 12,
      none: null,
    };
    expect(Math.abs(sizeOf(value) / JSON.stringify(value).length - 1)).toBeLessThan(0.2);
  });

  it('stops once the limit is exceeded', () => {
    const size = sizeOf(
      Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(100) })),
      500,
    );
    expect(size).toBeGreaterThan(500);
    expect(size).toBeLessThan(1_000);
  });
});

describe('isEqual', () => {
  it('ignores the order of keys, and nothing else', () => {
    expect(isEqual({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(isEqual([1, 2], [2, 1])).toBe(false);
    expect(isEqual({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(isEqual({}, [])).toBe(false);
    expect(isEqual({ a: null }, { a: {} })).toBe(false);
  });
});

describe('isDeeperThan', () => {
  it('counts how deep lists and objects are nested', () => {
    expect(isDeeperThan(2, [{ a: [] }])).toBe(false);
    expect(isDeeperThan(1, [{ a: [] }])).toBe(true);
  });
});
