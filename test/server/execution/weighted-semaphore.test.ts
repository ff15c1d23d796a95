import { describe, expect, test } from 'vitest';
import { createMemoryBudget } from '../../../src/server/execution/budgets.js';
import { createWeightedSemaphore } from '../../../src/server/execution/weighted-semaphore.js';

describe('a weighted semaphore', () => {
  /** Work of a weight, and the names of what is in progress. */
  function setUp(capacity: number) {
    const semaphore = createWeightedSemaphore(capacity);
    const inside = new Map<string, () => void>();
    const enter = async (name: string, weight: number) => void inside.set(name, await semaphore.acquire(weight));
    const leave = async (name: string) => {
      inside.get(name)!();
      inside.delete(name);
      await settled();
    };
    return { inside, enter, leave, names: () => [...inside.keys()] };
  }
  /** After all promises that depend on what was done have settled. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

  test('admits work at once while it fits', () => {
    const semaphore = createWeightedSemaphore(10);
    expect(semaphore.acquire(6)).toBeTypeOf('function');
    expect(semaphore.acquire(4)).toBeTypeOf('function');
    expect(semaphore.acquire(1)).toBeInstanceOf(Promise);
  });

  test('admits the lightest first, and never exceeds its capacity', async () => {
    const { enter, leave, names } = setUp(10);
    for (const [name, weight] of [
      ['a', 9],
      ['eight', 8],
      ['three', 3],
      ['six', 6],
      ['other three', 3],
    ] as const)
      void enter(name, weight);
    await settled();
    expect(names()).toEqual(['a']);
    void enter('one', 1);
    await settled();
    expect(names()).toEqual(['a', 'one']);
    await leave('a');
    expect(names()).toEqual(['one', 'three', 'other three']);
    await leave('three');
    expect(names()).toEqual(['one', 'other three', 'six']);
    await leave('one');
    await leave('six');
    expect(names()).toEqual(['other three']);
    await leave('other three');
    expect(names()).toEqual(['eight']);
  });

  test('admits work heavier than its capacity on its own', async () => {
    const { enter, leave, names } = setUp(10);
    void enter('small', 1);
    void enter('huge', 50);
    await settled();
    expect(names()).toEqual(['small']);
    await leave('small');
    expect(names()).toEqual(['huge']);
    void enter('small', 1);
    await settled();
    expect(names()).toEqual(['huge']);
    await leave('huge');
    expect(names()).toEqual(['small']);
  });

  test('counts a second release of the same work no more', async () => {
    const { enter, inside, leave, names } = setUp(10);
    void enter('a', 5);
    void enter('b', 5);
    await settled();
    const back = inside.get('a')!;
    await leave('a');
    back();
    void enter('c', 5);
    void enter('d', 5);
    await settled();
    expect(names()).toEqual(['b', 'c']);
  });
});

test('a memory budget reserves up to its limit, and nothing of what exceeds it', () => {
  const budget = createMemoryBudget(10);
  expect(budget.reserve(6)).toBe(true);
  expect(budget.reserve(5)).toBe(false);
  expect(budget.reserve(4)).toBe(true);
  expect(budget.reserve(1)).toBe(false);
  budget.release(6);
  expect(budget.reserve(7)).toBe(false);
  expect(budget.reserve(6)).toBe(true);
});
