import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createMoment } from '../../../src/storage/sqlite/moment.js';

it('looks once for all promises of one callback, and again in the next callback of the same turn', async () => {
  const look = vi.fn(() => ({}));
  const moment = createMoment(look);
  await nextTurn();
  const looks = [0, 1].map(
    () =>
      new Promise<object[]>((resolve) => {
        setImmediate(async () => {
          const first = moment.value();
          for (let step = 0; step < 10; step += 1) await null;
          resolve([first, moment.value()]);
        });
      }),
  );
  const [[first, again], [later]] = (await Promise.all(looks)) as [object[], object[]];
  expect(again).toBe(first);
  expect(later).not.toBe(first);
  expect(look).toHaveBeenCalledTimes(2);
});

it('looks again once it ended, and where it failed', () => {
  const look = vi.fn(() => 1);
  const moment = createMoment(look);
  expect(moment.value()).toBe(1);
  moment.end();
  look.mockImplementationOnce(() => {
    throw new Error('the disk');
  });
  expect(moment.value).toThrow('the disk');
  expect(moment.value()).toBe(1);
  expect(look).toHaveBeenCalledTimes(3);
});
