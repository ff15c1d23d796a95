import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createMoment } from '../../src/storage/sqlite/moment.js';

it('reads each key once in a turn of the event loop, and again in the next', async () => {
  const moment = createMoment();
  const read = vi.fn(() => ({}));
  const first = moment.once('a', read);
  await Promise.resolve();
  expect(moment.once('a', read)).toBe(first);
  expect(moment.once('b', read)).not.toBe(first);
  expect(read).toHaveBeenCalledTimes(2);
  await nextTurn();
  expect(moment.once('a', read)).not.toBe(first);
});

it('reads again once it ended, and what failed', () => {
  const moment = createMoment();
  let value = 1;
  expect(moment.once('a', () => value)).toBe(1);
  value = 2;
  moment.end();
  expect(moment.once('a', () => value)).toBe(2);
  const fail = (): number => {
    throw new Error('the disk');
  };
  expect(() => moment.once('b', fail)).toThrow('the disk');
  expect(moment.once('b', () => value)).toBe(2);
});
