import { describe, expect, it } from 'vitest';
import { delay, nextTurn, settlesWithin, withTimeout } from '../../src/util/async.js';

const never = new Promise<never>(() => {});
const failing = () => Promise.reject(new Error('It failed.'));

describe('delay', () => {
  it('says that the time has passed', async () => {
    const start = performance.now();
    expect(await delay(5)).toBe(true);
    expect(performance.now() - start).toBeGreaterThanOrEqual(4);
  });

  it('ends early, and without an error, when its signal aborts', async () => {
    const stop = new AbortController();
    const waiting = delay(60_000, { signal: stop.signal });
    stop.abort(new Error('stop'));
    expect(await waiting).toBe(false);
    expect(await delay(60_000, { signal: stop.signal })).toBe(false);
  });
});

describe('nextTurn', () => {
  it('lets earlier scheduled work go first', async () => {
    let isDone = false;
    setImmediate(() => {
      isDone = true;
    });
    await nextTurn();
    expect(isDone).toBe(true);
  });
});

describe('withTimeout', () => {
  it('passes on the outcome of work that is done in time', async () => {
    expect(await withTimeout(Promise.resolve(1), 60_000, () => 2)).toBe(1);
    await expect(withTimeout(failing(), 60_000, () => 2)).rejects.toThrow('It failed.');
  });

  it('returns or throws what `onTimeout` does when the work takes longer', async () => {
    expect(await withTimeout(never, 1, () => 2)).toBe(2);
    const late = withTimeout(never, 1, () => {
      throw new Error('Too late.');
    });
    await expect(late).rejects.toThrow('Too late.');
  });

  it('ignores a failure that comes after the timeout', async () => {
    const work = delay(5).then(failing);
    expect(await withTimeout(work, 1, () => 'late')).toBe('late');
    await expect(work).rejects.toThrow();
  });
});

describe('settlesWithin', () => {
  it('says whether a promise settled in time', async () => {
    expect(await settlesWithin(Promise.resolve(), 60_000)).toBe(true);
    expect(await settlesWithin(never, 1)).toBe(false);
    await expect(settlesWithin(failing(), 60_000)).rejects.toThrow('It failed.');
  });
});
