import type { LogPosition } from '../../domain/log-position.js';
import type { Problem } from '../../domain/migration.js';
import { meanwhile } from '../../util/async.js';
import { createMutex, type Mutex } from '../../util/mutex.js';
import { MigrationFailure } from '../errors.js';
import { nextPacing, type Pacing, shortLag, startPacing } from '../pacing/pacing.js';
import { createPageSize } from '../pacing/page-size.js';
import type { Route } from '../route.js';
import { noteReject, type Run } from '../runner/run.js';
import { LOG } from './record-stream.js';
import { replay } from './replay.js';

/**
 * Follows the live side's log on the other side, and paces the writers when they are faster. One position for all who replay
 * in a run; what several ask for is done one after the other.
 */
export interface Replayer {
  /** Up to which entry the other side has everything. */
  readonly position: LogPosition;
  /** Whether the lag grows though the writers wait as long as they may. */
  readonly isOutpaced: boolean;
  /** Whether writes are made to wait now. */
  readonly isPacing: boolean;
  /** Replays one page, and compares what it wrote; says how many entries are left. */
  page(): Promise<number>;
  /** Replays all that was committed before the call; says up to which entry. */
  toHead(): Promise<LogPosition>;
  /** Replays one page when more than one is left. */
  keepUp(): Promise<void>;
  /** Whether this number of entries can be replayed while writes wait. */
  isShort(left: number): boolean;
  /** Does something else with the other side while nothing is replayed. */
  readonly exclusively: Mutex;
}

/** While something else takes long, `keepUp` is called this often, in ms. */
export const KEEP_UP_MS = 250;
/** While a page takes long, it is looked this often what is written meanwhile, in ms. */
const LOOK_MS = 500;
/** A target that takes so long for a page, in ms, has stopped answering: nobody waits for it any more. */
const STALLED_MS = 10_000;

export function createReplayer(run: Run, { live, other }: Route): Replayer {
  const { runner, checkpoint, options } = run.record.current;
  const limits = { mostMs: run.parts.writers.mostMs, page: options.batchSize };
  const exclusively = createMutex();
  const size = createPageSize(options.batchSize);
  let position = checkpoint.replayed;
  let behindSince: number | null = null;
  let busy = 0;
  let pacing: Pacing | null = null;
  /** When the page was begun that is under way. */
  let begun: number | null = null;
  let isStalled = false;

  async function page(): Promise<number> {
    await run.step('replay');
    const start = performance.now();
    begun = start;
    try {
      const { end, entries } = await meanwhile(replayPage(), measure, LOOK_MS);
      const ms = performance.now() - start;
      position = end;
      busy += ms;
      run.progress.done(LOG, entries);
      size.learn({ entries, ms });
    } finally {
      begun = null;
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
    // What differs right after it was written is written once more.
    if (done.mismatches.length > 0) done = await once();
    const [mismatch] = done.mismatches;
    if (!mismatch) return done;
    await run.findings.add({ kind: 'MISMATCH', isRepaired: false, ...mismatch });
    throw new MigrationFailure({
      code: 'MISMATCH',
      message: `${mismatch.recordId} of ${mismatch.collection} isn't at the target as it was written there: ${mismatch.reason}`,
      hint: 'The target doesn’t keep what it is given. Look at its health (`storageHealth`), then start again.',
    });
  }

  /** How far it is behind, and since when; says how many entries. */
  async function measure(): Promise<number> {
    const { seq: head } = await live.store.log.head();
    const now = performance.now();
    const entries = Math.max(0, head - position.seq);
    behindSince = entries === 0 ? null : (behindSince ?? now);
    const seconds = behindSince === null ? 0 : Math.round((now - behindSince) / 100) / 10;
    const sample = { at: now, head, position: position.seq, busy };
    const wasStalled = isStalled;
    isStalled = begun !== null && now - begun > STALLED_MS;
    // What is found of a target that answers again is found from the start.
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
  hint: 'The move goes on by itself when the target answers. Look at its health (`storageHealth`); `cancelMigration` ends the move.',
};
