import { RateLimitedError } from '../../domain/access/errors.js';

/** Who tries to prove something, such as an account or an address, and how many failures it may have in the window. */
export interface Subject {
  readonly name: string;
  readonly most: number;
}

/**
 * Counts failed tries to prove who one is. In memory of this process.
 */
export interface Attempts {
  /**
   * Counts a try as failed, before it is examined: of many at once, all count.
   * @returns to be called when it succeeded: it isn't counted then
   * @throws RateLimitedError when one of the subjects failed too often; then nothing is counted
   */
  begin(subjects: readonly Subject[]): () => void;
}

/** From the first failure on, in milliseconds. */
const WINDOW_MS = 10 * 60_000;
/** Subjects that are kept. Beyond, the one that failed first is dropped. */
const MOST_SUBJECTS = 10_000;

/** @param clock - in milliseconds, monotonic. Left out: the system's */
export function createAttempts(clock: () => number = () => performance.now(), most = MOST_SUBJECTS): Attempts {
  const failures = new Map<string, { count: number; readonly until: number }>();

  function current(name: string) {
    const found = failures.get(name);
    if (!found || found.until > clock()) return found;
    failures.delete(name);
    return undefined;
  }

  function count(name: string): void {
    const found = current(name);
    if (found) {
      found.count += 1;
      return;
    }
    if (failures.size >= most) failures.delete(failures.keys().next().value!);
    failures.set(name, { count: 1, until: clock() + WINDOW_MS });
  }

  function forgive(name: string): void {
    const found = current(name);
    if (found) found.count -= 1;
  }

  return {
    begin(subjects) {
      for (const { name, most: allowed } of subjects) {
        const found = current(name);
        if (found && found.count >= allowed) throw tooMany(Math.ceil((found.until - clock()) / 1_000));
      }
      for (const { name } of subjects) count(name);
      return () => {
        for (const { name } of subjects) forgive(name);
      };
    },
  };
}

function tooMany(seconds: number): RateLimitedError {
  const wait = Math.max(1, seconds);
  return new RateLimitedError(
    'There were too many wrong tries to prove who this is.',
    `Wait ${wait} s, then try again.`,
    wait,
  );
}
