import { delay, meanwhile } from '../../util/async.js';
import { findProject, type Route } from '../route.js';
import type { GivenUp, MigrationRun, Phase } from '../runner/migration-run.js';
import { KEEP_UP_MS, type Replayer } from '../transfer/replay-loop.js';
import { countVectors } from './copy.js';

/** How often the log is checked while there is nothing to replay, in ms. */
const CHECK_MS = 100;
/** The least time between two counts of vectors, in ms: counting takes longer the more there are. */
const COUNT_MS = 500;
/**
 * How many memories may still wait for their vectors at the flip: this part of all, within these bounds. While writes
 * continue, a few always do. Words find them, and they get their vectors within a moment.
 */
const FEW_PENDING = { part: 0.05, atLeast: 5, atMost: 50 };
/** How long all vectors are awaited before the sides are compared, in ms: missing ones can't be compared. */
const PATIENCE_MS = 2_000;

/**
 * Replays until the other side is close behind and has its vectors, and, once it is verified, until it may be cut over.
 * The caller then chooses the next phase.
 */
export async function* runCatchUp(run: MigrationRun, route: Route, replayer: Replayer): Phase {
  const start = performance.now();
  let counted = { at: Number.NEGATIVE_INFINITY, pending: Number.POSITIVE_INFINITY, isFew: false };
  for (;;) {
    const { options, checkpoint, requestedAction, isRollingBack } = run.record.current;
    const left = await replayer.page();
    const isNear = replayer.isShort(left);
    const isPatient = !checkpoint.isVerified && performance.now() - start < PATIENCE_MS;
    if (isNear && performance.now() - counted.at > (isPatient ? CHECK_MS : COUNT_MS)) {
      // The index may take long to apply what was replayed: the log is kept up with meanwhile.
      counted = await meanwhile(countPending(run, route), replayer.keepUp, KEEP_UP_MS);
      if ((await findProject(run.parts.factory, route.project.id)).deletedAt) yield DELETED;
    }
    const { pending } = counted;
    const isClose = isNear && (pending === 0 || (counted.isFew && !isPatient));
    const canCutOver = isClose && checkpoint.isVerified;
    run.progress.set({ canCutOver });
    const patch = { checkpoint: { replayed: replayer.position } };
    // A roll-back implies the flip.
    const mayCutOver = (options.autoCutOver || isRollingBack || requestedAction === 'CUT_OVER') && !restOf(run);
    if (isClose && (!checkpoint.isVerified || mayCutOver)) return patch;
    yield { ...patch, message: messageOf(run, replayer, { canCutOver, left, pending }) };
    if (left === 0) await delay(CHECK_MS);
  }
}

/** Nobody can write to a deleted project, or see where it goes. */
export const DELETED = {
  isPaused: true,
  isPausing: false,
  message: 'The project is deleted. Restore it, then resume the migration; or cancel it.',
} as const;

async function countPending(run: MigrationRun, { live, other }: Route) {
  // Any query makes it apply what was just replayed, and waits for that briefly: so that isn't counted as lag.
  await other.search.embeddings([]);
  const { pending } = await countVectors(run, other);
  const { part, atLeast, atMost } = FEW_PENDING;
  const few = Math.min(atMost, Math.max(atLeast, part * run.progress.now().vectors.total));
  // At the live side as many may be pending.
  const allowed = Math.max(few, (await live.search.counts()).pending);
  return { at: performance.now(), pending, isFew: pending <= allowed };
}

interface CatchUpState {
  readonly canCutOver: boolean;
  readonly left: number;
  readonly pending: number;
}

/** The cut-over that was given up a moment ago: writes had to wait for it, so the next one isn't started yet. */
function restOf({ givenUp }: MigrationRun): GivenUp | null {
  const found = givenUp?.() ?? null;
  return found && performance.now() < found.until ? found : null;
}

function messageOf(run: MigrationRun, { isOutpaced }: Replayer, { canCutOver, left, pending }: CatchUpState): string {
  const rest = restOf(run);
  if (rest) return rest.message;
  if (canCutOver) return 'Everything is copied and verified. Ready to cut over: call `cutOverMigration`.';
  if (isOutpaced && left > 0) return outpaced(run.parts.writers.mostMs);
  if (left > 0) return 'Replaying what was written meanwhile.';
  return pending > 0 ? `Waiting for the vectors of ${pending} memories.` : 'Following the writes to the project.';
}

/** It can't catch up unless something changes. */
function outpaced(mostMs: number): string {
  const why =
    mostMs > 0 ? `though each write waits ${mostMs} ms` : 'and writes aren’t paced (`MOORING_PACING_MS` is 0)';
  return `The project is written to faster than the target can store it, ${why}: the move can't catch up. Reduce the writes, or set \`MOORING_PACING_MS\` higher.`;
}
