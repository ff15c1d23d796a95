import { afterEach, describe, expect, it, vi } from 'vitest';
import { backoff } from '../../src/util/backoff.js';

const withChance = (chance: number) => vi.spyOn(Math, 'random').mockReturnValue(chance);

afterEach(() => void vi.restoreAllMocks());

describe('backoff', () => {
  it('doubles from the base up to the cap', () => {
    withChance(0);
    expect([0, 1, 2, 3, 4, 5, 5_000].map((failures) => backoff(failures, { base: 10, cap: 100 }))).toEqual([
      0, 10, 20, 40, 80, 100, 100,
    ]);
    expect(backoff(3, { base: 10 })).toBe(40);
  });

  it('leaves half of it to chance, or as much as is asked for', () => {
    withChance(0.999_999);
    expect(backoff(2, { base: 10 })).toBeCloseTo(10, 3);
    expect(backoff(2, { base: 10, jitter: 1 })).toBeCloseTo(0, 3);
    expect(backoff(2, { base: 10, jitter: 0 })).toBe(20);
  });
});
