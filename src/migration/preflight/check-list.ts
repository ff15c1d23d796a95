import { MooringError } from '../../domain/errors.js';
import type { PreflightCheck } from '../../domain/migration.js';

/** The result of a check; without an outcome, it passed. */
export type CheckResult<T> =
  | { readonly outcome?: 'PASSED'; readonly message: string; readonly value?: T }
  | {
      readonly outcome: 'WARNING' | 'SKIPPED';
      readonly message: string;
      readonly hint: string | null;
      readonly value?: T;
    }
  | { readonly outcome: 'FAILED'; readonly message: string; readonly hint: string };

/** Checks, one after the other, each with its result and duration. */
export interface CheckList {
  readonly list: readonly PreflightCheck[];
  /** Runs a check. A MooringError that it throws is a failure. @returns its value; null when it failed or has none */
  take<T>(name: string, work: () => Promise<CheckResult<T>>): Promise<T | null>;
  /** The same if the check is possible; otherwise it is skipped. */
  takeIf<T>(isPossible: boolean, name: string, work: () => Promise<CheckResult<T>>): Promise<T | null>;
  /** Adds checks that another part runs. If it throws, a check of this name fails. */
  add(name: string, work: () => Promise<readonly PreflightCheck[]>): Promise<void>;
  /** Whether no check has failed so far. */
  isPassing(): boolean;
}

const NOT_TRIED = 'Not tried, because an earlier check failed.';

export function createCheckList(): CheckList {
  const list: PreflightCheck[] = [];

  async function take<T>(name: string, work: () => Promise<CheckResult<T>>): Promise<T | null> {
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
    isPassing: () => list.every(({ outcome }) => outcome !== 'FAILED'),
  };
}

/** Any other error is a bug, and is thrown on. */
function toFailure(error: unknown): CheckResult<never> {
  if (!(error instanceof MooringError)) throw error;
  return { outcome: 'FAILED', message: error.message, hint: error.hint };
}
