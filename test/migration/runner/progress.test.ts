import { describe, expect, it } from 'vitest';
import { createTally, NO_PROGRESS } from '../../../src/migration/runner/progress.js';

/** A tally of a project with 100 tasks, whose clock stands still until it is moved. */
function makeTally() {
  const clock = { now: 0 };
  const tally = createTally(NO_PROGRESS, () => clock.now);
  tally.total('tasks', 100);
  return {
    tally,
    /** After a second: so much was copied or replayed, and so much is left to replay. */
    second(name: string, done: number, lag: number) {
      clock.now += 1_000;
      tally.done(name, done);
      tally.set({ lag: { entries: lag, seconds: 0 } });
      return tally.now().etaSeconds;
    },
  };
}

describe('the seconds until a move can cut over', () => {
  it('are those of copying and comparing what is left', () => {
    const { second } = makeTally();
    second('tasks', 10, 0);
    expect(second('tasks', 10, 0)).toBe(18);
  });

  it('aren’t known while what was written isn’t replayed as fast', () => {
    const { tally, second } = makeTally();
    second('tasks', 100, 0);
    tally.verified('tasks', 100);
    tally.allVerified();
    second('log', 40, 1_000);
    expect(second('log', 40, 1_050)).toBeNull();
    expect(second('log', 40, 1_050)).toBeNull();
  });

  it('are those in which the lag is gone, as it falls', () => {
    const { tally, second } = makeTally();
    second('tasks', 100, 0);
    tally.verified('tasks', 100);
    tally.allVerified();
    for (let lag = 1_000; lag > 900; lag -= 20) second('log', 40, lag);
    expect(second('log', 40, 900)).toBe(45);
  });

  it('count what is written while records are copied', () => {
    const { second } = makeTally();
    second('tasks', 10, 4);
    expect(second('tasks', 10, 8)).toBe(31.3);
    const faster = makeTally();
    faster.second('tasks', 10, 40);
    expect(faster.second('tasks', 10, 80)).toBeNull();
  });
});
