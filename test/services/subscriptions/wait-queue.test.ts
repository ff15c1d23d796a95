import { expect, test } from 'vitest';
import { createWaitQueue } from '../../../src/services/subscriptions/wait-queue.js';

const round = () => new Promise<void>((resolve) => setImmediate(resolve));

test('wakes a few at a time, with rounds of the event loop in between', async () => {
  const waiting = createWaitQueue();
  let woken = 0;
  for (let n = 0; n < 300; n += 1)
    waiting.add(() => {
      woken += 1;
    });
  waiting.wakeAll();
  const seen = [woken];
  for (let n = 0; n < 3; n += 1) {
    await round();
    seen.push(woken);
  }
  expect(seen).toEqual([128, 256, 300, 300]);
});

test('wakes a waiter that waits again only for the next event, and none that left', async () => {
  const waiting = createWaitQueue();
  const woken: string[] = [];
  const wakers = Array.from({ length: 200 }, (_, n) => () => void woken.push(`${n}`));
  const again = () => {
    woken.push('again');
    waiting.add(again);
  };
  waiting.add(again);
  for (const wake of wakers) waiting.add(wake);
  waiting.wakeAll();
  expect(woken).toHaveLength(128);
  waiting.remove(wakers[199]!);
  waiting.wakeAll();
  for (let n = 0; n < 3; n += 1) await round();
  expect(woken.filter((each) => each === 'again')).toHaveLength(2);
  expect(woken).not.toContain('199');
  expect(new Set(woken).size).toBe(200);
});
