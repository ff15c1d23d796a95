import type { PausedCaller } from '../../domain/author.js';
import type { Migration } from '../../domain/migration.js';
import { delay } from '../../util/async.js';
import { GoneError } from '../../util/turn.js';
import { LEASE_MS } from '../runner/leased-record.js';

/**
 * The writers of this process as moves see them: how long their writes take, and how long they wait so that a move catches up
 * with them. That wait is in the migration's record, where every process that follows the catalog finds it.
 */
export interface Writers {
  /** The longest wait of a write, in ms; 0: writes aren't paced. */
  readonly mostMs: number;
  /** How long writes take. */
  readonly times: WriteTimes;
  /** Called with every version of a migration's record that this process learns of. */
  observe(migration: Migration): void;
  /** Whether a write of a number of records has to wait. */
  paces(projectId: string | null, records: number): boolean;
  /**
   * Waits before a write of a number of records to a paced project: as long for each record as the migration says, up to the
   * limit; null is no project. Holds nothing meanwhile, and ends when the pacing does.
   * @throws GoneError when the caller no longer waits for the write
   */
  pause(projectId: string | null, records: number, caller?: PausedCaller): Promise<void>;
}

/** How often a waiting write checks whether it still has to, in ms. */
const CHECK_MS = 25;

/** How long the write of one record to the project waits now, in ms, by the migration's record. */
export function pacingOf({ phase, isPaused, requestedAction, endedAt, runner, progress }: Migration): number {
  const isUnderWay = (phase === 'CATCHING_UP' || phase === 'VERIFYING') && endedAt === null;
  // A resumed migration measures the pacing again.
  if (!isUnderWay || isPaused || requestedAction === 'CANCEL' || runner.holder === null) return 0;
  // Records of earlier versions don't have it.
  return progress.pacing ?? 0;
}

export function createWriters(mostMs: number, clock: () => number = () => performance.now()): Writers {
  const paced = new Map<string, { readonly ms: number; readonly at: number }>();

  /** Pacing that wasn't renewed for the length of a lease is ignored: its runner has ended. */
  function waitOf(projectId: string, records: number): number {
    const found = paced.get(projectId);
    return found && clock() - found.at < LEASE_MS ? Math.min(mostMs, found.ms * records) : 0;
  }

  const paces = (projectId: string | null, records: number): boolean =>
    projectId !== null && waitOf(projectId, records) > 0;

  async function wait(projectId: string, records: number, isGone: () => boolean): Promise<void> {
    const begun = clock();
    for (;;) {
      const left = begun + waitOf(projectId, records) - clock();
      if (left <= 0) return;
      if (isGone()) throw new GoneError();
      await delay(Math.min(left, CHECK_MS));
    }
  }

  return {
    mostMs,
    times: createWriteTimes(clock),
    paces,
    observe(migration) {
      const ms = pacingOf(migration);
      if (ms > 0) paced.set(migration.projectId, { ms, at: clock() });
      else paced.delete(migration.projectId);
    },
    async pause(
      projectId,
      records,
      { isGone = () => false, releaseWhile = (waiting: () => Promise<void>) => waiting() } = {},
    ) {
      if (projectId !== null && paces(projectId, records)) await releaseWhile(() => wait(projectId, records, isGone));
    },
  };
}

/** How long the writes of this process to projects take, without the waits of pacing. */
export interface WriteTimes {
  /** Runs a write to a project and measures it; null: to no project. @throws what the write throws */
  of<T>(projectId: string | null, write: () => Promise<T>): Promise<T>;
  /** The mean of the last writes, in ms; null without any. */
  usual(projectId: string): number | null;
  /**
   * The mean, in ms, of the writes that ended after a time and of those still running that started before it, as far as they
   * have taken by now; null without any.
   */
  since(projectId: string, at: number): number | null;
}

interface Ended {
  readonly at: number;
  readonly ms: number;
}

/** How many of each project's last writes are kept. */
const KEPT = 32;
/** How many projects' times are kept: those written to last. */
const PROJECTS = 1_000;

/** @param clock returns milliseconds */
export function createWriteTimes(clock: () => number): WriteTimes {
  const ended = new Map<string, Ended[]>();
  const underWay = new Map<string, Set<{ readonly from: number }>>();

  function keep(projectId: string, from: number): void {
    const at = clock();
    const known = ended.get(projectId) ?? [];
    known.push({ at, ms: at - from });
    if (known.length > KEPT) known.shift();
    // The project written to last comes last.
    ended.delete(projectId);
    ended.set(projectId, known);
    if (ended.size > PROJECTS) ended.delete(ended.keys().next().value!);
  }

  return {
    async of(projectId, write) {
      if (projectId === null) return write();
      const begun = { from: clock() };
      const all = underWay.get(projectId) ?? new Set();
      underWay.set(projectId, all.add(begun));
      try {
        const done = await write();
        keep(projectId, begun.from);
        return done;
      } finally {
        all.delete(begun);
        if (all.size === 0) underWay.delete(projectId);
      }
    },
    usual: (projectId) => mean((ended.get(projectId) ?? []).map(({ ms }) => ms)),
    since(projectId, from) {
      const now = clock();
      const recent = (ended.get(projectId) ?? []).filter(({ at }) => at > from).map(({ ms }) => ms);
      const stuck = [...(underWay.get(projectId) ?? [])]
        .filter((each) => each.from < from)
        .map((each) => now - each.from);
      return mean([...recent, ...stuck]);
    },
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
