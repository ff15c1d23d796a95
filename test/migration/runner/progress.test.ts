import { describe, expect, it } from 'vitest';
import { createProgressTracker, NO_PROGRESS } from '../../../src/migration/runner/progress.js';

/** The progress of a project with 100 tasks, on a clock that is moved by hand. */
function makeTracker() {
  const clock = { now: 0 };
  const progress = createProgressTracker(NO_PROGRESS, () => clock.now);
  progress.total('tasks', 100);
  return {
    progress,
    /** A second later, with these amounts copied or replayed, and left to replay. */
    second(name: string, done: number, lag: number) {
      clock.now += 1_000;
      progress.done(name, done);
      progress.set({ lag: { entries: lag, seconds: 0 } });
      return progress.now().etaSeconds;
    },
  };
}

describe('the seconds until a move can cut over', () => {
  it('are those of copying and comparing what is left', () => {
    const { second } = makeTracker();
    second('tasks', 10, 0);
    expect(second('tasks', 10, 0)).toBe(18);
  });

  it('aren’t known while the replay is slower than the writes', () => {
    const { progress, second } = makeTracker();
    second('tasks', 100, 0);
    progress.verified('tasks', 100);
    progress.allVerified();
    second('log', 40, 1_000);
    expect(second('log', 40, 1_050)).toBeNull();
    expect(second('log', 40, 1_050)).toBeNull();
  });

  it('are those until the lag is gone, as it falls', () => {
    const { progress, second } = makeTracker();
    second('tasks', 100, 0);
    progress.verified('tasks', 100);
    progress.allVerified();
    for (let lag = 1_000; lag > 900; lag -= 20) second('log', 40, lag);
    expect(second('log', 40, 900)).toBe(45);
  });

  it('count what is written while records are copied', () => {
    const { second } = makeTracker();
    second('tasks', 10, 4);
    expect(second('tasks', 10, 8)).toBe(31.3);
    const faster = makeTracker();
    faster.second('tasks', 10, 40);
    expect(faster.second('tasks', 10, 80)).toBeNull();
  });
});
