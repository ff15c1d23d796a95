import type { Stats } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFreshness, createPublisher, SHARED } from '../../../src/storage/file/cache/freshness.js';
import { createLogStat } from '../../../src/storage/file/cache/log-stat.js';

const stats = (size: number) => ({ ino: 7, size, ctimeMs: 1 }) as Stats;
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Stats that are answered by hand. */
function aStat() {
  const begun: ((found: Stats | null) => void)[] = [];
  return { begun, stat: (_: string, done: (found: Stats | null) => void) => void begun.push(done) };
}

describe('the stat of a project’s log', () => {
  it('is one for all reads of a turn, and another for those of the next', async () => {
    const { begun, stat } = aStat();
    const logStat = createLogStat({ path: '/one/p/log', folder: '/one/p', stat });
    const first = Promise.all([logStat(), logStat(), logStat()]);
    await turn();
    expect(begun).toHaveLength(1);
    // Asked after the first began, which may not have seen what this must see.
    const second = logStat();
    begun[0]!(stats(1));
    expect(await first).toEqual([stats(1), stats(1), stats(1)]);
    await turn();
    begun[1]!(stats(2));
    expect(await second).toEqual(stats(2));
    expect(begun).toHaveLength(2);
  });

  it('that hangs times out with an error that names the folder, and holds one thread, however many ask', async () => {
    const one = aStat();
    const two = aStat();
    const logStat = createLogStat({ path: '/far/one/log', folder: '/far/one', stat: one.stat, deadline: 30 });
    const neighbour = createLogStat({ path: '/far/two/log', folder: '/far/two', stat: two.stat, deadline: 30 });
    const hung = (folder: string) => ({ code: 'STORE_TIMEOUT', message: expect.stringContaining(folder) });
    for (let times = 0; times < 3; times += 1) {
      await expect(logStat()).rejects.toMatchObject(hung('/far/one'));
      await expect(neighbour()).rejects.toMatchObject(hung('/far/two'));
    }
    expect([one.begun.length, two.begun.length]).toEqual([1, 0]);
    // As soon as it answers, all continue.
    one.begun[0]!(stats(1));
    const [again, other] = [logStat(), neighbour()];
    await turn();
    one.begun[1]!(stats(2));
    await turn();
    two.begun[0]!(stats(3));
    expect(await Promise.all([again, other])).toEqual([stats(2), stats(3)]);
  });

  it('that hangs in one place holds up nobody elsewhere', async () => {
    const { stat } = aStat();
    const hanging = createLogStat({ path: '/gone/p/log', folder: '/gone/p', stat, deadline: 30 });
    const elsewhere = createLogStat({
      path: '/here/p/log',
      folder: '/here/p',
      stat: (_, done) => setImmediate(() => done(stats(1))),
    });
    const failing = expect(hanging()).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    expect(await elsewhere()).toEqual(stats(1));
    await failing;
  });
});

describe('whether a cache has all that was committed', () => {
  const open = () => {
    const shared = new SharedArrayBuffer(SHARED.length * Float64Array.BYTES_PER_ELEMENT);
    const publisher = createPublisher(shared);
    const { begun, stat } = aStat();
    let refreshed = 0;
    const logStat = createLogStat({ path: '/p/p/log', folder: '/p/p', stat });
    const freshness = createFreshness(logStat, shared, async () => {
      refreshed += 1;
    });
    const answer = async (found: Stats | null) => {
      await turn();
      begun.shift()!(found);
    };
    return { publisher, freshness, answer, begun, refreshed: () => refreshed };
  };

  it.each([
    ['is as it was published', stats(5), 0],
    ['is larger', stats(6), 1],
    ['is smaller', stats(4), 1],
    ['is another file', { ...stats(5), ino: 8 }, 1],
    ['changed since', { ...stats(5), ctimeMs: 2 }, 1],
    ['can’t be seen', null, 1],
  ] as const)('is asked of the writer when the log doesn’t agree: it %s', async (_, found, times) => {
    const { publisher, freshness, answer, refreshed } = open();
    publisher.publish(stats(5), 1);
    const asked = freshness.ensure();
    await answer(found);
    await asked;
    expect(refreshed()).toBe(times);
  });

  it('is known when the writer says so meanwhile, or has the lock and is committing', async () => {
    const { publisher, freshness, answer, begun, refreshed } = open();
    publisher.publish(stats(5), 1);
    const asked = freshness.ensure();
    publisher.publish(stats(9), 1);
    await answer(stats(7));
    await asked;
    publisher.begin();
    await freshness.ensure();
    expect(begun).toHaveLength(0);
    expect(refreshed()).toBe(0);
  });

  it('isn’t known where the writer doesn’t know', async () => {
    const { publisher, freshness, answer, refreshed } = open();
    publisher.publish(stats(5), 1);
    publisher.publish(null, 1);
    const asked = freshness.ensure();
    await answer(stats(5));
    await asked;
    expect(refreshed()).toBe(1);
  });
});
