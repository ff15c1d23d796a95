import { describe, expect, test } from 'vitest';
import { createGauge } from '../../../src/server/execution/gauge.js';
import { createRoom } from '../../../src/server/execution/room.js';

describe('room', () => {
  /** Work that takes so much, and says when it is let in. */
  function setUp(size: number) {
    const room = createRoom(size);
    const inside = new Map<string, () => void>();
    const enter = async (name: string, amount: number) => void inside.set(name, await room.take(amount));
    const leave = async (name: string) => {
      inside.get(name)!();
      inside.delete(name);
      await settled();
    };
    return { inside, enter, leave, names: () => [...inside.keys()] };
  }
  /** After all promises that hang on what was done have gone on. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

  test('is taken at once while there is some', () => {
    const room = createRoom(10);
    expect(room.take(6)).toBeTypeOf('function');
    expect(room.take(4)).toBeTypeOf('function');
    expect(room.take(1)).toBeInstanceOf(Promise);
  });

  test('is given to what needs least first, and never more than there is', async () => {
    const { enter, leave, names } = setUp(10);
    for (const [name, amount] of [
      ['a', 9],
      ['eight', 8],
      ['three', 3],
      ['six', 6],
      ['other three', 3],
    ] as const)
      void enter(name, amount);
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

  test('is given to what is bigger than all of it, alone', async () => {
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

  test('that is given back twice counts once', async () => {
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

test('a gauge holds as much as there is room for, and nothing of what is too much', () => {
  const gauge = createGauge(10);
  expect(gauge.hold(6)).toBe(true);
  expect(gauge.hold(5)).toBe(false);
  expect(gauge.hold(4)).toBe(true);
  expect(gauge.hold(1)).toBe(false);
  gauge.release(6);
  expect(gauge.hold(7)).toBe(false);
  expect(gauge.hold(6)).toBe(true);
});
