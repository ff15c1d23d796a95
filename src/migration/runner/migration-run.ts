import type { IdGenerator } from '../../domain/id.js';
import { type Checkpoint, type Migration, NOT_PAUSED } from '../../domain/migration.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { settlesWithin } from '../../util/async.js';
import { MigrationFailure, type Reject } from '../errors.js';
import type { Writers } from '../pacing/writers.js';
import type { PreflightRunner } from '../preflight/preflight.js';
import type { Findings } from './findings.js';
import type { MigrationRecord } from './leased-record.js';
import type { ProgressTracker } from './progress.js';

/** What running migrations needs. */
export interface MigrationParts {
  readonly factory: RepositoryFactory;
  readonly preflight: PreflightRunner;
  /** The writers of this process. */
  readonly writers: Writers;
  readonly newId: IdGenerator;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a store that a project left is kept before it is removed, in ms. Left out: 5,000. */
  readonly graceMs?: number | undefined;
  /** Called before each step; for tests that stop there. */
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined;
}

/** One runner's work on one migration. */
export interface MigrationRun {
  readonly parts: MigrationParts;
  readonly record: MigrationRecord;
  readonly progress: ProgressTracker;
  readonly findings: Findings;
  /** Aborts when the runner stops. */
  readonly signal: AbortSignal;
  /** Called before each step. */
  step(name: string): Promise<void>;
  /** The last cut-over, if it was given up and no command came since. Left out: none was. */
  givenUp?(): GivenUp | null;
}

/** A cut-over that wasn't finished in time. */
export interface GivenUp {
  /** When the next one may start, by `performance.now()`. */
  readonly until: number;
  /** Says that it was given up, and why. */
  readonly message: string;
}

/** What a step changes in the migration's record, and in its checkpoint. */
export interface Patch extends Partial<Omit<Migration, 'checkpoint'>> {
  readonly checkpoint?: Partial<Checkpoint>;
}

/** A phase. Its patches are written within moments, the last one at its end. */
export type Phase = AsyncGenerator<Patch, Patch, undefined>;

/** The least time between two writes of progress, in ms; also while one step takes long. */
const REPORT_MS = 250;
/** The same while it only waits for the command to cut over, maybe for days, in ms. */
const WAITING_MS = 5_000;
/** How often the record is read for new commands, in ms. */
const READ_MS = 250;
/** How often the lease is renewed when nothing changes, in ms. */
const RENEW_MS = 5_000;

/**
 * Runs a phase: yields the record each time it is written.
 * @param begin makes the phase; its signal aborts when a command stops it during a long step
 * @returns whether the phase ended, rather than being stopped by a command
 */
export async function* drive(
  run: MigrationRun,
  begin: (signal: AbortSignal) => Phase,
): AsyncGenerator<Migration, boolean, undefined> {
  const stop = new AbortController();
  const phase = begin(AbortSignal.any([run.signal, stop.signal]));
  const unwatch = watch(run, () => stop.abort());
  try {
    return yield* report(run, phase);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    return false;
  } finally {
    unwatch();
    await phase.return({}).catch(() => {});
  }
}

/** Reads new commands while a step takes long. */
function watch(run: MigrationRun, onStop: () => void): () => void {
  let isReading = false;
  const read = async (): Promise<void> => {
    isReading = true;
    // If this fails, the next write fails too, and reports it.
    await run.record.read().catch(() => {});
    isReading = false;
    if (mustStop(run)) onStop();
  };
  const timer = setInterval(() => {
    if (!isReading) void read();
  }, READ_MS).unref();
  return () => clearInterval(timer);
}

async function* report(run: MigrationRun, phase: Phase): AsyncGenerator<Migration, boolean, undefined> {
  let pending: Patch = {};
  let writtenAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  const isDue = (): boolean => {
    const progress = run.progress.now();
    const ms = performance.now() - writtenAt;
    if (ms < (progress.canCutOver ? WAITING_MS : REPORT_MS)) return false;
    return ms >= RENEW_MS || JSON.stringify([pending, progress]) !== shown;
  };
  const flush = async (): Promise<Migration> => {
    const patch = pending;
    pending = {};
    writtenAt = performance.now();
    const migration = await write(run, patch);
    shown = JSON.stringify([{}, migration.progress]);
    return migration;
  };
  for (let steps = 0; ; steps += 1) {
    const next = phase.next();
    // When this generator ends first, nobody awaits it.
    next.catch(() => {});
    while (!(await settlesWithin(next, REPORT_MS))) if (isDue()) yield await flush();
    const { value, done } = await next;
    // A completed step shows that the problem is over.
    pending = merge(pending, steps > 0 && run.record.current.problem ? { problem: null, ...value } : value);
    if (done || isDue() || mustStop(run)) yield await flush();
    if (done) return true;
    if (mustStop(run)) return false;
  }
}

/**
 * Writes what a step changed, with the current progress. If the migration was paused meanwhile, its message keeps saying
 * that.
 */
export function write(run: MigrationRun, { message, ...patch }: Patch): Promise<Migration> {
  return run.record.write(({ checkpoint, isPaused }) => ({
    ...patch,
    ...(message !== undefined && !(isPaused && patch.isPaused === undefined) && { message }),
    checkpoint: { ...checkpoint, ...patch.checkpoint },
    progress: run.progress.now(),
  }));
}

/** What the end of a migration changes in its record. */
export function ended({ parts }: Pick<MigrationRun, 'parts'>): Patch {
  return { endedAt: new Date(parts.now()).toISOString(), activeFor: null, requestedAction: null, ...NOT_PAUSED };
}

/** Stores a reject. @throws MigrationFailure unless the migration continues without such records */
export async function noteReject(run: MigrationRun, { collection, recordId, reason }: Reject): Promise<void> {
  await run.findings.add({ kind: 'REJECT', collection, recordId, differing: [], reason, isRepaired: false });
  run.progress.rejected(collection);
  const { options, isRollingBack } = run.record.current;
  // When rolling back, a record left behind would be lost: the place where it remains is removed.
  if (options.onReject === 'CONTINUE' && !isRollingBack) return;
  throw new MigrationFailure({
    code: 'REJECTED',
    message: `${recordId} of ${collection} can't be copied: ${reason}`,
    hint: 'Change the record so that the target accepts it, or start again with `onReject: CONTINUE`, which leaves such records behind and lists them.',
  });
}

/** Whether the phase must stop: the runner closes, or the migration was paused, cancelled or given another command. */
export function mustStop({ record: { current }, signal }: MigrationRun): boolean {
  const { phase, requestedAction, isPaused } = current;
  if (signal.aborted || isPaused) return true;
  // After the flip, only a verification runs.
  return phase === 'MOVED' ? requestedAction !== 'VERIFY' : requestedAction === 'CANCEL';
}

function merge(a: Patch, b: Patch): Patch {
  const checkpoint = { ...a.checkpoint, ...b.checkpoint };
  return { ...a, ...b, ...(Object.keys(checkpoint).length > 0 ? { checkpoint } : {}) };
}
