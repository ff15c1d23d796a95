import { expect, test } from 'vitest';
import { createAlarm } from '../../src/services/subscriptions/alarm.js';

const round = () => new Promise<void>((resolve) => setImmediate(resolve));

test('wakes few at once, and others are heard before the next', async () => {
  const alarm = createAlarm();
  let woken = 0;
  for (let n = 0; n < 300; n += 1)
    alarm.add(() => {
      woken += 1;
    });
  alarm.wakeAll();
  const seen = [woken];
  for (let n = 0; n < 3; n += 1) {
    await round();
    seen.push(woken);
  }
  expect(seen).toEqual([128, 256, 300, 300]);
});

test('wakes who waits again only for what comes then, and nobody who left', async () => {
  const alarm = createAlarm();
  const woken: string[] = [];
  const wakers = Array.from({ length: 200 }, (_, n) => () => void woken.push(`${n}`));
  const again = () => {
    woken.push('again');
    alarm.add(again);
  };
  alarm.add(again);
  for (const wake of wakers) alarm.add(wake);
  alarm.wakeAll();
  expect(woken).toHaveLength(128);
  alarm.remove(wakers[199]!);
  alarm.wakeAll();
  for (let n = 0; n < 3; n += 1) await round();
  expect(woken.filter((each) => each === 'again')).toHaveLength(2);
  expect(woken).not.toContain('199');
  expect(new Set(woken).size).toBe(200);
});
