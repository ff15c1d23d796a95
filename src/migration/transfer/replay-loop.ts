import type { LogPosition } from '../../domain/log-position.js';
import type { Problem } from '../../domain/migration.js';
import { meanwhile } from '../../util/async.js';
import { createMutex, type Mutex } from '../../util/mutex.js';
import { toTenths } from '../../util/round.js';
import { MigrationFailure } from '../errors.js';
import { nextPacing, type Pacing, shortLag, startPacing } from '../pacing/pacing.js';
import { createPageSize } from '../pacing/page-size.js';
import type { Route } from '../route.js';
import { type MigrationRun, noteReject } from '../runner/migration-run.js';
import { LOG } from './record-stream.js';
import { replay } from './replay.js';

/**
 * Replays the live side's log on the other side, and paces the writers when they are faster. A run has one position, and
 * replays one page at a time, whichever phase asks for it.
 */
export interface Replayer {
  /** The entry up to which the other side has everything. */
  readonly position: LogPosition;
  /** Whether the lag grows although writes wait as long as allowed. */
  readonly isOutpaced: boolean;
  /** Whether writes are paced now. */
  readonly isPacing: boolean;
  /** Replays one page, and compares what it wrote. @returns how many entries are left */
  page(): Promise<number>;
  /** Replays everything committed before the call. @returns the last entry replayed */
  toHead(): Promise<LogPosition>;
  /** Replays one page if more than one is left. */
  keepUp(): Promise<void>;
  /** Whether this many entries can be replayed while writes wait. */
  isShort(left: number): boolean;
  /** Runs other work on the other side while nothing is replayed. */
  readonly exclusively: Mutex;
}

/** How often `keepUp` is called while other work takes long, in ms. */
export const KEEP_UP_MS = 250;
/** How often the lag is measured while a page takes long, in ms. */
const MEASURE_MS = 500;
/** After this time for one page, in ms, the target counts as stalled: writes no longer wait for it. */
const STALLED_MS = 10_000;

export function createReplayer(run: MigrationRun, { live, other }: Route): Replayer {
  const { runner, checkpoint, options } = run.record.current;
  const limits = { mostMs: run.parts.writers.mostMs, page: options.batchSize };
  const exclusively = createMutex();
  const size = createPageSize(options.batchSize);
  let position = checkpoint.replayed;
  let behindSince: number | null = null;
  let busy = 0;
  let pacing: Pacing | null = null;
  /** When the current page was started. */
  let startedAt: number | null = null;
  let isStalled = false;

  async function page(): Promise<number> {
    await run.step('replay');
    const start = performance.now();
    startedAt = start;
    try {
      const { end, entries } = await meanwhile(replayPage(), measure, MEASURE_MS);
      const ms = performance.now() - start;
      position = end;
      busy += ms;
      run.progress.done(LOG, entries);
      size.learn({ entries, ms });
    } finally {
      startedAt = null;
    }
    return measure();
  }

  async function replayPage() {
    const once = () =>
      replay({
        source: live.store,
        target: other.store,
        epoch: -runner.token,
        after: position,
        limit: size.entries,
        onReject: (reject) => noteReject(run, reject),
      });
    let done = await once();
    // What differs right after being written is written once more.
    if (done.mismatches.length > 0) done = await once();
    const [mismatch] = done.mismatches;
    if (!mismatch) return done;
    await run.findings.add({ kind: 'MISMATCH', isRepaired: false, ...mismatch });
    throw new MigrationFailure({
      code: 'MISMATCH',
      message: `${mismatch.recordId} of ${mismatch.collection} differs at the target from what was written there: ${mismatch.reason}`,
      hint: 'The target doesn’t store what is written to it. Check its health (`storageHealth`), then start again.',
    });
  }

  /** Measures the lag and its age. @returns the lag in entries */
  async function measure(): Promise<number> {
    const { seq: head } = await live.store.log.head();
    const now = performance.now();
    const entries = Math.max(0, head - position.seq);
    behindSince = entries === 0 ? null : (behindSince ?? now);
    const seconds = behindSince === null ? 0 : toTenths((now - behindSince) / 1_000);
    const sample = { at: now, head, position: position.seq, busy };
    const wasStalled = isStalled;
    isStalled = startedAt !== null && now - startedAt > STALLED_MS;
    // When a stalled target answers again, the pacing is measured from scratch.
    pacing = pacing && !isStalled ? nextPacing(pacing, sample, limits) : startPacing(sample);
    run.progress.set({ lag: { entries, seconds }, pacing: pacing.ms });
    if (isStalled !== wasStalled) {
      const problem = isStalled ? STALLED : null;
      await run.record.write(() => ({ problem, progress: run.progress.now() }));
    }
    return entries;
  }

  const isShort = (left: number): boolean => left <= shortLag(pacing?.rate ?? null, options.batchSize);

  async function toHead(): Promise<LogPosition> {
    const { seq } = await live.store.log.head();
    while (position.seq < seq) await page();
    return position;
  }

  return {
    get position() {
      return position;
    },
    get isOutpaced() {
      return pacing?.isAtLimit === true;
    },
    get isPacing() {
      return (pacing?.ms ?? 0) > 0;
    },
    page: () => exclusively(page),
    toHead: () => exclusively(toHead),
    async keepUp() {
      if ((await measure()) > options.batchSize) await exclusively(page);
    },
    isShort,
    exclusively,
  };
}

const STALLED: Problem = {
  code: 'STORE_TIMEOUT',
  message: `The target hasn’t answered for ${STALLED_MS / 1_000} seconds. Writes to the project don’t wait for it meanwhile.`,
  hint: 'The move continues automatically when the target answers. Check its health (`storageHealth`); `cancelMigration` ends the move.',
};
