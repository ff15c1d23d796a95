import type { LogPosition } from '../domain/log-position.js';
import { createMutex, type Mutex } from '../domain/mutex.js';
import { noteReject } from './copying.js';
import { MigrationFailure } from './failure.js';
import { nextPacing, type Pacing, shortLag, startPacing } from './pacing.js';
import { replay } from './replay.js';
import type { Route } from './route.js';
import type { Run } from './run.js';
import { LOG } from './strand.js';

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
  /** Whether so many entries that are left can be replayed while writes wait. */
  isShort(left: number): boolean;
  /** Does something else with the other side while nothing is replayed. */
  readonly exclusively: Mutex;
}

/** Entries that are replayed at a time at most: of small ones, a store takes many in about the time that it takes few. */
const MOST = 1_000;
/** A page that took less than the first is followed by a larger one, one that took more than the second by a smaller one, in ms. */
const PAGE_MS = { least: 300, most: 1_000 };

export function createReplayer(run: Run, { live, other }: Route): Replayer {
  const { runner, checkpoint, options } = run.ledger.current;
  const limits = { mostMs: run.parts.writers.mostMs, page: options.batchSize };
  const exclusively = createMutex();
  let position = checkpoint.replayed;
  let limit = options.batchSize;
  let behindSince: number | null = null;
  let busy = 0;
  let pacing: Pacing | null = null;

  async function page(): Promise<number> {
    await run.step('replay');
    const begun = performance.now();
    const once = () =>
      replay({
        source: live.store,
        target: other.store,
        epoch: -runner.token,
        after: position,
        limit,
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
    const took = performance.now() - begun;
    busy += took;
    resize(done.entries, took);
    return measure();
  }

  function resize(entries: number, ms: number): void {
    if (ms > PAGE_MS.most) limit = Math.max(options.batchSize, limit >> 1);
    else if (entries === limit && ms < PAGE_MS.least) limit = Math.min(Math.max(MOST, options.batchSize), limit * 2);
  }

  /** How far it is behind, and since when. */
  async function measure(): Promise<number> {
    const { seq: head } = await live.store.log.head();
    const now = performance.now();
    const entries = Math.max(0, head - position.seq);
    behindSince = entries === 0 ? null : (behindSince ?? now);
    const seconds = behindSince === null ? 0 : Math.round((now - behindSince) / 100) / 10;
    const sample = { at: now, head, position: position.seq, busy };
    const before = pacing?.ms ?? 0;
    pacing = pacing ? nextPacing(pacing, sample, limits) : startPacing(sample);
    run.tally.set({ lag: { entries, seconds }, pacing: pacing.ms });
    // Those who write hear it from the record, in this process and in others.
    if (pacing.ms !== before) await run.ledger.write(() => ({ progress: run.tally.now() }));
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
    keepUp: () =>
      exclusively(async () => {
        if ((await measure()) > options.batchSize) await page();
      }),
    isShort,
    exclusively,
  };
}
