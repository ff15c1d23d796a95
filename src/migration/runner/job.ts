import { isDeepStrictEqual } from 'node:util';
import { MooringError } from '../../domain/errors.js';
import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import { CutOverGivenUp, SupersededError } from '../errors.js';
import { runMigration } from '../state-machine.js';
import { createFindings } from './findings.js';
import { LEASE_MS, type MigrationRecord, takeOver } from './leased-record.js';
import type { GivenUp, MigrationParts, MigrationRun } from './migration-run.js';
import { createProgressTracker, type ProgressTracker } from './progress.js';

/** One migration that this process runs, from taking it over until nothing is left to do now. */
export interface Job {
  readonly projectId: string;
  /** Resolves when it is released, for whatever reason. */
  readonly done: Promise<void>;
  /** Adds the cost of embeddings to its progress. */
  spent(amounts: Parameters<ProgressTracker['spent']>[0]): void;
  /** Ends the wait before the next attempt, as a new command came. */
  wake(): void;
}

export interface JobOptions extends MigrationParts {
  /** The name of the runner, as holder of the lease. */
  readonly holder: string;
  /** Releases the migration. */
  readonly signal: AbortSignal;
  readonly logger: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** Waits between attempts, in ms: the first, and the longest. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;
/** The wait after a cut-over that wasn't finished in time, in ms: writes had to wait for it. The log is replayed meanwhile. */
const GIVEN_UP_MS = 1_000;

/** Takes a migration over and runs it, trying again after each problem. */
export function startJob(
  options: JobOptions,
  { id, projectId }: { readonly id: string; readonly projectId: string },
): Job {
  const { factory, holder, now, signal, logger } = options;
  const catalog = factory.catalog.store;
  const failures = { others: 0, cutOvers: 0 };
  let progress: ProgressTracker | null = null;
  let givenUp: GivenUp | null = null;
  let wake: (() => void) | null = null;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        const record = await takeOver({ catalog, holder, now }, id);
        if (!record || (await advance(record))) return;
        // Leftovers of an ended migration wait for the next scan.
        if (record.current.endedAt !== null) return;
      } catch (error) {
        if (error instanceof SupersededError) return;
        failures.others += 1;
        logger.warn({ err: error, migration: id }, "The catalog can't be written.");
      }
      await rest();
    }
  }

  /** Runs it until nothing is left to do, or a problem occurs. @returns whether nothing is left to do */
  async function advance(record: MigrationRecord): Promise<boolean> {
    const run = createRun(record);
    const stopRenewing = keepLease(record);
    try {
      for await (const { phase, problem } of runMigration(run)) {
        if (problem === null || phase === 'FAILED') failures.others = 0;
      }
      const { phase } = record.current;
      logger.info({ migration: id, project: projectId, phase }, 'migration: nothing left to do now');
      return true;
    } catch (error) {
      if (error instanceof SupersededError) throw error;
      if (error instanceof CutOverGivenUp) {
        failures.cutOvers += 1;
        givenUp = {
          until: performance.now() + backoff(failures.cutOvers, { base: GIVEN_UP_MS, cap: MAX_RETRY_MS }),
          message: error.message,
        };
      } else {
        failures.others += 1;
        await noteProblem(record, error);
      }
      return false;
    } finally {
      stopRenewing();
      await record.release().catch(() => {});
    }
  }

  function createRun(record: MigrationRecord): MigrationRun {
    progress = createProgressTracker(record.current.progress);
    return {
      ...{ parts: options, record, progress, signal },
      findings: createFindings({ catalog, migrationId: id, newId: options.newId, now }),
      step: async (name) => options.onStep?.(name),
      givenUp: () => givenUp,
    };
  }

  /** Waits before the next attempt, longer after each failure; a new command ends the wait. */
  async function rest(): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    await delay(backoff(failures.others, { base: RETRY_MS, cap: MAX_RETRY_MS }), {
      signal: AbortSignal.any([signal, woken.signal]),
    });
    wake = null;
  }

  /** Stores the problem in the record; the migration is tried again. */
  async function noteProblem(record: MigrationRecord, error: unknown): Promise<void> {
    if (signal.aborted) return;
    logger.warn({ err: error, migration: id }, 'migration: a problem occurred, trying again');
    const known = error instanceof MooringError;
    const problem = {
      code: known ? error.code : 'INTERNAL',
      message: known ? error.message : `An internal error occurred: ${error instanceof Error ? error.message : error}`,
      hint: known ? error.hint : 'It is tried again automatically. If it persists, report it with the server log.',
    };
    if (isDeepStrictEqual(record.current.problem, problem)) return;
    await record
      .write(() => ({ problem, message: `Trying again: ${problem.message}` }))
      .catch((failure: unknown) => {
        if (failure instanceof SupersededError) throw failure;
      });
  }

  /** Renews the lease also during a long step. */
  function keepLease(record: MigrationRecord): () => void {
    const timer = setInterval(() => {
      const { until } = record.current.runner;
      const left = until === null ? 0 : Date.parse(until) - now();
      if (left < LEASE_MS / 2) record.write(() => ({})).catch(() => {});
    }, LEASE_MS / 5).unref();
    return () => clearInterval(timer);
  }

  return {
    projectId,
    done: run(),
    spent: (amounts) => progress?.spent(amounts),
    wake() {
      givenUp = null;
      wake?.();
    },
  };
}
