import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/authentication/rate-limit.js';

describe('a limit per minute', () => {
  it('lets as many pass at once, then one each time its share of a minute has passed', () => {
    let now = 0;
    const { take } = createRateLimit(() => now);
    const burst = Array.from({ length: 6 }, () => take('a', 5));
    expect(burst).toEqual([0, 0, 0, 0, 0, 12]);
    now = 11_999;
    expect(take('a', 5)).toBe(1);
    now = 12_000;
    expect([take('a', 5), take('a', 5)]).toEqual([0, 12]);
    now = 600_000;
    expect(Array.from({ length: 6 }, () => take('a', 5))).toEqual([0, 0, 0, 0, 0, 12]);
  });

  it('counts each name for itself', () => {
    const { take } = createRateLimit(() => 0);
    expect([take('a', 1), take('a', 1), take('b', 1)]).toEqual([0, 60, 0]);
  });

  it('takes a lowered limit at once', () => {
    const { take } = createRateLimit(() => 0);
    take('a', 100);
    expect([take('a', 1), take('a', 1)]).toEqual([0, 60]);
  });

  it('keeps a bounded number of names, and forgets the one that was used least recently', () => {
    const { take } = createRateLimit(() => 0, 2);
    take('a', 1);
    take('b', 1);
    expect(take('a', 1)).toBe(60);
    take('c', 1);
    expect([take('a', 1), take('b', 1)]).toEqual([60, 0]);
  });
});
