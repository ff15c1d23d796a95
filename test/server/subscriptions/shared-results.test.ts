import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/server/limits.js';
import {
  createSharedResults,
  type EventResult,
  type SharedResults,
  serializedOnce,
} from '../../../src/server/subscriptions/shared-results.js';

let results: SharedResults;
let made: number;
beforeEach(() => {
  results = createSharedResults();
  made = 0;
});

const follower = (resultKey = 'all', isGone = () => false) => ({ resultKey, since: results.begun(), isGone });
const make = async (text = '') => {
  made += 1;
  return serializedOnce({ data: { made, text } });
};
const ask = async (event: object, by = follower(), text = '') => results.of(event, by, () => make(text));

describe('the result of an event', () => {
  test('is computed once per result key, for concurrent and later followers', async () => {
    const [event, one, two, three] = [{}, follower(), follower(), follower()];
    const [first, second] = await Promise.all([ask(event, one), ask(event, two)]);
    expect(second).toBe(first);
    expect(await ask(event, three)).toBe(first);
    expect(made).toBe(1);
  });

  test('is computed for each result key, and for each event', async () => {
    const [event, one, other] = [{}, follower(), follower('others')];
    await ask(event, one);
    await ask(event, other);
    await ask({}, one);
    expect(made).toBe(3);
  });

  test('that was begun before a follower joined is not for that follower', async () => {
    const [event, early] = [{}, follower()];
    await ask(event, early);
    const late = follower();
    await ask(event, late);
    expect(made).toBe(2);
    expect(await ask(event, early)).toBe(await ask(event, late));
    expect(made).toBe(2);
  });

  test('isn’t kept when it has errors, or can’t be computed', async () => {
    const event = {};
    const by = follower();
    const failing = () => results.of(event, by, () => Promise.reject(new Error('no')));
    await expect(failing()).rejects.toThrow('no');
    const errors = { errors: [] };
    expect(await results.of(event, by, async () => errors)).toBe(errors);
    await ask(event, by);
    expect(made).toBe(1);
  });

  test('is wanted while anybody waits, and computed again for a follower that comes after', async () => {
    const event = {};
    const left = new Set<string>();
    const named = (name: string) => follower('all', () => left.has(name));
    let isGone = () => false;
    let settle: (result: EventResult) => void = () => {};
    const held = (given: () => boolean) => {
      isGone = given;
      return new Promise<EventResult>((resolve) => {
        settle = resolve;
      });
    };
    const [a, b, c] = [named('a'), named('b'), named('c')];
    void results.of(event, a, held);
    void results.of(event, b, held);
    left.add('a');
    expect(isGone()).toBe(false);
    left.add('b');
    expect(isGone()).toBe(true);
    const fresh = ask(event, c);
    settle({ errors: [] });
    expect(await fresh).toMatchObject({ data: { made: 1 } });
  });
});

describe('results that are kept', () => {
  test('are the latest, as far as there is room', async () => {
    const events = [{}, {}, {}];
    const by = follower();
    const text = 'x'.repeat(LIMITS.sharedChars * 0.4);
    for (const event of events) await ask(event, by, text);
    await ask(events[2]!, by);
    await ask(events[1]!, by);
    expect(made).toBe(3);
    await ask(events[0]!, by);
    expect(made).toBe(4);
  });

  test('go with their event', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const held = await (async () => new WeakRef((await ask({})) as object))();
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(held.deref()).toBeUndefined();
  });
});
