import { setTimeout as delay } from 'node:timers/promises';
import { meanwhile } from '../../util/async.js';
import { findProject, type Route } from '../route.js';
import type { GivenUp, Phase, Run } from '../runner/run.js';
import { KEEP_UP_MS, type Replayer } from '../transfer/replayer.js';
import { countVectors } from './copy.js';

/** While there is nothing to replay, it is looked for this often, in ms. */
const LOOK_MS = 100;
/** Vectors are counted this often at most, in ms: it takes longer the more there are. */
const COUNT_MS = 500;
/**
 * While people write, some memories always wait for their vectors: so many may at the flip, and this part of all, within
 * these bounds. Words find them, and they get their vectors within a moment.
 */
const FEW_PENDING = { part: 0.05, atLeast: 5, atMost: 50 };
/** So long all of them are waited for before the sides are compared, in ms: what isn't there can't be compared. */
const PATIENCE_MS = 2_000;

/**
 * Replays until the other side is close behind, its vectors are there, and, once it is verified, it is to be cut over.
 * Then the next step is for the caller to choose.
 */
export async function* runCatchUp(run: Run, route: Route, replayer: Replayer): Phase {
  const start = performance.now();
  let counted = { at: Number.NEGATIVE_INFINITY, pending: Number.POSITIVE_INFINITY, isFew: false };
  for (;;) {
    const { options, checkpoint, requestedAction, isRollingBack } = run.record.current;
    const left = await replayer.page();
    const isNear = replayer.isShort(left);
    const isPatient = !checkpoint.isVerified && performance.now() - start < PATIENCE_MS;
    if (isNear && performance.now() - counted.at > (isPatient ? LOOK_MS : COUNT_MS)) {
      // Its index may take long for what was just replayed: what is written meanwhile doesn't pile up.
      counted = await meanwhile(countPending(run, route), replayer.keepUp, KEEP_UP_MS);
      if ((await findProject(run.parts.factory, route.project.id)).deletedAt) yield DELETED;
    }
    const { pending } = counted;
    const isClose = isNear && (pending === 0 || (counted.isFew && !isPatient));
    const canCutOver = isClose && checkpoint.isVerified;
    run.progress.set({ canCutOver });
    const patch = { checkpoint: { replayed: replayer.position } };
    // Who asked to roll back has asked for the flip.
    const mayCutOver = (options.autoCutOver || isRollingBack || requestedAction === 'CUT_OVER') && !restOf(run);
    if (isClose && (!checkpoint.isVerified || mayCutOver)) return patch;
    yield { ...patch, message: messageOf(run, replayer, { canCutOver, left, pending }) };
    if (left === 0) await delay(LOOK_MS);
  }
}

/** Nobody can write to it, or see where it goes. */
export const DELETED = {
  isPaused: true,
  isPausing: false,
  message: 'The project is deleted. Restore it, then resume the migration; or cancel it.',
} as const;

async function countPending(run: Run, { live, other }: Route) {
  // Asking for anything makes it take in what was just replayed, and waits for that a while: the page is no lag.
  await other.search.embeddings([]);
  const { pending } = await countVectors(run, other);
  const { part, atLeast, atMost } = FEW_PENDING;
  const few = Math.min(atMost, Math.max(atLeast, part * run.progress.now().vectors.total));
  // Where it lives now it may be no better.
  const allowed = Math.max(few, (await live.search.counts()).pending);
  return { at: performance.now(), pending, isFew: pending <= allowed };
}

interface Standing {
  readonly canCutOver: boolean;
  readonly left: number;
  readonly pending: number;
}

/** The cut-over that was given up a moment ago: writes had to wait for it, so the next isn't begun yet. */
function restOf({ givenUp }: Run): GivenUp | null {
  const found = givenUp?.() ?? null;
  return found && performance.now() < found.until ? found : null;
}

function messageOf(run: Run, { isOutpaced }: Replayer, { canCutOver, left, pending }: Standing): string {
  const rest = restOf(run);
  if (rest) return rest.message;
  if (canCutOver) return 'Everything is there and compared. It can cut over: `cutOverMigration` does.';
  if (isOutpaced && left > 0) return outpaced(run.parts.writers.mostMs);
  if (left > 0) return 'What was written meanwhile is being replayed.';
  return pending > 0 ? `${pending} memories wait for their vectors.` : 'It follows what is written.';
}

/** It can't end by itself. */
function outpaced(mostMs: number): string {
  const why = mostMs > 0 ? `though each write waits ${mostMs} ms` : 'and isn’t made to wait (`MOORING_PACING_MS` is 0)';
  return `More is written than the target takes, ${why}: it can't catch up. Let fewer write, or set \`MOORING_PACING_MS\` higher.`;
}
