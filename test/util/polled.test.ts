import { describe, expect, test } from 'vitest';
import { DONE, iterated, type Polled, PolledPromise, polledFrom } from '../../src/util/polled.js';

/** Numbers that a test gives. */
function createGiven() {
  const values: number[] = [];
  let wakeUp = () => {};
  let isOver = false;
  let failure: Error | null = null;
  const polled: Polled<number> = {
    poll(wake) {
      if (isOver) return DONE;
      if (failure) throw failure;
      const [value] = values.splice(0, 1);
      if (value !== undefined) return { done: false, value };
      wakeUp = wake;
      return null;
    },
    end() {
      isOver = true;
      wakeUp();
    },
  };
  return {
    polled,
    give(value: number) {
      values.push(value);
      wakeUp();
    },
    fail(error: Error) {
      failure = error;
      wakeUp();
    },
  };
}

describe('polled values, by promises', () => {
  test('arrive in order', async () => {
    const { polled, give } = createGiven();
    const values = iterated(polled);
    const first = values.next();
    give(1);
    give(2);
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await values.next()).toEqual({ done: false, value: 2 });
  });

  test('end at once for a reader that leaves while waiting', async () => {
    const values = iterated(createGiven().polled);
    const waiting = values.next();
    await values.return();
    expect(await waiting).toEqual(DONE);
    expect(await values.next()).toEqual(DONE);
  });

  test('fail for a waiting reader', async () => {
    const { polled, fail } = createGiven();
    const waiting = iterated(polled).next();
    fail(new Error('broken'));
    await expect(waiting).rejects.toThrow('broken');
  });
});

describe('the values of a generator, polled', () => {
  /** All that comes until it is done, or the error that ends it. */
  async function all(polled: Polled<number>): Promise<(number | string)[]> {
    const seen: (number | string)[] = [];
    for (;;) {
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      try {
        const found = polled.poll(wake);
        if (!found) await woken;
        else if (found.done) return seen;
        else seen.push(found.value);
      } catch (error) {
        seen.push((error as Error).message);
      }
    }
  }

  test('come in their order, then its error, and then nothing', async () => {
    async function* numbers() {
      yield 1;
      yield 2;
      throw new Error('broken');
    }
    expect(await all(polledFrom(numbers()))).toEqual([1, 2, 'broken']);
  });

  test('end at once, and the generator is ended too', async () => {
    let isEnded = false;
    async function* numbers() {
      try {
        yield 1;
        yield 2;
      } finally {
        isEnded = true;
      }
    }
    const polled = polledFrom(numbers());
    await new Promise<void>((resolve) => expect(polled.poll(resolve)).toBeNull());
    expect(polled.poll(() => {})).toEqual({ done: false, value: 1 });
    let isWoken = false;
    expect(
      polled.poll(() => {
        isWoken = true;
      }),
    ).toBeNull();
    polled.end();
    expect(isWoken).toBe(true);
    expect(polled.poll(() => {})).toEqual(DONE);
    await expect.poll(() => isEnded).toBe(true);
  });
});

describe('a polled promise', () => {
  test('has its outcome once, when it has said so', async () => {
    let polled = new PolledPromise<string>(() => {});
    await new Promise<void>((resolve) => {
      polled = new PolledPromise(resolve);
      polled.follow(Promise.resolve('value'));
      expect([polled.isPending, polled.take()]).toEqual([true, null]);
    });
    expect(polled.isPending).toBe(false);
    expect([polled.take(), polled.take()]).toEqual(['value', null]);
  });

  test('throws its rejection, and follows another promise after that', async () => {
    let settled = () => {};
    const polled = new PolledPromise<string>(() => settled());
    const follow = (promise: Promise<string>) =>
      new Promise<void>((resolve) => {
        settled = resolve;
        polled.follow(promise);
      });
    await follow(Promise.reject(new Error('It failed.')));
    expect(() => polled.take()).toThrow('It failed.');
    await follow(Promise.resolve('value'));
    expect(polled.take()).toBe('value');
  });
});
