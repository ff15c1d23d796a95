import { setTimeout as delay } from 'node:timers/promises';
import type { LogPosition } from '../domain/log-position.js';
import { countVectors, noteReject } from './copying.js';
import { MigrationFailure } from './failure.js';
import { replay } from './replay.js';
import { findProject, type Route } from './route.js';
import type { Phase, Run } from './run.js';
import { LOG } from './strand.js';

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

/** Follows the live side's log on the other side. One position for all who replay in a run. */
export interface Replayer {
  /** Up to which entry the other side has everything. */
  readonly position: LogPosition;
  /** Replays one page, and compares what it wrote; says how many entries are left. */
  page(): Promise<number>;
  /** Replays all that was committed before the call; says up to which entry. */
  toHead(): Promise<LogPosition>;
}

export function createReplayer(run: Run, { live, other }: Route): Replayer {
  const { runner, checkpoint, options } = run.ledger.current;
  let position = checkpoint.replayed;
  let behindSince: number | null = null;

  async function page(): Promise<number> {
    await run.step('replay');
    const once = () =>
      replay({
        source: live.store,
        target: other.store,
        epoch: -runner.token,
        after: position,
        limit: options.batchSize,
        onReject: (reject) => noteReject(run, reject),
      });
    let done = await once();
    // What differs right after it was written is written once more.
    if (done.mismatches.length > 0) done = await once();
    const [mismatch] = done.mismatches;
    if (mismatch) {
      await run.findings.add({ kind: 'MISMATCH', isRepaired: false, ...mismatch });
      throw new MigrationFailure({
        code: 'MISMATCH',
        message: `${mismatch.recordId} of ${mismatch.collection} isn't at the target as it was written there: ${mismatch.reason}`,
        hint: 'The target doesn’t keep what it is given. Look at its health (`storageHealth`), then start again.',
      });
    }
    position = done.end;
    run.tally.done(LOG, done.entries);
    return measure();
  }

  /** How far it is behind, and since when. */
  async function measure(): Promise<number> {
    const entries = Math.max(0, (await live.store.log.head()).seq - position.seq);
    behindSince = entries === 0 ? null : (behindSince ?? performance.now());
    const seconds = behindSince === null ? 0 : Math.round((performance.now() - behindSince) / 100) / 10;
    run.tally.set({ lag: { entries, seconds } });
    return entries;
  }

  async function toHead(): Promise<LogPosition> {
    const { seq } = await live.store.log.head();
    while (position.seq < seq) await page();
    return position;
  }

  return {
    get position() {
      return position;
    },
    page,
    toHead,
  };
}

/**
 * Replays until the other side is close behind, its vectors are there, and, once it is verified, it is to be cut over.
 * Then the next step is for the caller to choose.
 */
export async function* runCatchUp(run: Run, route: Route, replayer: Replayer): Phase {
  const start = performance.now();
  let counted = { at: Number.NEGATIVE_INFINITY, pending: Number.POSITIVE_INFINITY, isFew: false };
  for (;;) {
    const { options, checkpoint, wish, isRollingBack } = run.ledger.current;
    const left = await replayer.page();
    const isNear = left <= options.batchSize;
    const isPatient = !checkpoint.isVerified && performance.now() - start < PATIENCE_MS;
    if (isNear && performance.now() - counted.at > (isPatient ? LOOK_MS : COUNT_MS)) {
      counted = await countPending(run, route);
      if ((await findProject(run.parts.factory, route.project.id)).deletedAt) yield DELETED;
    }
    const { pending } = counted;
    const isClose = isNear && (pending === 0 || (counted.isFew && !isPatient));
    const canCutOver = isClose && checkpoint.isVerified;
    run.tally.set({ canCutOver });
    const patch = { checkpoint: { replayed: replayer.position } };
    // Who asked to roll back has asked for the flip.
    const mayCutOver = options.autoCutOver || isRollingBack || wish === 'CUT_OVER';
    if (isClose && (!checkpoint.isVerified || mayCutOver)) return patch;
    yield { ...patch, message: messageOf(canCutOver, left, pending) };
    if (left === 0) await delay(LOOK_MS);
  }
}

/** Nobody can write to it, or see where it goes. */
export const DELETED = {
  isPaused: true,
  message: 'The project is deleted. Restore it, then resume the migration; or cancel it.',
} as const;

async function countPending(run: Run, { live, other }: Route) {
  // Asking for anything makes it take in what was just replayed, and waits for that a while: the page is no lag.
  await other.search.embeddings([]);
  const { pending } = await countVectors(run, other);
  const { part, atLeast, atMost } = FEW_PENDING;
  const few = Math.min(atMost, Math.max(atLeast, part * run.tally.now().vectors.total));
  // Where it lives now it may be no better.
  const allowed = Math.max(few, (await live.search.counts()).pending);
  return { at: performance.now(), pending, isFew: pending <= allowed };
}

function messageOf(canCutOver: boolean, left: number, pending: number): string {
  if (canCutOver) return 'Everything is there and compared. It can cut over: `cutOverMigration` does.';
  if (left > 0) return 'What was written meanwhile is being replayed.';
  return pending > 0 ? `${pending} memories wait for their vectors.` : 'It follows what is written.';
}
