import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createTickMemo } from '../../../src/storage/sqlite/open-file.js';

it('computes once for all promises of one callback, and again in the next callback of the same turn', async () => {
  const look = vi.fn(() => ({}));
  const memo = createTickMemo(look);
  await nextTurn();
  const looks = [0, 1].map(
    () =>
      new Promise<object[]>((resolve) => {
        setImmediate(async () => {
          const first = memo.value();
          for (let step = 0; step < 10; step += 1) await null;
          resolve([first, memo.value()]);
        });
      }),
  );
  const [[first, again], [later]] = (await Promise.all(looks)) as [object[], object[]];
  expect(again).toBe(first);
  expect(later).not.toBe(first);
  expect(look).toHaveBeenCalledTimes(2);
});

it('computes again once it is cleared, and after a failure', () => {
  const look = vi.fn(() => 1);
  const memo = createTickMemo(look);
  expect(memo.value()).toBe(1);
  memo.clear();
  look.mockImplementationOnce(() => {
    throw new Error('the disk');
  });
  expect(memo.value).toThrow('the disk');
  expect(memo.value()).toBe(1);
  expect(look).toHaveBeenCalledTimes(3);
});
