import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { MooringError } from '../../domain/errors.js';
import { CutOverGivenUp, SupersededError } from '../errors.js';
import { runMigration } from '../migration.js';
import { createFindings } from './findings.js';
import { LEASE_MS, type MigrationRecord, takeOver } from './migration-record.js';
import { createProgressTracker, type ProgressTracker } from './progress.js';
import type { GivenUp, MigrationParts, Run } from './run.js';

/** One migration in the care of this process, from its taking over until nothing is left to do now. */
export interface Job {
  readonly projectId: string;
  /** Resolves when it is let go of, however that came. */
  readonly done: Promise<void>;
  /** Hears what embeddings of its project cost. */
  spent(amounts: Parameters<ProgressTracker['spent']>[0]): void;
  /** It was told something new: if it rests because something was in the way, it tries again now. */
  wake(): void;
}

export interface JobOptions extends MigrationParts {
  /** Who takes it over. */
  readonly holder: string;
  /** Lets go of it. */
  readonly signal: AbortSignal;
  readonly logger: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** Waits between attempts while something is in the way, in ms: the first, and the longest. */
const RETRY_MS = 500;
const MAX_RETRY_MS = 30_000;
/** After a cut-over that couldn't be finished in time: writes had to wait for it, so the next isn't at once. The log is replayed meanwhile. */
const GIVEN_UP_MS = 1_000;

/** Takes a migration over and carries it on, again and again while something is in the way. */
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

  async function carry(): Promise<void> {
    while (!signal.aborted) {
      try {
        const record = await takeOver({ catalog, holder, now }, id);
        if (!record || (await advance(record))) return;
        // What is left of one that is over waits for its place without being in anybody's way.
        if (record.current.endedAt !== null) return;
      } catch (error) {
        if (error instanceof SupersededError) return;
        failures.others += 1;
        logger.warn({ err: error, migration: id }, "The catalog can't be written.");
      }
      await rest();
    }
  }

  /** Carries it on until nothing is to do, or something is in the way; says which: true for the former. */
  async function advance(record: MigrationRecord): Promise<boolean> {
    const run = prepare(record);
    const stopRenewing = keepLease(record);
    try {
      for await (const { phase, problem } of runMigration(run)) {
        if (problem === null || phase === 'FAILED') failures.others = 0;
      }
      const { phase } = record.current;
      logger.info({ migration: id, project: projectId, phase }, 'migration: nothing more to do now');
      return true;
    } catch (error) {
      if (error instanceof SupersededError) throw error;
      if (error instanceof CutOverGivenUp) {
        failures.cutOvers += 1;
        givenUp = { until: performance.now() + backoff(failures.cutOvers, GIVEN_UP_MS), message: error.message };
      } else {
        failures.others += 1;
        await note(record, error);
      }
      return false;
    } finally {
      stopRenewing();
      await record.release().catch(() => {});
    }
  }

  function prepare(record: MigrationRecord): Run {
    progress = createProgressTracker(record.current.progress);
    return {
      ...{ parts: options, record, progress, signal },
      findings: createFindings({ catalog, migrationId: id, newId: options.newId, now }),
      step: async (name) => options.onStep?.(name),
      givenUp: () => givenUp,
    };
  }

  /** Waits before the next attempt, the longer the more failed; who tells it something new ends the wait. */
  async function rest(): Promise<void> {
    const woken = new AbortController();
    wake = () => woken.abort();
    await delay(backoff(failures.others, RETRY_MS), undefined, {
      signal: AbortSignal.any([signal, woken.signal]),
    }).catch(() => {});
    wake = null;
  }

  /** Says in the record what is in the way; it is tried again. */
  async function note(record: MigrationRecord, error: unknown): Promise<void> {
    if (signal.aborted) return;
    logger.warn({ err: error, migration: id }, 'migration: something is in the way, trying again');
    const known = error instanceof MooringError;
    const problem = {
      code: known ? error.code : 'INTERNAL',
      message: known ? error.message : `Something went wrong inside: ${error instanceof Error ? error.message : error}`,
      hint: known ? error.hint : 'It is tried again by itself. If it stays, report it with the log of the server.',
    };
    if (isDeepStrictEqual(record.current.problem, problem)) return;
    await record
      .write(() => ({ problem, message: `It is tried again: ${problem.message}` }))
      .catch((failure: unknown) => {
        if (failure instanceof SupersededError) throw failure;
      });
  }

  /** A long step keeps the lease too. */
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
    done: carry(),
    spent: (amounts) => progress?.spent(amounts),
    wake() {
      givenUp = null;
      wake?.();
    },
  };
}

/** How long to wait after so many failures, one after the other, in ms. */
function backoff(failures: number, first: number): number {
  return failures === 0 ? 0 : Math.min(first * 2 ** (failures - 1), MAX_RETRY_MS) * (0.75 + Math.random() / 2);
}
