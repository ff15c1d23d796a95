import type { IdGenerator } from '../../domain/id.js';
import { type Checkpoint, type Migration, NOT_PAUSED } from '../../domain/migration.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { settlesWithin } from '../../util/async.js';
import { MigrationFailure, type Reject } from '../errors.js';
import type { Writers } from '../pacing/writers.js';
import type { PreflightRunner } from '../preflight/preflight.js';
import type { Findings } from './findings.js';
import type { MigrationRecord } from './migration-record.js';
import type { ProgressTracker } from './progress.js';

/** What migrations work with. */
export interface MigrationParts {
  readonly factory: RepositoryFactory;
  readonly preflight: PreflightRunner;
  /** Those who write through this process. */
  readonly writers: Writers;
  readonly newId: IdGenerator;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long what a project has left stays there before it is removed, in ms. Left out: 5 s. */
  readonly graceMs?: number | undefined;
  /** Hears of each step before it is done; for tests that break off there. */
  readonly onStep?: ((step: string) => void | Promise<void>) | undefined;
}

/** One runner's work on one migration. */
export interface Run {
  readonly parts: MigrationParts;
  readonly record: MigrationRecord;
  readonly progress: ProgressTracker;
  readonly findings: Findings;
  /** Aborts when the runner stops. */
  readonly signal: AbortSignal;
  /** Says that a step is about to be done. */
  step(name: string): Promise<void>;
  /** The last cut-over, if it was given up and nothing was told the migration since. Left out: none was. */
  givenUp?(): GivenUp | null;
}

/** A cut-over that wasn't done in time. */
export interface GivenUp {
  /** The next one isn't begun before, by `performance.now()`. */
  readonly until: number;
  /** Says so, and why. */
  readonly message: string;
}

/** What a step makes of the migration's record; of the checkpoint, what changes. */
export interface Patch extends Partial<Omit<Migration, 'checkpoint'>> {
  readonly checkpoint?: Partial<Checkpoint>;
}

/** A phase: what it yields may be made durable at any time after, and is at its end. */
export type Phase = AsyncGenerator<Patch, Patch, undefined>;

/** Progress is written this often at most, in ms, also while one step takes long. */
const REPORT_MS = 250;
/** While it only waits to be told to cut over, maybe for days, this often, in ms. */
const WAITING_MS = 5_000;
/** What it was told is looked at this often, in ms. */
const LOOK_MS = 250;
/** When nothing changes, the lease is renewed this often, in ms. */
const RENEW_MS = 5_000;

/**
 * Drives a phase: yields the record each time it is written.
 * @param begin makes the phase; its signal aborts when it is told to stop while a step takes long
 * @returns whether the phase came to its end, rather than being told to stop
 */
export async function* drive(
  run: Run,
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

/** Looks at what it was told while a step takes long. */
function watch(run: Run, onStop: () => void): () => void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    isLooking = true;
    // If it fails, whoever writes next hears of it.
    await run.record.read().catch(() => {});
    isLooking = false;
    if (mustStop(run)) onStop();
  };
  const timer = setInterval(() => {
    if (!isLooking) void look();
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}

async function* report(run: Run, phase: Phase): AsyncGenerator<Migration, boolean, undefined> {
  let pending: Patch = {};
  let writtenAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  const isDue = (): boolean => {
    const progress = run.progress.now();
    const ms = performance.now() - writtenAt;
    if (ms < (progress.canCutOver ? WAITING_MS : REPORT_MS)) return false;
    return ms >= RENEW_MS || JSON.stringify([pending, progress]) !== shown;
  };
  const tell = async (): Promise<Migration> => {
    const patch = pending;
    pending = {};
    writtenAt = performance.now();
    const migration = await write(run, patch);
    shown = JSON.stringify([{}, migration.progress]);
    return migration;
  };
  for (let steps = 0; ; steps += 1) {
    const next = phase.next();
    // When this ends before it does, nobody awaits it.
    next.catch(() => {});
    while (!(await settlesWithin(next, REPORT_MS))) if (isDue()) yield await tell();
    const { value, done } = await next;
    // What stood in the way doesn't any more, once a step is done.
    pending = merge(pending, steps > 0 && run.record.current.problem ? { problem: null, ...value } : value);
    if (done || isDue() || mustStop(run)) yield await tell();
    if (done) return true;
    if (mustStop(run)) return false;
  }
}

/**
 * Writes what a step made of the record, with the progress as it is. Of one that was paused meanwhile, the message says that
 * it is, and not what it did until then.
 */
export function write(run: Run, { message, ...patch }: Patch): Promise<Migration> {
  return run.record.write(({ checkpoint, isPaused }) => ({
    ...patch,
    ...(message !== undefined && !(isPaused && patch.isPaused === undefined) && { message }),
    checkpoint: { ...checkpoint, ...patch.checkpoint },
    progress: run.progress.now(),
  }));
}

/** What the end of a migration writes. */
export function over({ parts }: Pick<Run, 'parts'>): Patch {
  return { endedAt: new Date(parts.now()).toISOString(), activeFor: null, requestedAction: null, ...NOT_PAUSED };
}

/** Notes a record that can't be copied. @throws MigrationFailure when the migration is to stop then */
export async function noteReject(run: Run, { collection, recordId, reason }: Reject): Promise<void> {
  await run.findings.add({ kind: 'REJECT', collection, recordId, differing: [], reason, isRepaired: false });
  run.progress.rejected(collection);
  const { options, isRollingBack } = run.record.current;
  // On the way back, what is left behind would be gone: the place that it is left at is removed.
  if (options.onReject === 'CONTINUE' && !isRollingBack) return;
  throw new MigrationFailure({
    code: 'REJECTED',
    message: `${recordId} of ${collection} can't be copied: ${reason}`,
    hint: 'Change the record so that the target takes it, or start again with `onReject: CONTINUE`, which leaves such records behind and lists them.',
  });
}

/** Whether what goes on has to stop: the runner ends, or somebody paused or cancelled it, or told it something else. */
export function mustStop({ record: { current }, signal }: Run): boolean {
  const { phase, requestedAction, isPaused } = current;
  if (signal.aborted || isPaused) return true;
  // After the flip there is nothing that goes on but a verification.
  return phase === 'MOVED' ? requestedAction !== 'VERIFY' : requestedAction === 'CANCEL';
}

function merge(a: Patch, b: Patch): Patch {
  const checkpoint = { ...a.checkpoint, ...b.checkpoint };
  return { ...a, ...b, ...(Object.keys(checkpoint).length > 0 ? { checkpoint } : {}) };
}
