import { MooringError } from '../../domain/errors.js';
import type { PreflightCheck } from '../../domain/migration.js';

/** What a check found; `PASSED` when the outcome is left out. */
export type Found<T> =
  | { readonly outcome?: 'PASSED'; readonly message: string; readonly value?: T }
  | {
      readonly outcome: 'WARNING' | 'SKIPPED';
      readonly message: string;
      readonly hint: string | null;
      readonly value?: T;
    }
  | { readonly outcome: 'FAILED'; readonly message: string; readonly hint: string };

/** Checks, one after the other, with what each found and how long it took. */
export interface Steps {
  readonly list: readonly PreflightCheck[];
  /** Makes a check. What one of our errors says is a failure. @returns what it found; null when it failed or found nothing */
  take<T>(name: string, work: () => Promise<Found<T>>): Promise<T | null>;
  /** The same when it can be made; else it is skipped. */
  takeIf<T>(isPossible: boolean, name: string, work: () => Promise<Found<T>>): Promise<T | null>;
  /** Adds the checks that somebody else makes. When they can't be made at all, that fails under this name. */
  add(name: string, work: () => Promise<readonly PreflightCheck[]>): Promise<void>;
  /** Whether none failed so far. */
  isWell(): boolean;
}

const NOT_TRIED = 'Not tried, because an earlier check failed.';

export function createCheckList(): Steps {
  const list: PreflightCheck[] = [];

  async function take<T>(name: string, work: () => Promise<Found<T>>): Promise<T | null> {
    const start = performance.now();
    const found = await work().catch(toFailure);
    const { outcome = 'PASSED', message } = found;
    const hint = 'hint' in found ? found.hint : null;
    list.push({ name, outcome, ms: Math.round(performance.now() - start), message, hint });
    return 'value' in found ? (found.value ?? null) : null;
  }

  return {
    list,
    take,
    async takeIf(isPossible, name, work) {
      if (isPossible) return take(name, work);
      list.push({ name, outcome: 'SKIPPED', ms: 0, message: NOT_TRIED, hint: null });
      return null;
    },
    async add(name, work) {
      try {
        list.push(...(await work()));
      } catch (error) {
        await take(name, () => Promise.reject(error));
      }
    },
    isWell: () => list.every(({ outcome }) => outcome !== 'FAILED'),
  };
}

/** What isn't ours is a mistake of the program, and stays one. */
function toFailure(error: unknown): Found<never> {
  if (!(error instanceof MooringError)) throw error;
  return { outcome: 'FAILED', message: error.message, hint: error.hint };
}
