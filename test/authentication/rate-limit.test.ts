import { describe, expect, it } from 'vitest';
import { bucketOf, createRateLimit } from '../../src/authentication/rate-limit.js';

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

it('counts an IPv6 network as one sender, since one client may have all of its addresses', () => {
  expect(bucketOf('2001:db8:1:2::3')).toBe(bucketOf('2001:db8:1:2:ffff:1:2:3'));
  expect(bucketOf('2001:db8:1:2::3')).not.toBe(bucketOf('2001:db8:1:3::3'));
  expect(bucketOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(bucketOf('::1')).toBe('0:0:0:0');
  expect(bucketOf('fe80::1%eth0')).toBe('fe80:0:0:0');
  expect(bucketOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(bucketOf('10.0.0.2')).toBe('10.0.0.2');
});
