import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '../../../src/search/log/pace.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pace whose work took 4 ms, next to other work that takes `othersTake` ms in its turn; and whether its pause is over. */
function pausing(othersTake: number) {
  const pace = createPace(async () => othersTake);
  vi.advanceTimersByTime(4);
  let isOver = false;
  void pace.pause().then(() => {
    isOver = true;
  });
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms);
    return isOver;
  };
  return { pace, after };
}

it('continues at once when there is no other work', async () => {
  expect(await pausing(0.05).after(0)).toBe(true);
});

it('rests for three times as long as it worked where others have', async () => {
  const { after } = pausing(1);
  expect(await after(11)).toBe(false);
  expect(await after(1)).toBe(true);
});

it('doesn’t rest while somebody waits for it, and ends a rest in progress', async () => {
  const { pace, after } = pausing(1);
  expect(await after(1)).toBe(false);
  const calmDown = pace.hurry();
  expect(await after(0)).toBe(true);
  const other = pace.hurry();
  calmDown();
  calmDown();
  vi.advanceTimersByTime(4);
  await pace.pause();
  other();
  vi.advanceTimersByTime(4);
  const last = vi.fn();
  void pace.pause().then(last);
  await vi.advanceTimersByTimeAsync(11);
  expect(last).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(last).toHaveBeenCalled();
});
