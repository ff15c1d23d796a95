import { expect, test } from 'vitest';
import { mapEvents, type Send, sendResults } from '../../../src/server/subscriptions/event-stream.js';
import { type SerializedResult, serializedOnce } from '../../../src/server/subscriptions/shared-results.js';
import { DONE, iterated } from '../../../src/util/polled.js';

test('a new result is sent at once; one that was ready waits for its turn, and for the one before', async () => {
  const results: SerializedResult[] = [];
  let isOver = false;
  let wakeUp = () => {};
  const source = iterated<SerializedResult>({
    poll(wake) {
      const value = results.shift();
      if (value) return { done: false, value };
      if (isOver) return DONE;
      wakeUp = wake;
      return null;
    },
    end: () => {},
  });
  const sent: string[] = [];
  let taken = () => {};
  const by =
    (how: string): Send =>
    (json, done) => {
      sent.push(`${how} ${json}`);
      taken = done;
    };
  const sending = sendResults(source, by('at once'), by('in turn')).next();
  results.push(...[1, 2].map((n) => serializedOnce({ data: { n } })));
  wakeUp();
  expect(sent).toEqual(['at once {"data":{"n":1}}']);
  taken();
  expect(sent).toEqual(['at once {"data":{"n":1}}', 'in turn {"data":{"n":2}}']);
  isOver = true;
  taken();
  expect(await sending).toEqual(DONE);
});

test('the error that ends a stream is sent before its end', async () => {
  let wakeUp = () => {};
  let isBroken = false;
  const results = mapEvents(
    {
      poll(wake) {
        if (isBroken) throw new Error('broken');
        wakeUp = wake;
        return null;
      },
      end: () => wakeUp(),
    },
    {
      resolve: () => serializedOnce({}),
      show: serializedOnce,
      fail: () => serializedOnce({ data: null }),
      interruption: () => null,
      onInterruption: () => () => {},
      end: () => {},
    },
  );
  const waiting = results.next();
  isBroken = true;
  wakeUp();
  expect((await waiting).value?.data).toBeNull();
  expect(await results.next()).toEqual(DONE);
});
