import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { createTurns } from '../../../src/server/execution/turns.js';
import { GoneError, type Turn, type Turns } from '../../../src/util/turn.js';

let turns: Turns;
let now: number;
let order: string[];
beforeEach(() => {
  now = 0;
  turns = createTurns(() => now);
  order = [];
});

/** Blocks the thread for longer than pieces may run in one round. */
function keepThread(): void {
  now += 11;
}
/** Makes all further work of this round of the event loop wait. */
const useUp = () => turns.of()(keepThread);
const pieces = (turn: Turn, name: string, count: number, work = () => {}) =>
  Array.from({ length: count }, (_, n) =>
    Promise.resolve(
      turn(() => {
        order.push(`${name}${n}`);
        work();
      }),
    ),
  );

describe('turns', () => {
  test('run work at once, and return its result directly, while nobody waits and there is time', () => {
    const turn = turns.of();
    expect(turn(() => 7)).toBe(7);
    expect(() =>
      turn(() => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    pieces(turns.of(), 'a', 3);
    expect(order).toEqual(['a0', 'a1', 'a2']);
  });

  test('let work wait for the next round of the event loop once the thread was kept for long', async () => {
    useUp();
    const answer = turns.of()(() => order.push('waited'));
    expect(answer).toBeInstanceOf(Promise);
    await Promise.resolve();
    expect(order).toEqual([]);
    expect(await answer).toBe(1);
    expect(turns.of()(() => 'at once again')).toBe('at once again');
  });

  test('keep the order of one owner, even when there is time again', async () => {
    useUp();
    const turn = turns.of();
    const first = pieces(turn, 'a', 300);
    await first[0];
    const last = pieces(turn, 'b', 1);
    await Promise.all([...first, ...last]);
    expect(order).toEqual([...Array.from({ length: 300 }, (_, n) => `a${n}`), 'b0']);
  });

  test('alternate: an owner with one piece waits for at most one of each other owner', async () => {
    useUp();
    const all = [...pieces(turns.of(), 'a', 200), ...pieces(turns.of(), 'b', 200), ...pieces(turns.of(), 'c', 1)];
    await Promise.all(all);
    expect(order.slice(0, 5)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1']);
    expect(order).toHaveLength(401);
  });

  test('alternate for an owner that comes later, too', async () => {
    useUp();
    const all = [...pieces(turns.of(), 'a', 9, keepThread), ...pieces(turns.of(), 'b', 9, keepThread)];
    await all[0];
    const before = order.length;
    await Promise.all(pieces(turns.of(), 'c', 1));
    expect(order.slice(before).indexOf('c0')).toBeLessThanOrEqual(2);
    expect(order.length).toBeLessThan(9);
    await Promise.all(all);
  });

  test('let light work go first', async () => {
    useUp();
    const all = [
      ...pieces(turns.of(), 'heavy', 5),
      ...pieces(turns.of({ isLight: true }), 'light', 5),
      ...pieces(turns.of({ isLight: true }), 'other', 5),
    ];
    await Promise.all(all);
    const last = Math.max(order.indexOf('light4'), order.indexOf('other4'));
    expect(order.slice(0, last).filter((name) => name.startsWith('heavy')).length).toBeLessThanOrEqual(1);
  });

  test('let light work begin at once while there is time, though others wait', async () => {
    useUp();
    const heavy = pieces(turns.of(), 'heavy', 3);
    const late = turns.of({ isLight: true })(() => 7);
    expect(late).toBeInstanceOf(Promise);
    await late;
    expect(order).not.toContain('heavy2');
    expect(turns.of({ isLight: true })(() => 7)).toBe(7);
    await Promise.all(heavy);
  });

  test('let light work continue once it has begun, in its own order, while there is time', async () => {
    useUp();
    const own = turns.of({ isLight: true });
    const others = pieces(turns.of({ isLight: true }), 'other', 3);
    const [first, second] = pieces(own, 'own', 2);
    await first;
    // One of its pieces waits: what comes later can't be done before it.
    const third = own(() => order.push('own2'));
    expect(third).toBeInstanceOf(Promise);
    await Promise.all([second, third, ...others]);
    expect(order.filter((name) => name.startsWith('own'))).toEqual(['own0', 'own1', 'own2']);

    useUp();
    const waiting = pieces(turns.of({ isLight: true }), 'waiting', 3);
    await Promise.all(pieces(own, 'next', 1));
    expect(own(() => 'at once')).toBe('at once');
    expect(order).not.toContain('waiting2');
    await Promise.all(waiting);

    useUp();
    const heavy = turns.of();
    const more = pieces(turns.of({ isLight: true }), 'more', 3);
    await Promise.all(pieces(heavy, 'heavy', 1));
    expect(heavy(() => 'later')).toBeInstanceOf(Promise);
    await Promise.all(more);
  });

  test('run a call of a store within a piece as a part of that piece, and let it wait elsewhere', async () => {
    const store = turns.of({ isPart: true });
    useUp();
    const within = await turns.of()(() => [store(() => 7)]);
    expect(within).toEqual([7]);
    useUp();
    expect(store(() => 7)).toBeInstanceOf(Promise);
    const afterwards = turns.of()(async () => {
      await nextRound();
      keepThread();
      useUp();
      return [store(() => 7)];
    });
    expect((await afterwards)[0]).toBeInstanceOf(Promise);
  });

  test('but run a heavy piece in each round, however much light work there is', async () => {
    useUp();
    const heavy = pieces(turns.of(), 'heavy', 3);
    const light = pieces(turns.of({ isLight: true }), 'light', 10, keepThread);
    await Promise.all(heavy);
    expect(order.indexOf('heavy2')).toBeLessThan(6);
    await Promise.all(light);
    expect(order).toHaveLength(13);
  });

  test('let the event loop run between two rounds: sockets are read, and immediates run', async () => {
    const server = createServer((socket) => socket.on('data', () => order.push('received'))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(server, 'connection');
    useUp();
    const all = pieces(turns.of(), 'a', 20, keepThread);
    await all[0];
    socket.write('hello');
    setImmediate(() => order.push('immediate'));
    await Promise.all(all);
    for (const name of ['received', 'immediate']) {
      expect(order).toContain(name);
      expect(order.indexOf(name)).toBeLessThan(order.indexOf('a10'));
    }
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('never begin waiting or later work of an owner that is gone', async () => {
    let isGone = false;
    const turn = turns.of({ isGone: () => isGone });
    useUp();
    const waiting = pieces(turn, 'gone', 3);
    const others = pieces(turns.of(), 'other', 3);
    isGone = true;
    for (const each of waiting) await expect(each).rejects.toThrow(GoneError);
    await Promise.all(others);
    await nextRound();
    // There is time, and nobody waits.
    await expect(turn(() => order.push('gone'))).rejects.toThrow(GoneError);
    expect(order).toEqual(['other0', 'other1', 'other2']);
  });

  test('let a piece that throws or rejects fail alone', async () => {
    const turn = turns.of();
    useUp();
    const thrown = turn(() => {
      throw new Error('thrown');
    });
    const rejected = turn(() => Promise.reject(new Error('rejected')));
    const fine = turn(async () => 'fine');
    const others = pieces(turns.of(), 'other', 2);
    await expect(thrown).rejects.toThrow('thrown');
    await expect(rejected).rejects.toThrow('rejected');
    expect(await fine).toBe('fine');
    await Promise.all(others);
    expect(order).toEqual(['other0', 'other1']);
  });
});
