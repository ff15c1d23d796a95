import { describe, expect, it } from 'vitest';
import {
  type LagSample,
  nextPacing,
  type Pacing,
  shortLag,
  startPacing,
} from '../../../src/migration/pacing/pacing.js';

/** Writers in a loop: how long each write takes without a wait, in ms. */
interface Crowd {
  readonly writers: number;
  readonly writeMs: number;
}

interface Play {
  /** Entries a second that the target takes. */
  readonly rate: number;
  readonly mostMs: number;
  readonly lag?: number;
  readonly page?: number;
}

/** A move with a simulated clock: the lag is measured each half second, with as many writes between as the waits allow. */
function play({ rate, mostMs, lag = 0, page = 100 }: Play, crowdAt: (second: number) => Crowd) {
  let sample: LagSample = { at: 0, head: lag, position: 0, busy: 0 };
  let pacing: Pacing = startPacing(sample);
  const seen = { most: 0, lag };
  return {
    seen,
    get ms() {
      return pacing.ms;
    },
    get lag() {
      return sample.head - sample.position;
    },
    get pacing() {
      return pacing;
    },
    /** After how many seconds, of these, a cut-over could begin. */
    secondsUntilShort(most: number): number {
      for (let seconds = 0; seconds < most; seconds += 1) {
        if (seconds > WARM && sample.head - sample.position <= shortLag(pacing.rate, page)) return seconds;
        this.pass(1);
      }
      return most;
    },
    pass(seconds: number) {
      for (let step = 0; step < seconds * 2; step += 1) {
        const { writers, writeMs } = crowdAt(sample.at / 1_000);
        const written = writers === 0 ? 0 : (writers * 500) / (writeMs + pacing.ms);
        const head = sample.head + written;
        const position = Math.min(head, sample.position + rate / 2);
        const busy = sample.busy + ((position - sample.position) / rate) * 1_000;
        sample = { at: sample.at + 500, head, position, busy };
        pacing = nextPacing(pacing, sample, { mostMs, page });
        seen.most = Math.max(seen.most, pacing.ms);
        seen.lag = Math.max(seen.lag, head - position);
      }
    },
  };
}

/** By then, in seconds, the writers have been measured. */
const WARM = 20;

/** About 90 writes a second, as long as none waits. */
const FOUR: Crowd = { writers: 4, writeMs: 44 };

describe('the pacing of writers', () => {
  it('ends a move whose writers are twice as fast as its target, which never ends otherwise', () => {
    const without = play({ rate: 40, mostMs: 0 }, () => FOUR);
    without.pass(600);
    expect(without.lag).toBeGreaterThan(16_000);
    expect(without.pacing).toMatchObject({ ms: 0, isAtLimit: true });
    const paced = play({ rate: 40, mostMs: 500 }, () => FOUR);
    expect(paced.secondsUntilShort(600)).toBeLessThan(600);
    expect(paced.seen.most).toBeLessThanOrEqual(500);
    expect(paced.seen.lag).toBeLessThan(1_000);
  });

  it('works off what was written while the records were copied', () => {
    const paced = play({ rate: 40, mostMs: 500, lag: 16_000 }, () => FOUR);
    expect(paced.secondsUntilShort(1_000)).toBeLessThan(1_000);
    expect(paced.seen.lag).toBeLessThan(17_000);
  });

  it.each([1, 4, 8, 12])('ends with %i writers that only write', (writers) => {
    const paced = play({ rate: 40, mostMs: 500 }, () => ({ writers, writeMs: 2 }));
    expect(paced.secondsUntilShort(600)).toBeLessThan(600);
  });

  it('doesn’t pace writes while the target is faster', () => {
    const paced = play({ rate: 400, mostMs: 500, lag: 5_000 }, () => FOUR);
    expect(paced.secondsUntilShort(60)).toBeLessThan(60);
    expect(paced.seen.most).toBe(0);
  });

  it('ends the waits when there are fewer writes', () => {
    const paced = play({ rate: 40, mostMs: 500 }, (second) => (second < 60 ? FOUR : { writers: 1, writeMs: 500 }));
    paced.pass(60);
    expect(paced.seen.most).toBeGreaterThan(100);
    paced.pass(120);
    expect(paced.ms).toBe(0);
  });

  it('says when the longest wait isn’t enough, and no longer once it is', () => {
    const paced = play({ rate: 40, mostMs: 500 }, (second) => ({ writers: second < 60 ? 100 : 10, writeMs: 5 }));
    paced.pass(60);
    expect(paced.pacing).toMatchObject({ ms: 500, isAtLimit: true });
    paced.pass(60);
    expect(paced.pacing.isAtLimit).toBe(false);
  });

  it('doesn’t take the few entries of a short page for the rate of full pages', () => {
    const start: LagSample = { at: 0, head: 1_000, position: 0, busy: 0 };
    const full = nextPacing(
      startPacing(start),
      { at: 1_000, head: 1_010, position: 800, busy: 1_000 },
      { mostMs: 500, page: 100 },
    );
    const near = nextPacing(full, { at: 2_000, head: 1_020, position: 1_000, busy: 2_000 }, { mostMs: 500, page: 100 });
    const short = nextPacing(
      near,
      { at: 3_000, head: 1_030, position: 1_020, busy: 3_000 },
      { mostMs: 500, page: 100 },
    );
    expect([full.rate, near.rate, short.rate]).toEqual([800, 200, 200]);
    expect(short.ms).toBe(0);
  });

  it('doesn’t pace writes before the first page tells the rate', () => {
    const start: LagSample = { at: 0, head: 1_000, position: 0, busy: 0 };
    const during = { at: 2_000, head: 1_200, position: 0, busy: 0 };
    expect(nextPacing(startPacing(start), during, { mostMs: 500, page: 100 }).ms).toBe(0);
  });

  it('measures the rate by the time spent replaying, not by that of other work', () => {
    // A verification reads for most of a second, and replays for a tenth of it.
    const start: LagSample = { at: 0, head: 1_000, position: 0, busy: 0 };
    const next = { at: 1_000, head: 1_050, position: 40, busy: 100 };
    expect(nextPacing(startPacing(start), next, { mostMs: 500, page: 100 })).toMatchObject({ ms: 0, rate: 400 });
  });
});

describe('the lag with which a cut-over may start', () => {
  it('is at most a page, and what is replayed in a second and a half', () => {
    expect(shortLag(null, 100)).toBe(100);
    expect(shortLag(4_000, 100)).toBe(100);
    expect(shortLag(60, 100)).toBe(90);
    expect(shortLag(1, 100)).toBe(10);
    expect(shortLag(1, 1)).toBe(1);
  });
});
