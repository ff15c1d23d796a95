import { describe, expect, it } from 'vitest';
import { createRests, restAfter } from '../../../src/migration/pacing/rests.js';
import { createWriteTimes } from '../../../src/migration/pacing/writers.js';
import { withRests } from '../../../src/migration/transfer/page-scheduling.js';

/** Writes that take a given time, on a clock that is moved by hand. */
function createWrites() {
  const clock = { now: 0 };
  const times = createWriteTimes(() => clock.now);
  const take = (ms: number, project = 'one') =>
    times.of(project, async () => {
      clock.now += ms;
    });
  return { clock, times, take };
}

describe('how long writes take', () => {
  it('is measured for each project by its last ones', async () => {
    const { times, take } = createWrites();
    expect(times.usual('one')).toBeNull();
    for (let n = 0; n < 40; n += 1) await take(n < 8 ? 1_000 : 20);
    await take(90, 'two');
    expect([times.usual('one'), times.usual('two')]).toEqual([20, 90]);
  });

  it('counts those that ended since, and those still running from before', async () => {
    const { clock, times, take } = createWrites();
    await take(10);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const stuck = times.of('one', () => ended);
    clock.now = 1_000;
    expect(times.since('one', 500)).toBe(990);
    await take(10);
    expect(times.since('one', 500)).toBe(505);
    clock.now = 1_020;
    end();
    await stuck;
    expect(times.since('one', 1_015)).toBe(1_010);
    expect(times.since('one', 2_000)).toBeNull();
  });

  it('leaves out those that failed', async () => {
    const { times } = createWrites();
    const failing = times.of('one', () => Promise.reject(new Error('full')));
    await expect(failing).rejects.toThrow('full');
    expect(times.usual('one')).toBeNull();
    expect(times.since('one', 0)).toBeNull();
  });
});

describe('a rest between two pages of a verification', () => {
  it('isn’t made while writes take about as long as before, or there are none', () => {
    expect(restAfter({ page: 300, write: 40, usual: 20 })).toBe(0);
    expect(restAfter({ page: 300, write: 9, usual: 1 })).toBe(0);
    expect(restAfter({ page: 300, write: null, usual: 20 })).toBe(0);
    expect(restAfter({ page: 300, write: 40, usual: null })).toBe(0);
  });

  it('is as long as the page took, however slow the writes are, up to a second', () => {
    expect(restAfter({ page: 100, write: 60, usual: 20 })).toBe(100);
    expect(restAfter({ page: 100, write: 8_000, usual: 20 })).toBe(100);
    expect(restAfter({ page: 100, write: 8_000, usual: 0 })).toBe(100);
    expect(restAfter({ page: 5_000, write: 8_000, usual: 20 })).toBe(1_000);
  });

  it('takes no more time than the work, however long that runs', async () => {
    const { clock, times, take } = createWrites();
    await take(20);
    const [work, rests] = [{ ms: 0 }, { ms: 0 }];
    const wait = async (ms: number) => {
      rests.ms += ms;
      clock.now += ms;
    };
    const { rest } = createRests(times, 'one', { clock: () => clock.now, wait });
    for (const ms of [300, 2_000, 50, 700]) {
      await take(ms);
      work.ms += ms;
      await rest();
    }
    expect(rests.ms).toBeGreaterThan(0);
    expect(rests.ms).toBeLessThanOrEqual(work.ms);
  });

  it('isn’t made while writers are paced: they would write more meanwhile', async () => {
    const { clock, times, take } = createWrites();
    await take(20);
    const waits: number[] = [];
    let isPaced = true;
    const wait = async (ms: number) => void waits.push(ms);
    const { rest } = createRests(times, 'one', { isPacing: () => isPaced, clock: () => clock.now, wait });
    await take(300);
    await rest();
    expect(waits).toEqual([]);
    isPaced = false;
    await take(200);
    await rest();
    // Of the page alone that was read since.
    expect(waits).toEqual([200]);
  });

  it('is made for the writes of its own project, compared with those before it', async () => {
    const { clock, times, take } = createWrites();
    await take(20);
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    const rests = createRests(times, 'one', { clock: () => clock.now, wait });
    await take(400, 'two');
    await rests.rest();
    expect(waits).toEqual([]);
    await take(200);
    await rests.rest();
    expect(waits).toEqual([200]);
    await take(30);
    await rests.rest();
    expect(waits).toEqual([200]);
  });

  it('ends when the migration is stopped', async () => {
    const { clock, times, take } = createWrites();
    await take(20);
    const rests = createRests(times, 'one', { clock: () => clock.now });
    await take(2_000);
    // A rest of a second that nobody waits for: it has its signal already.
    const stop = new AbortController();
    stop.abort();
    await rests.rest(stop.signal);
  });

  it('comes before each page but the first is read', async () => {
    const seen: string[] = [];
    async function* pages() {
      for (const page of [1, 2]) {
        seen.push(`read ${page}`);
        yield page;
      }
    }
    for await (const page of withRests(pages(), async () => void seen.push('rest'))) seen.push(`took ${page}`);
    expect(seen).toEqual(['read 1', 'took 1', 'rest', 'read 2', 'took 2', 'rest']);
  });
});
